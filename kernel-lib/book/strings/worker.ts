/** What the worker adds to the outputs of a cell. */
export const WORKER_STRINGS = {
  /** In place of the class of an error, when a cell throws something else. */
  thrownValue: "Thrown value",
  line: (number: number, text: string): string => `line ${number}: ${text}`,
  /** Before the class and message of an error that another has for its cause, or in its list. */
  causedBy: "Caused by",
  oneOf: "One of",
  /** In place of a part of an error that cannot be read. */
  unreadable: "(cannot be read)",
  noNamespace: (line: number): string =>
    `The book runs no namespace: use an object or functions (line ${line})`,
  notShown: "… the rest is not shown",
  noModule: (id: string): string => `The book has no module "${id}"`,
} as const;
