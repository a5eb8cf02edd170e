/** What the worker adds to the outputs of a cell. */
export const WORKER_STRINGS = {
  /** In place of the class of an error, when a cell throws something else. */
  thrownValue: "Thrown value",
  causedBy: "Caused by",
  oneOf: "One of",
  /** In place of a property of an error that throws when it is read. */
  unreadable: "(cannot be read)",
  line: (number: number, text: string): string => `line ${number}: ${text}`,
  noNamespace: (line: number): string =>
    `The book runs no namespace: use an object or functions (line ${line})`,
  notShown: "… the rest is not shown",
  noModule: (id: string): string => `The book has no module "${id}"`,
} as const;
