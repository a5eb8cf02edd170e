/** What a notebook may cost its reader: the form of a chapter in numbers. */
export interface Budget {
  cells: number;
  codeCells: number;
  medianLines: number;
  longestLines: number;
  words: readonly [number, number];
  figures: readonly [number, number];
  claims: number;
  fileBytes: number;
  /** Kernel memory at the peak. */
  memoryBytes: number;
  /** A run that takes three times as long is stopped; slow machines are no failure. */
  runMs: number;
  /** The gasp comes within this fraction of the cells. */
  gaspWithin: number;
  /** Ids of cells that must be there, in this order. */
  sections: readonly string[];
}

/** A core notebook asks one question; labs turn one knob; an appendix lists every verdict. */
export type NotebookKind = "core" | "lab" | "start" | "appendix";

const MEBIBYTE = 2 ** 20;

export const BUDGETS: Readonly<Record<NotebookKind, Budget>> = {
  core: {
    cells: 36,
    codeCells: 20,
    medianLines: 5,
    longestLines: 20,
    words: [1200, 2000],
    figures: [4, 6],
    claims: 3,
    fileBytes: 600_000,
    memoryBytes: 300 * MEBIBYTE,
    runMs: 20_000,
    gaspWithin: 1 / 3,
    sections: [
      ...["header", "imports", "versions", "decision", "predict", "guess", "gasp", "invariants"],
      ...["trace", "build", "sweep", "break", "verdict", "checks", "summary", "golden"],
    ],
  },
  lab: {
    cells: 14,
    codeCells: 8,
    medianLines: 5,
    longestLines: 20,
    words: [300, 700],
    figures: [1, 2],
    claims: 1,
    fileBytes: 200_000,
    memoryBytes: 300 * MEBIBYTE,
    runMs: 20_000,
    gaspWithin: 1 / 2,
    sections: ["header", "imports", "predict", "guess", "gasp", "verdict", "golden"],
  },
  appendix: {
    cells: 20,
    codeCells: 10,
    medianLines: 6,
    longestLines: 20,
    words: [100, 700],
    figures: [0, 1],
    claims: 20,
    fileBytes: 200_000,
    memoryBytes: 300 * MEBIBYTE,
    runMs: 20_000,
    gaspWithin: 1,
    sections: ["header", "imports", "measured", "documents", "golden"],
  },
  start: {
    cells: 36,
    codeCells: 20,
    medianLines: 5,
    longestLines: 20,
    words: [300, 1500],
    figures: [1, 6],
    claims: 1,
    fileBytes: 300_000,
    memoryBytes: 300 * MEBIBYTE,
    runMs: 20_000,
    gaspWithin: 2 / 3,
    sections: ["header", "imports", "predict", "guess", "gasp", "golden"],
  },
};
