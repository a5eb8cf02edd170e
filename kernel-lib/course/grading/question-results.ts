import type {Output} from "../../kernel/index.js";
import {MAX_WHY} from "../question.js";
import {sumPoints} from "../record/points.js";
import {cellNamed} from "../source/cell-role.js";
import type {Part} from "../source/problem-set.js";
import {STUB_MESSAGE} from "../source/regions.js";
import type {HandedIn} from "./child-lines.js";
import type {JudgedQuestion} from "./judge-worker.js";
import type {RestoredNotebook} from "./restore-cells.js";
import {NOT_ANSWERED} from "./result.js";
import type {PropertyResult, QuestionResult} from "./result.js";
import type {SubmissionRun} from "./run-submission.js";

interface Graded {
  judged: readonly JudgedQuestion[];
  restored: RestoredNotebook;
  /** Absent where there was no notebook to run. */
  run: SubmissionRun | undefined;
}

/** What each part of a problem set earned, in the order of the set. */
export function questionResults(parts: readonly Part[], graded: Graded): QuestionResult[] {
  return parts.map((part) => questionResult(part, graded));
}

function questionResult(part: Part, graded: Graded): QuestionResult {
  const {question, gradeId, manual, points, solutions} = part;
  const asked = graded.judged.find(({id}) => id === question);
  if (!manual && (asked?.marks ?? []).length === 0) {
    throw new Error(`Cannot mark ${question}: its hidden tests gave no marks`);
  }
  const properties = manual ? [] : (asked?.marks ?? []).map((mark) => property(mark, asked!.hints));
  return {
    ...{id: question, gradeId, manual},
    title: asked?.title ?? question,
    tier: asked?.tier ?? 3,
    score: sumPoints(properties.map(({score}) => score)),
    maxScore: points,
    problem: manual ? "" : (problemOf(part, asked, graded) ?? ""),
    properties,
    handedIn: solutions.map((id) => graded.restored.handedIn.get(id) ?? "").join("\n\n"),
  };
}

function property(
  {name, points, held, why, hint}: JudgedQuestion["marks"][number],
  hints: readonly string[],
): PropertyResult {
  const text = held || hint === undefined ? "" : (hints[hint - 1] ?? "");
  return {name, score: held ? points : 0, maxScore: points, why: held ? "" : why, hint: text};
}

/** Why a question had nothing to mark: the first thing that went wrong with its own cells. */
function problemOf(
  part: Part,
  asked: JudgedQuestion | undefined,
  {restored, run}: Graded,
): string | undefined {
  if (run === undefined) return "The file could not be opened as a notebook.";
  const {gradeId, solutions} = part;
  const answered = asked?.problem === "" && answerOf(part, restored, run) !== undefined;
  // A test cell may take what the stub throws for a result.
  const marks = asked?.marks ?? [];
  const isStub = marks.length > 0 && marks.every(({why}) => why.includes(STUB_MESSAGE));
  if (answered && !isStub) return undefined;
  // Not before: an answer may stand in a cell of the student's own.
  if (solutions.every((id) => restored.untouched.has(id))) return NOT_ANSWERED;
  for (const id of [...solutions, gradeId]) {
    const cell = cellNamed(restored.notebook, id);
    const ran = run.cells.find((one) => one.id === cell?.id);
    const error = ran === undefined ? undefined : errorOf(ran.outputs);
    if (error !== undefined) return `Cell ${id}: ${error.slice(0, MAX_WHY)}`;
  }
  if (asked !== undefined && asked.problem !== "") return `Your code ended with ${asked.problem}`;
  return "Nothing was handed in.";
}

/** The answer that the part's own test cell emitted for the part's own question. */
export function answerOf(
  {question, gradeId}: Pick<Part, "question" | "gradeId">,
  {notebook}: RestoredNotebook,
  run: SubmissionRun | undefined,
): HandedIn | undefined {
  const cell = cellNamed(notebook, gradeId);
  const answer = cell && run?.answers.get(cell.id);
  return answer?.question === question ? answer : undefined;
}

function errorOf(outputs: readonly Output[]): string | undefined {
  const error = outputs.find((output) => output.output_type === "error");
  return error?.output_type === "error" ? `${error.ename}: ${error.evalue}` : undefined;
}
