import type {CompiledCell} from "../cells/compile-cell.js";

/** What a page's script must know of a code cell besides what stands in the page. */
export interface CellData {
  id: string;
  /** Compiled when the book was made, so that the first run need not load the compiler. */
  compiled?: CompiledCell;
  /** Why the cell cannot run in a browser; its recorded output stays. */
  recorded?: string;
  /** The guesses that the cell asks for. */
  guesses?: GuessField[];
  /** Numbers of the cell that can be moved. */
  sliders?: Slider[];
}

/** A `const` of a cell that waits for a guess. */
export interface GuessField {
  name: string;
  question: string;
  /** With one, only a number is an answer. */
  unit: string;
}

/** A `const` of a cell with a number, and the numbers it can be set to. */
export interface Slider {
  name: string;
  /** What the number is, with its unit. */
  label: string;
  values: number[];
}
