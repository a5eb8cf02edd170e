import {existsSync} from "node:fs";
import {
  changeLog,
  entriesAbout,
  exportRun,
  finalMark,
  handedInTimes,
  instantOf,
  keepFiles,
  moderationSample,
  overrideDecision,
  pointsDecision,
  readRun,
  showOf,
  showPoints,
  textTable,
  withEntry,
} from "../course/record/index.js";
import type {
  Decision,
  FinalMark,
  GradescopeVisibility,
  GradingRun,
  MarkEntry,
  SubmissionResult,
} from "../course/record/index.js";
import {chosenRun, resultOf} from "./course-run.js";
import type {ChosenRun} from "./course-run.js";

/** What stands on the command line, and the time. */
export interface MarkOptions {
  out: string;
  /** ISO 8601 in UTC: when this command runs. */
  when: string;
  set?: string | undefined;
  rules?: string | undefined;
  roster?: string | undefined;
  by?: string | undefined;
  comment?: string | undefined;
  seed?: string | undefined;
  rest?: string | undefined;
  partial?: boolean | undefined;
  visibility?: string | undefined;
}

type Command = (args: readonly string[], options: MarkOptions) => string;

/** The commands of `course:marks` by name; each gives what is to be printed. */
export const markCommands: Record<string, Command> = {
  show,
  set,
  override,
  extend,
  note,
  late,
  log,
  sample,
  export: exportFiles,
};

const VISIBILITIES = ["visible", "hidden", "after_due_date", "after_published"];

function show(args: readonly string[], options: MarkOptions): string {
  const [student] = taken(args, "show [STUDENT]", 0, 1);
  const run = chosenRun(options.out, options);
  if (student !== undefined) return partsOf(finalOf(run, resultOf(run, student)));
  const rows = run.ofSet.map((result) => {
    const final = finalOf(run, result);
    const {auto, manual, penalty, override: decided, waiting} = final;
    return [
      result.student,
      ...[auto, manual, penalty].map(showPoints),
      decided === undefined ? "" : showPoints(decided.points),
      showOf(final.mark, final.maxMark),
      waiting.length === 0 ? "" : `waits: ${waiting.join(" ")}`,
      result.flags.map(({kind}) => kind).join(" "),
    ];
  });
  const headings = ["student", "tests", "people", "late", "override", "mark", "", "flags"];
  return `${run.problemSet}\n${textTable([headings, ...rows])}`;
}

function set(args: readonly string[], options: MarkOptions): string {
  const [student, question, points] = taken(args, "set STUDENT QUESTION POINTS", 3, 3);
  return decide(student!, options, (result) =>
    pointsDecision(result, {
      question: question!,
      points: pointsOrNone(points!),
      comment: options.comment ?? "",
    }),
  );
}

function override(args: readonly string[], options: MarkOptions): string {
  const [student, mark] = taken(args, "override STUDENT MARK", 2, 2);
  return decide(student!, options, (result) =>
    overrideDecision(result, {mark: pointsOrNone(mark!), comment: options.comment ?? ""}),
  );
}

function extend(args: readonly string[], options: MarkOptions): string {
  const [student, due] = taken(args, "extend STUDENT DUE", 2, 2);
  return decide(student!, options, (_, {rules}) => {
    instantOf(due!, rules.timeZone);
    return {kind: "extension", due: due!, comment: options.comment ?? ""};
  });
}

function note(args: readonly string[], options: MarkOptions): string {
  const [student] = taken(args, "note STUDENT", 1, 1);
  return decide(student!, options, () => ({kind: "note", comment: options.comment ?? ""}));
}

/** Adds the times that are new, so that calling it twice adds nothing. */
function late(args: readonly string[], options: MarkOptions): string {
  const [submitted] = taken(args, "late [SUBMITTED]", 0, 1);
  if (submitted !== undefined) {
    if (!existsSync(submitted))
      throw new Error(`Cannot read ${submitted}: there is no such folder`);
    const times = handedInTimes(submitted, chosenRun(options.out, options).ofSet);
    const signature = {by: options.by ?? "timestamp.txt", when: options.when};
    changeLog(options.out, (before) =>
      times.reduce((log, {at, ...target}) => {
        const known = entriesAbout(log, target).filter(({kind}) => kind === "handed-in");
        const latest = known.at(-1);
        if (latest?.kind === "handed-in" && latest.at === at) return log;
        return withEntry(log, target, {kind: "handed-in", at, comment: ""}, signature);
      }, before),
    );
  }
  const run = chosenRun(options.out, options);
  const rows = run.ofSet.map((result) => {
    const {late: lateness, penalty} = finalOf(run, result);
    return [result.student, lateness.startedDays, showPoints(penalty), lateness.because];
  });
  return `${run.problemSet}\n${textTable([["student", "days", "taken", "why"], ...rows])}`;
}

