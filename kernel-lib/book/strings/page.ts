/** What the scripts of the page say, while a reader uses it. */
export const STRINGS = {
  searchNone: "Nothing found.",
  searchFound: (count: number): string => `${count} ${count === 1 ? "place" : "places"} found`,

  run: "Run",
  stop: "Stop",
  reset: "Reset",
  codeOf: (number: number): string => `Code of cell ${number}`,
  cellLabel: (number: number): string => `Cell ${number}`,
  running: (number: number): string => `Cell ${number} is running`,
  runningAbove: (number: number): string => `Cell ${number}, above, is running first`,
  ran: (number: number): string => `Cell ${number} has run`,
  failed: (number: number): string => `Cell ${number} failed`,
  stopped: "Stopped. The variables are gone: the next run begins with the cells above.",
  stale: "A cell above has changed since this one ran. Run it again.",
  cannotLoad: (script: string): string => `Cannot load ${script} of the book`,
  noModule: (id: string): string =>
    `Cannot import "${id}" in the book: it has kernel-lib, arquero and mathjs`,

  guessButton: "Guess",
  /** Name of a table without a caption, for a screen reader. */
  table: "Table",
} as const;
