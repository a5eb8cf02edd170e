import type {NotebookCell} from "../../kernel/index.js";
import type {Decision, Verdict} from "../../lesson/index.js";

/** A notebook with the outputs of a run. */
export interface RunNotebook {
  /** File name without ending, as in "03-s3". */
  name: string;
  cells: readonly NotebookCell[];
}

/** One verdict that a cell showed. */
export interface ShownVerdict {
  /** Name of the notebook. */
  notebook: string;
  /** Claim, as in "3.9". */
  id: string;
  verdict: Verdict;
  /** The number that decided; undefined where only a source can. */
  measured?: number;
  /** The rule at the time of the run. */
  decide?: Decision;
  /** In words; only of a `whatIf`, which is not the verdict. */
  circumstances?: string;
}

/** What `claim(...).measure`, `whatIf` and `show` hand over besides the card. */
const VERDICT = "application/vnd.glass-cloud.verdict+json";

/** All verdicts that the cells of the notebooks showed, in order. */
export function shownVerdicts(notebooks: readonly RunNotebook[]): ShownVerdict[] {
  return notebooks.flatMap(({name, cells}) =>
    cells
      .flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
      .flatMap((output) => ("data" in output ? [output.data[VERDICT]] : []))
      .filter((data) => data !== undefined)
      .map((data) => ({...(data as Omit<ShownVerdict, "notebook">), notebook: name})),
  );
}
