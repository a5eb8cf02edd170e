/** What grading one submission gave: the record that every door, table and page is made from. */
export interface SubmissionResult {
  /** Changes when the meaning of a field does. */
  format: 1;
  /** As in "ps03". */
  problemSet: string;
  course: string;
  /** From the name of the submission's folder. */
  student: string;
  /** The student's variant. */
  seed: number;
  /** SHA-256 over submission, release and judge, in hexadecimal: the same digest, the same result. */
  digest: string;
  /** Points by hidden tests, without manual marks and penalties. */
  score: number;
  /** Points that hidden tests could give. */
  maxScore: number;
  questions: QuestionResult[];
  /** What a person should look at; no flag changes a mark. */
  flags: Flag[];
}

export interface QuestionResult {
  /** As in "q3". */
  id: string;
  /** nbgrader's `grade_id` of the cell that is marked. */
  gradeId: string;
  title: string;
  tier: 1 | 2 | 3;
  /** A person marks it, by the rubric of the instructor's guide; `score` is 0 until then. */
  manual: boolean;
  score: number;
  maxScore: number;
  /** Why there was nothing to mark, as a sentence; empty where there was. */
  problem: string;
  properties: PropertyResult[];
  /** The student's cell as handed in, for the feedback page and the person who marks. */
  handedIn: string;
}

/** The `problem` of a question whose cells are as they were released. */
export const NOT_ANSWERED = "Not answered.";

export interface PropertyResult {
  name: string;
  score: number;
  maxScore: number;
  /** What was wrong, as a sentence; empty where nothing was. */
  why: string;
  /** The text of the hint to read; empty where none helps, or nothing was wrong. */
  hint: string;
}

export type FlagKind =
  | "unreadable" // the file is no notebook, or of another format
  | "wrong-student" // a typed or recorded id is not that of the folder
  | "cell-missing" // a cell of the release is gone
  | "cell-duplicated" // a cell of the release is there twice; all of them ran
  | "cell-changed" // a locked cell was changed; it was restored
  | "cell-killed-run" // a cell ended the process, or ran too long; it was left out
  | "limit-reached"; // memory, output, files or processes

export interface Flag {
  kind: FlagKind;
  /** One sentence, with the cell's id where there is one. */
  detail: string;
}
