/** What the worker adds to the outputs of a cell. */
export const WORKER_STRINGS = {
  /** In place of the class of an error, when a cell throws something else. */
  thrownValue: "Thrown value",
  line: (number: number, text: string): string => `line ${number}: ${text}`,
  notShown: "… the rest is not shown",
  noModule: (id: string): string => `The book has no module "${id}"`,
} as const;
