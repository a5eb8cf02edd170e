/** A class of five, made by hand: every kind of thing that a record can hold, once. In 2020, since no
 * entry may be later than one that a command writes now. */
import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {EMPTY_LOG, markLogText, submissionPath, withEntry} from "kernel-lib/course/record";
import type {Decision, MarkLog, SubmissionResult} from "kernel-lib/course/record";

type Question = SubmissionResult["questions"][number];
type Property = Question["properties"][number];

const PROPERTIES: Property[] = [
  {name: "gives one result for each trial", score: 0, maxScore: 0.1, why: "", hint: ""},
  {name: "restores every pair of lost shards", score: 0, maxScore: 1.9, why: "", hint: ""},
];

const HINT = "Two rows of the parity matrix are enough: which ones are left?";

/** A result of ps03: q1 (2 points), q3 (2 points) and q8, which a person marks (5 points). */
export function resultOf(student: string, parts: Partial<SubmissionResult> = {}): SubmissionResult {
  const questions = parts.questions ?? [countQuestion(2), restoreQuestion([0.1, 1.9]), prose()];
  return {
    format: 1,
    problemSet: "ps03",
    course: "glass-cloud",
    student,
    seed: 7,
    digest: "9f86d081884c7d659a2feaa0c55ad015",
    score: questions.reduce((sum, {score}) => sum + score, 0),
    maxScore: 4,
    questions,
    flags: [],
    ...parts,
  };
}

export function countQuestion(score: number): Question {
  const why = score === 2 ? "" : "counted 5 shards, need 6";
  return {
    ...{id: "q1", gradeId: "q1-test", title: "Count the shards", tier: 1, manual: false},
    ...{score, maxScore: 2, problem: "", handedIn: "const count1 = () => 6;"},
    properties: [{name: "counts them", score, maxScore: 2, why, hint: why && "Parity counts too."}],
  };
}

/** @param scores of its two properties; none where there was nothing to mark */
export function restoreQuestion(
  scores: readonly [number, number] | undefined,
  handedIn = RESTORE,
): Question {
  const properties = PROPERTIES.map((property, index): Property => {
    const score = scores?.[index] ?? 0;
    const wrong = score < property.maxScore;
    const why = wrong ? "shards 1 and 4 of trial 3 came back as zeros" : "";
    return {...property, score, why, hint: wrong ? HINT : ""};
  });
  return {
    ...{id: "q3", gradeId: "q3-test", title: "Restore what is lost", tier: 2, manual: false},
    score: (scores?.[0] ?? 0) + (scores?.[1] ?? 0),
    maxScore: 2,
    problem: scores === undefined ? "The cell solution3 is gone: nothing was handed in." : "",
    properties: scores === undefined ? [] : properties,
    handedIn: scores === undefined ? "" : handedIn,
  };
}

export function prose(
  handedIn = "Two zones fail together, so that nines do not multiply.",
): Question {
  return {
    ...{id: "q8", gradeId: "q8", title: "Explain your figure", tier: 3, manual: true},
    ...{score: 0, maxScore: 5, problem: "", properties: [], handedIn},
  };
}

export const RESTORE = `const restore3 = (shards: Uint8Array[]) => {
  const present = shards.filter((shard) => shard.length > 0);
  for (let row = 0; row < present.length; row++) {
    if (present[row][0] === 0) return undefined;
  }
  return solve(present.slice(0, 6));
};`;

/** What a hostile student hands in, and has as a name. */
export const SCRIPT = `</pre><script>alert("1")</script><img src=x onerror='alert(2)'>\u202e&amp;`;

export const ZOE = "zoë.müller";
export const TARO = "山田 太郎";

export const CLASS: SubmissionResult[] = [
  resultOf("ada"),
  resultOf(ZOE, {questions: [countQuestion(2), restoreQuestion([0.1, 0]), prose()]}),
  resultOf(TARO, {
    questions: [countQuestion(0), restoreQuestion(undefined), prose("")],
    flags: [{kind: "cell-missing", detail: "The cell solution3 is gone."}],
  }),
  resultOf("-eve", {
    questions: [countQuestion(2), restoreQuestion([0.1, 1.9], SCRIPT), prose(SCRIPT)],
    flags: [
      {kind: "cell-changed", detail: `The locked cell q3-test was changed: ${SCRIPT}`},
      {kind: "wrong-student", detail: "The notebook says ada."},
    ],
  }),
  resultOf("stranger", {questions: [countQuestion(0), restoreQuestion([0, 0]), prose("no idea")]}),
];

export const ROSTER = `student,hub_id,lms_id,name,email,section
ada,ada-hub,101,"Lovelace, Ada",ada@example.org,A
zoe\u0308.mu\u0308ller,,102,Zoë Müller,zoe@example.org,A
山田 太郎,taro,S-103,山田 太郎,taro@example.org,B
-eve,,104,"=HYPERLINK(""http://x"",""Eve"")",eve@example.org,B
"nobody",,105,"No ""Body"" Home",nobody@example.org,B
`;

export const COURSE = `{
  "course": "glass-cloud", "timeZone": "Europe/Vienna", "passPercent": 50, "borderPercent": 3,
  "late": {"graceMinutes": 15, "percentPerDay": 10, "mostDays": 3},
  "sets": {"ps03": {"due": "2020-11-30T23:59:00", "canvasId": 4711}}
}`;

const DECISIONS: [student: string, by: string, decision: Decision][] = [
  ["ada", "timestamp.txt", {kind: "handed-in", at: "2020-11-30T22:59:00Z", comment: ""}],
  [ZOE, "timestamp.txt", {kind: "handed-in", at: "2020-12-01T00:00:00Z", comment: ""}],
  ["ada", "B. Babbage", points(4.5, "One sentence on correlation is missing.")],
  [ZOE, "B. Babbage", points(3.33, "Names the cause, not the size of it.")],
  [TARO, "B. Babbage", points(0, "Nothing was handed in.")],
  ["-eve", "B. Babbage", points(2, "Half of it.")],
  ["-eve", "B. Babbage", points(2.5, "Half of it, rounded in her favour.")],
  [TARO, "Ch. Chair", {kind: "override", mark: 4.5, comment: "Illness: oral examination."}],
  ["ada", "B. Babbage", {kind: "note", comment: "Second marking agreed."}],
];

export const LOG: MarkLog = DECISIONS.reduce(
  (log, [student, by, decision], index) =>
    withEntry(log, {student, problemSet: "ps03"}, decision, {
      by,
      when: `2020-12-03T10:${String(index).padStart(2, "0")}:00.000Z`,
    }),
  EMPTY_LOG,
);

function points(given: number, comment: string): Decision {
  return {kind: "points", question: "q8", points: given, comment};
}

/** Writes the class as grading and people would have left it. */
export function writeClass(out: string): void {
  for (const result of CLASS) {
    const path = submissionPath(out, "results", result);
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, JSON.stringify(result));
  }
  writeFileSync(join(out, "marks.json"), markLogText(LOG));
  writeFileSync(join(out, "course.json"), COURSE);
  writeFileSync(join(out, "roster.csv"), ROSTER);
}
