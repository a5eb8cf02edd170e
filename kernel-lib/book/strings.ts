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

  answerFolded: "The answer stays folded until you guess. Show it without a guess",
  answerOpen: "The answer",
  setupFolded: "What this page imports",
  table: "Table",
  guessButton: "Guess",
  guessLabel: "Your guess",

  front: {
    intro: [
      "Popular texts explain how the cloud works inside with figures that nobody checks. Here each mechanism is a piece of readable TypeScript that runs, each chapter lets you predict before it shows, and each claim of the text gets a verdict that a run decides.",
      "Everything runs in this page: change a cell, press Run, move a slider, guess. Nothing is installed, and nothing leaves your machine.",
    ],
    begin: "Begin here",
    order: "What comes after what",
    orderText: "From left to right. Of the labs of a chapter, pick two.",
    coverage: "What is there, and what is not",
    coverageText: `Counted when the book was made. Experiments are those that the chapter's pages run; tests are files. Every claim with its verdict is in the <a href="claims.html">ledger</a>.`,
    coverageColumns: ["Chapter", "Pages", "Claims", "Verdicts", "Experiments", "Test files"],
    notBuilt: "not yet built",
    none: "none",
    jupyter: "In JupyterLab",
    jupyterText:
      "Every page is a notebook, and can be downloaded from its page. To run them in JupyterLab, with types checked while you write, clone the repository and type <code>npm start</code>.",
    binder: "On Binder",
    binderUnknown:
      "This copy of the book does not know the address of its repository. With a fork on GitHub, its configuration for Binder is in the folder <code>binder</code>.",
    binderLink: "Open the first notebook on Binder",
    errata: "When something is wrong",
    errataText:
      "A verdict, a number or a sentence that is wrong is the most useful thing that you can tell us. Say which claim or page, what is right, and where that can be read: a source that can be opened, or a run that can be repeated. Write to whoever gave you this book, or open an issue in its repository.",
    data: "The claims as data",
    dataText:
      'All claims with verdict, kind, reason and sources: <a href="data/claims.json">claims.json</a> (<a href="data/claims.schema.json">schema</a>), and the <a href="data/references.json">references</a>. To cite the book: <a href="CITATION.cff">CITATION.cff</a>.',
  },
} as const;
