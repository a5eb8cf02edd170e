import {formatNotebook} from "../../kernel/index.js";
import type {Notebook} from "../../kernel/index.js";
import {Random} from "../../random/index.js";
import type {Part, ProblemSet} from "../source/index.js";
import {AnswerSheet} from "./answer-sheet.js";
import {ATTACKS} from "./hostile.js";
import type {Target} from "./hostile.js";
import type {Planted} from "./planted.js";

export type Kind =
  "perfect" | "empty" | "partly right" | "wrong" | "type error" | "throws" | "hostile";

/** One submission of a made class, and what it must be worth. */
export interface MadeSubmission {
  /** Name of the folder, and the student's id. */
  student: string;
  kind: Kind;
  /** What was done to it. */
  what: string;
  /** The file, in UTF-8. */
  text: string;
  /** Per question that is marked by tests: the hidden properties that must fail, or all of them. */
  loses: Record<string, readonly string[] | "all">;
}

/** Names that a file system, a URL or a shell might stumble over. */
const NAMES = [
  ...["ada", "Ådne Ørsted", "张伟", "محمد", "zoë-é", "o'brien", "née Çelik", "0", "a b", "-rf"],
  ...["..hidden", "%2e%2e", "COM1", "$(id)", "🦉"],
];

/**
 * A class: by turns perfect, empty, partly right, wrong, with type errors and throwing, and each
 * attack once. The same seed makes the same class.
 *
 * @param size of the class without the attacks, a whole number >= 1
 */
export function madeClass(
  {set, release, planted}: {set: ProblemSet; release: Notebook; planted: readonly Planted[]},
  {size, seed}: {size: number; seed: number},
): MadeSubmission[] {
  const random = new Random(seed).fork("class");
  const tested = set.parts.filter(({manual}) => !manual);
  const sheet = (): AnswerSheet => new AnswerSheet(set, release);
  const makers: (() => Pick<MadeSubmission, "kind" | "what" | "loses"> & {sheet: AnswerSheet})[] = [
    () => ({
      kind: "perfect",
      what: "every answer is the author's",
      loses: {},
      sheet: sheet().solve(),
    }),
    () => ({kind: "empty", what: "the release as it was", loses: allOf(tested), sheet: sheet()}),
    () => partly(random, tested, sheet()),
    () => wrong(random, tested, planted, sheet()),
    () => broken("type error", random, tested, sheet()),
    () => broken("throws", random, tested, sheet()),
  ];
  const honest = Array.from({length: size}, (_, at): MadeSubmission => {
    const {sheet: answers, ...about} = makers[at % makers.length]!();
    const student = NAMES[at] ?? `student-${String(at + 1).padStart(3, "0")}`;
    return {student, ...about, text: formatNotebook(answers.notebook(student))};
  });
  return [...honest, ...attacks(set, release)];
}

/** Each attack by a student of its own. */
function attacks(set: ProblemSet, release: Notebook): MadeSubmission[] {
  const tested = set.parts.filter(({manual}) => !manual);
  return ATTACKS.map(({name, file, worth, on}, at) => {
    const student = `attack-${String(at + 1).padStart(2, "0")}`;
    const sheet = new AnswerSheet(set, release).solve();
    const part = tested.at(on === "first" ? 0 : -1)!;
    const target: Target = {part, functionName: functionOf(sheet, part)};
    const question: Record<string, "all"> = {[part.question]: "all"};
    const loses = {nothing: allOf(tested), everything: {}, "all but the question": question}[worth];
    const text = file(sheet.notebook(student), target);
    return {student, kind: "hostile", what: name, text, loses};
  });
}

function partly(
  random: Random,
  parts: readonly Part[],
  sheet: AnswerSheet,
): ReturnType<typeof broken> {
  const drawn = parts.filter(() => random.float() < 0.5);
  const needed = drawn.flatMap((part) => parts.filter((other) => uses(sheet, part, other)));
  const done = parts.filter((part) => drawn.includes(part) || needed.includes(part));
  const open = parts.filter((part) => !done.includes(part));
  sheet.solve(done.flatMap(({solutions}) => solutions));
  const what = `answers ${done.map(({question}) => question).join(", ") || "nothing"}`;
  return {kind: "partly right", what, loses: allOf(open), sheet};
}

function wrong(
  random: Random,
  parts: readonly Part[],
  planted: readonly Planted[],
  sheet: AnswerSheet,
): ReturnType<typeof broken> {
  sheet.solve();
  const loses: MadeSubmission["loses"] = {};
  const what: string[] = [];
  for (const {question} of parts.filter((part) => standsAlone(sheet, part, parts))) {
    const choices = planted.filter((one) => one.question === question);
    if (choices.length === 0) continue;
    const one = random.choice(choices);
    sheet.write(one.cell, one.source);
    loses[question] = one.fails;
    what.push(`${question}: ${one.name}`);
  }
  return {kind: "wrong", what: what.join("; "), loses, sheet};
}

/** One answer that does not compile, or that throws; all others are right. */
function broken(
  kind: Kind,
  random: Random,
  parts: readonly Part[],
  sheet: AnswerSheet,
): Pick<MadeSubmission, "kind" | "what" | "loses"> & {sheet: AnswerSheet} {
  const part = random.choice(parts.filter((one) => standsAlone(sheet, one, parts)));
  sheet.solve();
  const name = functionOf(sheet, part);
  const source =
    kind === "throws"
      ? `const ${name} = () => { throw new Error("I do not know"); };`
      : `const ${name}: number = "a text" * [];`;
  sheet.write(part.solutions[0]!, source);
  return {kind, what: `${kind} in ${part.question}`, loses: {[part.question]: "all"}, sheet};
}

/** Whether no other answer is built on this one: what is wrong in it then costs its own question. */
function standsAlone(sheet: AnswerSheet, part: Part, parts: readonly Part[]): boolean {
  return !parts.some((other) => uses(sheet, other, part));
}

/** Whether the author's answer to one question calls that to another. */
function uses(sheet: AnswerSheet, part: Part, other: Part): boolean {
  if (part === other) return false;
  const name = new RegExp(`\\b${functionOf(sheet, other)}\\b`);
  return part.solutions.some((cell) => name.test(sheet.solution(cell)));
}

function functionOf(sheet: AnswerSheet, {solutions}: Part): string {
  const name = /^(?:const|let|function)\s+(\w+)/m.exec(sheet.solution(solutions[0]!))?.[1];
  if (name === undefined) throw new SyntaxError(`Cannot find the function of ${solutions[0]}`);
  return name;
}

function allOf(parts: readonly Part[]): Record<string, "all"> {
  return Object.fromEntries(parts.map(({question}) => [question, "all"]));
}
