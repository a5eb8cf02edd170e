import {codeTokens, proseTokens} from "./answer-tokens.js";
import type {Token} from "./answer-tokens.js";
import {percentOf} from "./points.js";
import {allRuns, fingerprints, RUN} from "./winnowing.js";
import type {Fingerprint} from "./winnowing.js";

/** One student's answer to a question. */
export interface AnswerText {
  student: string;
  question: string;
  text: string;
  /** Prose, which a person marks; else code. */
  prose: boolean;
}

/** A stretch of a text, in UTF-16 units: [from, to). */
export interface Stretch {
  from: number;
  to: number;
}

export interface PairSide {
  student: string;
  text: string;
  /** What the other has too, in the text's order, without overlaps. */
  matches: Stretch[];
}

/** Two answers to one question that share passages. */
export interface SimilarPair {
  question: string;
  /** Kept runs that both have, in percent of those of the answer that has fewer. */
  percent: number;
  /** How many kept runs both have. */
  shared: number;
  sides: [PairSide, PairSide];
}

/** What was compared, and what came out. */
export interface SimilarityReport {
  pairs: SimilarPair[];
  /** By question: how many answers were compared, and how many were too short. */
  questions: {question: string; compared: number; tooShort: number}[];
}

export interface SimilarityOptions {
  /** Cells as released: what stands there is nobody's own. */
  release: readonly string[];
  /** How many pairs of each question are shown, a whole number >= 1. */
  most: number;
}

/** A passage that more than this share of a question's answers has is what the question asks for. */
const COMMON_SHARE = 0.5;
/** … if at least so many answers have it: in a class of three, two that agree are worth a look. */
const COMMON_ANSWERS = 5;

/** Longer texts are compared by their beginning, in characters: no answer is so long. */
const MOST_COMPARED = 50_000;

interface Prepared extends AnswerText {
  tokens: Token[];
  kept: Fingerprint[];
  runs: Set<string>;
}

/**
 * The most similar pairs of answers to each question, by winnowing (`winnowing.ts`). Left out are
 * what the release holds, passages that more than half of the answers have (and at least five), and
 * answers of fewer than `RUN` tokens.
 *
 * It finds pairs that a person should read. It proves nothing: two people who learnt the same
 * thing write the same few lines.
 *
 * @throws RangeError if `most` is no whole number >= 1
 */
export function similarPairs(
  answers: readonly AnswerText[],
  {release, most}: SimilarityOptions,
): SimilarityReport {
  if (!Number.isInteger(most) || most < 1) {
    throw new RangeError(`Cannot list pairs: need a whole number >= 1, got ${most}`);
  }
  const released = new Set(
    release.flatMap((text) => [...allRuns(codeTokens(text)), ...allRuns(proseTokens(text))]),
  );
  const questions = [...new Set(answers.map(({question}) => question))];
  const report: SimilarityReport = {pairs: [], questions: []};
  for (const question of questions) {
    const texts = answers.filter((answer) => answer.question === question);
    const prepared = texts.map((answer) => prepare(answer, released));
    const long = prepared.filter(({tokens}) => tokens.length >= RUN);
    report.questions.push({
      ...{question, compared: long.length, tooShort: texts.length - long.length},
    });
    report.pairs.push(...pairsAmong(withoutCommon(long)).slice(0, most));
  }
  return report;
}

function prepare(answer: AnswerText, released: ReadonlySet<string>): Prepared {
  const text = answer.text.slice(0, MOST_COMPARED);
  const tokens = answer.prose ? proseTokens(text) : codeTokens(text);
  const kept = fingerprints(tokens).filter(({run}) => !released.has(run));
  return {...answer, text, tokens, kept, runs: new Set(kept.map(({run}) => run))};
}

function withoutCommon(answers: readonly Prepared[]): Prepared[] {
  const owners = new Map<string, number>();
  for (const {runs} of answers) for (const run of runs) owners.set(run, (owners.get(run) ?? 0) + 1);
  const isCommon = (run: string): boolean => {
    const count = owners.get(run)!;
    return count >= COMMON_ANSWERS && count > COMMON_SHARE * answers.length;
  };
  return answers.map((answer) => {
    const kept = answer.kept.filter(({run}) => !isCommon(run));
    return {...answer, kept, runs: new Set(kept.map(({run}) => run))};
  });
}

/** All pairs that share a run, the most similar first; ties by the number of runs, then by id. */
function pairsAmong(answers: readonly Prepared[]): SimilarPair[] {
  const ordered = [...answers].sort((a, b) => compareText(a.student, b.student));
  const pairs = ordered.flatMap((first, index) =>
    ordered.slice(index + 1).flatMap((second) => pairOf(first, second) ?? []),
  );
  return pairs.sort(
    (a, b) =>
      b.percent - a.percent ||
      b.shared - a.shared ||
      compareText(a.sides[0].student, b.sides[0].student) ||
      compareText(a.sides[1].student, b.sides[1].student),
  );
}

function pairOf(first: Prepared, second: Prepared): SimilarPair | undefined {
  if (first.student === second.student) return undefined;
  const [small, large] = first.runs.size <= second.runs.size ? [first, second] : [second, first];
  const shared = new Set([...small.runs].filter((run) => large.runs.has(run)));
  if (shared.size === 0) return undefined;
  return {
    question: first.question,
    percent: percentOf(shared.size, small.runs.size),
    shared: shared.size,
    sides: [sideOf(first, shared), sideOf(second, shared)],
  };
}

/** Runs overlap: their stretches are joined, so that a mark is a passage. */
function sideOf({student, text, tokens, kept}: Prepared, shared: ReadonlySet<string>): PairSide {
  const matches: Stretch[] = [];
  for (const {run, at} of kept) {
    if (!shared.has(run)) continue;
    const from = tokens[at]!.from;
    const to = tokens[at + RUN - 1]!.to;
    const last = matches.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else matches.push({from, to});
  }
  return {student, text, matches};
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
