/** A wrong solution of one question, and what the hidden tests must find. */
export interface Mutant {
  /** As in "q3". */
  question: string;
  /** What is wrong with it. */
  name: string;
  /** `grade_id` of the solution cell that it stands in for. */
  cell: string;
  /** The whole source of that cell. */
  source: string;
  /** Names of the hidden properties that must fail: these and no others. */
  fails: readonly string[];
  /** What is left of the question's points, all other cells being the model solution. */
  points: number;
}
