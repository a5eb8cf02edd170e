import type {CodeCell, Notebook} from "../../kernel/index.js";
import type {HandedIn} from "./child-lines.js";
import {runContained} from "./isolation/contained-process.js";
import type {ContainedEnd} from "./isolation/contained-process.js";
import {containedCommand} from "./isolation/isolation.js";
import type {Isolation} from "./isolation/isolation.js";
import {childProgram} from "./isolation/project-paths.js";
import {RUN_LIMITS} from "./isolation/run-limits.js";
import type {RunLimits} from "./isolation/run-limits.js";
import {RunRecord} from "./run-record.js";
import type {SubmissionCell} from "./run-record.js";

export interface SubmissionOptions {
  /** Id of the student, from the submission's folder. */
  student: string;
  /** Decides the inputs on which answers are tried. */
  trialSeed: number;
  isolation: Isolation;
  /** What differs from `RUN_LIMITS`. */
  limits?: Partial<RunLimits>;
}

/** A cell that ended a run. */
export interface Killer {
  /** Its id: the cell that began last. */
  cell: string;
  why: "time" | "memory" | "output" | "exit";
  /** A sentence. */
  detail: string;
}

/** What a submission did: the same for the same submission, whatever the machine's mood. */
export interface SubmissionRun {
  /** By cell id: the last answer that the cell emitted itself. */
  answers: ReadonlyMap<string, HandedIn>;
  /** The cells that ran, in order; a cell that ended a run is there as one that failed. */
  cells: SubmissionCell[];
  killers: Killer[];
}

/** How often a run is begun again without the cell that ended it. */
const MAX_REPEATS = 3;

/** What V8 and the C++ library say when memory ends, also in an error that code can catch. */
const OUT_OF_MEMORY = /out of memory|Allocation failed|bad_alloc/i;

/**
 * Runs a submission in a process of its own, every cell of it, whatever fails. If a cell ends the
 * process, or runs too long, the notebook is run again with that cell replaced by an error, up to
 * three times, so that it costs its own question alone; after that the remaining cells do not run.
 *
 * It always ends, after at most four times `totalMs`.
 *
 * @param notebook with the locked cells restored; only ids, sources and tags of its cells are used
 * @throws Error if the process does not get as far as the first cell: the machine's fault
 */
export async function runSubmission(
  notebook: Notebook,
  options: SubmissionOptions,
): Promise<SubmissionRun> {
  const killers: Killer[] = [];
  for (let cells = codeCells(notebook); ;) {
    const {record, killer} = await runOnce({...notebook, metadata: {}, cells}, options);
    if (killer !== undefined) killers.push(killer);
    if (killer === undefined || killers.length > MAX_REPEATS) {
      return {answers: record.answers, cells: record.cells, killers};
    }
    cells = cells.map((cell) => (cell.id === killer.cell ? withoutSource(cell, killer) : cell));
  }
}

async function runOnce(
  notebook: Notebook,
  options: SubmissionOptions,
): Promise<{record: RunRecord; killer: Killer | undefined}> {
  const limits = {...RUN_LIMITS, ...options.limits};
  const record = new RunRecord(notebook);
  const command = containedCommand(options.isolation, {
    path: childProgram("grading/submission-child"),
    limits,
    variables: {
      GLASS_CLOUD_STUDENT: options.student,
      GLASS_CLOUD_TRIALS: String(options.trialSeed),
    },
  });
  const end = await runContained(command, JSON.stringify(notebook), limits, record.add);
  if (record.ended) return {record, killer: undefined};
  if (record.begun === undefined) {
    const why = end.why === "time" ? `it took longer than ${limits.totalMs} ms` : end.status;
    throw new Error(`Cannot run a submission: the process did not start. ${end.stderr || why}`);
  }
  const cause = causeOf(end, limits);
  return {record, killer: {cell: culprit(record, cause.why) ?? record.begun, ...cause}};
}

/**
 * The cell to leave out where it is not the one that began last: an earlier one that found no more
 * memory, failed, and left nothing for those after it.
 */
function culprit({cells}: RunRecord, why: Killer["why"]): string | undefined {
  if (why !== "memory" && why !== "exit") return undefined;
  return cells.find(({error = ""}) => OUT_OF_MEMORY.test(error))?.id;
}

/** No part of it depends on when exactly something happened. */
function causeOf(end: ContainedEnd, limits: RunLimits): Pick<Killer, "why" | "detail"> {
  if (end.why === "time") {
    return {why: "time", detail: `ran longer than ${limits.cellMs / 1000} s`};
  }
  if (end.why === "output") {
    const mebibytes = limits.outputBytes / 2 ** 20;
    return {why: "output", detail: `handed over more than ${mebibytes} MiB`};
  }
  if (OUT_OF_MEMORY.test(end.stderr)) {
    const mebibytes = limits.memoryBytes / 2 ** 20;
    return {why: "memory", detail: `needed more than the ${mebibytes} MiB of memory there are`};
  }
  return {why: "exit", detail: `ended the process with ${end.status}`};
}

/** Outputs are no input, and metadata, but for tags, mean nothing to a run. */
function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.flatMap((cell) => {
    if (cell.cell_type !== "code") return [];
    const {cell_type, id, source, metadata} = cell;
    const tags = Array.isArray(metadata?.["tags"]) ? {tags: metadata["tags"]} : {};
    return [
      {
        ...{cell_type, id: String(id), source: String(source), metadata: tags},
        ...{execution_count: null, outputs: []},
      },
    ];
  });
}

function withoutSource(cell: CodeCell, {detail}: Killer): CodeCell {
  const message = `This cell ${detail}, and was left out`;
  return {...cell, source: `throw new Error(${JSON.stringify(message)})`};
}
