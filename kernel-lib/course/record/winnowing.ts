import {hashNames} from "../variant.js";
import type {Token} from "./answer-tokens.js";

/**
 * Winnowing: of all runs of `RUN` tokens a few are kept, so that two texts which share a long
 * passage are sure to share one that was kept.
 *
 * Source: S. Schleimer, D. S. Wilkerson, A. Aiken, "Winnowing: Local Algorithms for Document
 * Fingerprinting", SIGMOD 2003, which MOSS uses. Of each window of `WINDOW` runs the one with the
 * smallest hash is kept, the rightmost where several are smallest.
 */

/** Length of a run, in tokens: what is shorter is no passage, and never matches. */
export const RUN: number = 12;

/** Runs in a window: a shared passage of `RUN + WINDOW - 1` = 16 tokens or more is always found. */
export const WINDOW: number = 5;

/** A run that was kept. */
export interface Fingerprint {
  /** The run's kinds: two runs match where this is equal; the hash only chooses. */
  run: string;
  /** Which token it begins with. */
  at: number;
}

/** The runs of a text that are kept, in their order; none where it has fewer than `RUN` tokens. */
export function fingerprints(tokens: readonly Token[]): Fingerprint[] {
  const runs = allRuns(tokens);
  const hashes = runs.map((run) => hashNames([run]));
  return winnow(hashes, WINDOW).map((at) => ({run: runs[at]!, at}));
}

/**
 * Which hashes winnowing keeps, by their index: of each window the smallest, the rightmost of equal
 * ones. Fewer hashes than a window are one window.
 */
export function winnow(hashes: readonly number[], window: number): number[] {
  const kept: number[] = [];
  const windows = hashes.length === 0 ? 0 : Math.max(1, hashes.length - window + 1);
  for (let from = 0; from < windows; from++) {
    const at = smallest(hashes, from, Math.min(from + window, hashes.length));
    if (kept.at(-1) !== at) kept.push(at);
  }
  return kept;
}

/** Every run of a text, in its order. */
export function allRuns(tokens: readonly Token[]): string[] {
  const length = Math.max(0, tokens.length - RUN + 1);
  return Array.from({length}, (_, at) =>
    tokens
      .slice(at, at + RUN)
      .map(({kind}) => kind)
      .join(" "),
  );
}

function smallest(hashes: readonly number[], from: number, to: number): number {
  let best = from;
  for (let at = from + 1; at < to; at++) if (hashes[at]! <= hashes[best]!) best = at;
  return best;
}
