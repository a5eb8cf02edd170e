/** What stands in the pages when the book is made. HTML is let through, so "&" is "&amp;". */
export const SITE_STRINGS = {
  language: "en",
  title: "Glass Cloud",
  subtitle: "Cloud internals you can run, check and break",

  /** Round every page. */
  shell: {
    skip: "Skip to the text",
    navigation: "Pages of the book",
    claims: "Claims",
    glossary: "Glossary",
    references: "References",
    api: "Library",
    search: "Search the book",
    /** A switch: on or off. */
    theme: "Dark colours",
    notAffiliated: "Not affiliated with AWS. Code under MIT, text under CC BY 4.0.",
  },

  /** What the search calls a claim. */
  claimFound: (id: string): string => `Claim ${id}`,

  notebook: {
    contents: "On this page",
    previous: "Previous",
    next: "Next",
    comesAfter: "Comes after",
    download: "Download this notebook",
    jupyter: "Open it in your JupyterLab, once npm start runs",
    binder: "Open it on Binder",
    binderHow: "How to open it on Binder",
    noScript:
      "Without JavaScript you read the recorded output of each cell. With it, the cells run in this page.",
    ownCell: "Your own cell",
    ownCellComment: "The page's variables are here once its cells have run. Try something:",
    cellLabel: (number: number): string => `Cell ${number}`,
    recordedNode:
      "Recorded: this cell needs a disk or a socket, and a page in a browser has neither.",
    recordedTimed: "Recorded: this cell measures time, and would measure your browser instead.",
    recordedAfter: "Recorded: this cell builds on one that cannot run in a browser.",
    answerFolded: "Folded until you guess. Show it without a guess",
    answerOpen: "The answer",
    setupFolded: "What this page imports",
    table: (number: number): string => `Table ${number}`,
    tableIn: (number: number, heading: string): string => `Table ${number}, in “${heading}”`,
    code: (number: number): string => `Code ${number}`,
  },

  front: {
    intro: [
      "Popular texts explain how the cloud works inside with figures that nobody checks. Here each mechanism is a piece of readable TypeScript that runs. A chapter asks for your guess before it shows the answer, and a run decides which claims of such a text hold.",
      "Everything runs in the page itself: change a cell, press Run, move a slider, guess. Nothing is installed, and nothing that you type leaves your machine.",
    ],
    begin: "Begin here",
    order: "Which page comes after which",
    orderText: "From left to right. Of the labs of a chapter, pick two.",
    coverage: "What is there, and what is not",
    coverageText: `Experiments are the runs that the chapter's pages show; tests are the files that check them. Every claim, with its verdict, is in the <a href="claims.html">ledger of claims</a>.`,
    coverageCaption: "Each chapter, counted when the book was made",
    coverageColumns: ["Chapter", "Pages", "Claims", "Verdicts", "Experiments", "Test files"],
    notBuilt: "not yet built",
    none: "none",
    jupyter: "In JupyterLab",
    jupyterText:
      "Every page is a notebook, which its page lets you download. In JupyterLab types are checked while you write: clone the repository and type <code>npm start</code>.",
    binder: "On Binder",
    binderUnknown:
      "Binder runs the notebooks on a machine of its own, from a public repository. This copy of the book was made without the address of one, so it has no link. If you have the repository on GitHub, give its address to mybinder.org; what Binder needs is in the folder <code>binder</code>.",
    binderLink: "Open the first notebook on Binder",
    errata: "When something is wrong",
    errataText:
      "Please tell us when a verdict, a number or a sentence is wrong. Say which claim or page it is, what is right, and how we can see that: a source that can be opened, or a run that can be repeated. Open an issue in the repository, or write to whoever gave you this book.",
    data: "The claims as data",
    dataText:
      'All claims with verdict, kind, reason and sources: <a href="data/claims.json">claims.json</a> (<a href="data/claims.schema.json">schema</a>), and the <a href="data/references.json">references</a>. To cite the book: <a href="CITATION.cff">CITATION.cff</a>.',
    /** Subject of each chapter of the course, built or not, from chapter 0. */
    subjects: [
      "Start",
      "The Nitro host",
      "Packets through a VPC",
      "Object storage (S3)",
      "Lambda",
      "DynamoDB",
      "Block storage (EBS)",
      "IAM",
      "RDS and Aurora",
      "CloudFront",
      "Auto Scaling",
      "The whole cloud",
      "Capstone",
    ],
  },

  verdicts: {
    holds: "holds",
    fails: "fails",
    depends: "depends",
    outdated: "outdated",
    unknowable: "unknowable",
    omitted: "omitted",
  },

  claims: {
    title: "Claims under test",
    description: "Every claim of the source text, its verdict, and what decided it.",
    lead: "A popular text on cloud internals is put to the test. Each claim below quotes it, in at most 25 words, with our verdict. Where a number decides, a notebook computes it, and the rule that it has to meet stands beside it. Where only a source can say, you see which one and when it was read.",
    data: "The same as data: claims.json",
    chapter: (chapter: string): string => `Chapter ${chapter}`,
    claim: (id: string): string => `Claim ${id}`,
    caption: "Verdicts",
    columns: ["Verdict", "Meaning", "Number of claims", "Claims"],
    total: "All",
    notInText: "The text leaves this out.",
    flips: "The verdict changes",
    /** After a verdict: "fails if the code is RS(6,3): then the number is 3". */
    flip: (circumstances: string, number: string): string =>
      ` if ${circumstances}: then the number is ${number}`,
    dispute: (id: string): string => `Is the verdict on claim ${id} wrong? Tell us`,
    kind: "Kind",
    measuredIn: "Measured in",
    shownIn: "Shown in",
    experiment: "Experiment",
    test: "Test",
    sources: "Sources",
    meanings: {
      holds: "the claim is right as it stands",
      fails: "the claim is wrong as it stands",
      depends: "right under some circumstances, which are named",
      outdated: "was right when it was written",
      unknowable: "nobody outside can say",
      omitted: "the text leaves out something that matters",
    },
    kinds: {
      arithmetic: "arithmetic: a calculation decides",
      mechanism: "mechanism: a run of the mechanism decides",
      model: "model: a model decides, within its assumptions",
      documentary: "documentary: only a source can say",
      unknowable: "unknowable: nobody outside can say",
    },
    /** The issue that a reader opens about a verdict. */
    issueTitle: (id: string): string => `Claim ${id}: this verdict is wrong`,
    issueBody: "What is right:\n\nWhere it can be read, or the run that shows it:\n",
  },

  glossary: {
    title: "Glossary",
    description: "The terms of the book, each in at most forty words.",
    intro:
      "The terms of the book, each in at most forty words. In a chapter, point at the first mention of a term, or reach it with the Tab key, to see what it means.",
    seeAlso: "See also",
    start: "needed from the start",
    chapter: (chapter: number): string => `first needed in chapter ${chapter}`,
  },

  references: {
    title: "References",
    description:
      "Everything that the book cites, with how each source was read and what is unconfirmed.",
    intro:
      "Everything that the chapters, the claims and the library cite, by author. The note below a source says how much of it was read. “Unconfirmed” means that some detail, which the note names, could not be checked.",
    unconfirmed: "Unconfirmed",
    section: "Part used",
    citedBy: "Cited by",
    claim: (id: string): string => `claim ${id}`,
    figures: (title: string): string => `figures “${title}”`,
    prices: "the list prices",
    background: "Cited by nothing here; worth reading.",
    noLink: "no address known",
  },

  /** The library reference. */
  api: {
    index: "Library reference",
    indexDescription: "Every public function, class and type of kernel-lib, by import path.",
    indexIntro: "Everything that a notebook or a program may import, by import path.",
    contents: "Exports",
    files: "About the files",
    groups: ["Functions", "Classes", "Values", "Types"],
    function: "function",
    class: "class",
    interface: "interface",
    type: "type",
    value: "value",
    uses: "Types that it names",
    same: "The same as in",
    source: "Source",
    atLine: (path: string, line: number): string => `${path}, line ${line}`,
    parameters: "Parameters",
    returns: "Returns",
    throws: "Throws",
    example: "Example",
  },
} as const;
