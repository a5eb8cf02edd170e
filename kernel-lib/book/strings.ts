/**
 * Every word of the book's interface, in one place, so that it can be translated. The chapters' own
 * words are in the notebooks.
 */
export const STRINGS = {
  language: "en",
  title: "Glass Cloud",
  subtitle: "Cloud internals you can run, check and break",
  skip: "Skip to the text",
  navigation: "Pages of the book",
  contents: "On this page",
  previous: "Previous",
  next: "Next",
  comesAfter: "Comes after",
  theme: "Dark or light",
  claims: "Claims",
  glossary: "Glossary",
  references: "References",
  api: "Library",
  download: "This notebook as a file",
  jupyter: "In JupyterLab: npm start, then open",
  binder: "On Binder",
  notAffiliated: "Not affiliated with AWS. Code under MIT, text under CC BY 4.0.",
  wrong: "This verdict is wrong",

  searchLabel: "Search the book",
  searchButton: "Search",
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
  stale: "A cell above has changed since this one ran.",
  noScript: "Cells run in a browser with JavaScript; without it you read their recorded output.",
  cannotLoad: (script: string): string => `Cannot load ${script} of the book`,
  noModule: (id: string): string =>
    `Cannot import "${id}" in the book: it has kernel-lib, arquero and mathjs`,
  recordedNode: "Recorded: this cell needs a disk or a socket, which a page in a browser has not.",
  recordedTimed: "Recorded: this cell measures time, and would measure your browser's.",
  recordedAfter: "Recorded: this cell builds on one that cannot run in a browser.",

  answerFolded: "The answer is folded until you guess. Show it without a guess",
  guessButton: "Guess",
  guessLabel: "Your guess",
  guessNumber: "Write a number.",
} as const;