function log(args: readonly string[], options: MarkOptions): string {
  const [student] = taken(args, "log [STUDENT]", 0, 1);
  const run = chosenRun(options.out, options);
  const about = student === undefined ? undefined : resultOf(run, student).student;
  const rows = run.log.entries
    .filter((entry) => about === undefined || entry.student === about)
    .map((entry) => [
      ...[entry.number, entry.when, entry.by, entry.student, entry.problemSet],
      ...[decisionWords(entry), entry.comment],
    ]);
  return textTable([["", "when", "by", "student", "set", "what", "why"], ...rows]);
}

function sample(args: readonly string[], options: MarkOptions): string {
  taken(args, "sample --seed N [--rest PERCENT]", 0, 0);
  if (options.seed === undefined) throw new Error("Say which seed: --seed N, and keep it");
  const run = chosenRun(options.out, options);
  const finals = run.ofSet.map((result) => finalOf(run, result));
  const seed = numberFrom(options.seed);
  const restPercent = numberFrom(options.rest ?? "10");
  const rows = moderationSample(finals, run.rules, {seed, restPercent}).map((one) => [
    ...[one.student, showOf(one.mark, one.maxMark), `${one.percent} %`, one.why],
  ]);
  const title = `${run.problemSet}: ${rows.length} of ${finals.length}, seed ${seed}`;
  const waiting = finals.filter((final) => final.waiting.length > 0).length;
  const early = waiting === 0 ? "" : `\n${waiting} still wait for a first mark: their part is open`;
  return `${title}${early}\n${textTable([["student", "mark", "", "why"], ...rows])}`;
}

function exportFiles(args: readonly string[], options: MarkOptions): string {
  taken(args, "export", 0, 0);
  const visibility = options.visibility ?? "after_published";
  if (!VISIBILITIES.includes(visibility)) {
    throw new Error(`Cannot export: --visibility is ${VISIBILITIES.join(" | ")}`);
  }
  const {submissions, warnings} = exportRun(options.out, runToExport(options), {
    partial: options.partial ?? false,
    visibility: visibility as GradescopeVisibility,
  });
  const written =
    `${submissions} submissions: grades.csv, grades-canvas.csv, grades-moodle.csv, ` +
    `gradescope/ and feedback/ in ${options.out}`;
  return [written, ...warnings.map((warning) => `  ! ${warning}`)].join("\n");
}

/** Without `--set` the tables hold all sets. */
function runToExport(options: MarkOptions): GradingRun {
  keepFiles(options.out, {course: options.rules, roster: options.roster});
  if (options.set === undefined) return readRun(options.out);
  const run = chosenRun(options.out, options);
  return {...run, results: run.ofSet};
}

/** Adds one decision and says what the mark is now. */
function decide(
  student: string,
  options: MarkOptions,
  decision: (result: SubmissionResult, run: ChosenRun) => Decision,
): string {
  const run = chosenRun(options.out, options);
  const result = resultOf(run, student);
  const {problemSet} = result;
  const added = decision(result, run);
  const signature = {by: options.by ?? "", when: options.when};
  const after = changeLog(options.out, (before) =>
    withEntry(before, {student: result.student, problemSet}, added, signature),
  );
  return partsOf(finalOf({...run, log: after}, result));
}

function finalOf(run: Pick<ChosenRun, "log" | "rules">, result: SubmissionResult): FinalMark {
  return finalMark(result, run.log, run.rules);
}

function partsOf(final: FinalMark): string {
  const questions = final.questions.map(({id, title, auto, person, score, maxScore, manual}) => [
    ...[id, title, manual ? "–" : showPoints(auto)],
    person === undefined ? (manual ? "waits" : "") : `${showPoints(person.points)} (${person.by})`,
    showOf(score, maxScore),
  ]);
  const {override: decided, strays} = final;
  return [
    `${final.student}, ${final.problemSet}`,
    textTable([["", "question", "tests", "person", "counts"], ...questions]),
    `tests ${showPoints(final.auto)} + people ${showPoints(final.manual)} − late ${showPoints(final.penalty)}`,
    final.late.because,
    ...(decided === undefined
      ? []
      : [`decided by ${decided.by}: ${showPoints(decided.points)} (${decided.comment})`]),
    ...strays,
    `mark ${showOf(final.mark, final.maxMark)}`,
  ].join("\n");
}

function decisionWords(entry: MarkEntry): string {
  switch (entry.kind) {
    case "points":
      return `${entry.question}: ${entry.points ?? "taken back"}`;
    case "override":
      return `override: ${entry.mark ?? "taken back"}`;
    case "extension":
      return `due ${entry.due}`;
    case "handed-in":
      return `handed in ${entry.at}`;
    default:
      return entry.kind;
  }
}

/** The arguments of a command, if there are as many as it needs. */
function taken(
  args: readonly string[],
  usage: string,
  least: number,
  most: number,
): readonly (string | undefined)[] {
  if (args.length >= least && args.length <= most) return args;
  throw new Error(`Cannot read the command: need ${usage}, got ${args.length} arguments`);
}

function pointsOrNone(text: string): number | null {
  return text === "-" ? null : numberFrom(text);
}

function numberFrom(text: string): number {
  const number = /^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(",", ".")) : NaN;
  if (Number.isNaN(number)) throw new Error(`Cannot read ${JSON.stringify(text)}: need a number`);
  return number;
}
