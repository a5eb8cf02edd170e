import fc from "fast-check";

/** What a search tries, drawn and shrunk by fast-check: whole numbers, sets, lists, choices. */
export interface Inputs<T> {
  /** Fast-check's own description of the values; kept opaque. */
  readonly arbitrary: fc.Arbitrary<T>;
}

export interface SearchOptions {
  /** How many inputs to try, a whole number >= 1. Default 1,000. */
  runs?: number;
  /** Decides which inputs are tried. */
  seed: number;
}

/** The smallest input found for which a property fails, and how to see it again. */
export interface Counterexample<T> {
  input: T;
  /** How many steps it took to make the first failure this small. */
  shrinks: number;
  /** How many inputs were tried until the first failure. */
  tried: number;
  /** The message of what the property threw, or that it returned false. */
  why: string;
}

/**
 * Looks for an input that breaks a property, and makes it as small as it can.
 *
 * @param inputs as `integers`, `subsets` or `choices` describe them
 * @param holds the property: true, or false or a throw where it is broken
 * @returns the smallest failure, or `undefined` if all inputs tried hold; the same seed finds the
 *   same
 *
 * @example
 * import {findCounterexample, subsets} from "kernel-lib/lesson";
 * const found = findCounterexample(subsets(8), (lost) => lost.length <= 2, {seed: 1});
 * found.input.length // => 3
 */
export function findCounterexample<T>(
  inputs: Inputs<T>,
  holds: (input: T) => boolean,
  {runs = 1000, seed}: SearchOptions,
): Counterexample<T> | undefined {
  const result = fc.check(fc.property(inputs.arbitrary, holds), {numRuns: runs, seed});
  if (!result.failed || result.counterexample === null) return undefined;
  return {
    input: result.counterexample[0],
    shrinks: result.numShrinks,
    tried: result.numRuns,
    why: result.errorInstance instanceof Error ? result.errorInstance.message : "false",
  };
}

/**
 * Sets of positions in [0, size), in ascending order: lost shards, failed zones.
 *
 * @example
 * import {findCounterexample, subsets} from "kernel-lib/lesson";
 * findCounterexample(subsets(3), (set) => set.length <= 3, {seed: 1}) // => undefined
 */
export function subsets(size: number): Inputs<number[]> {
  const positions = Array.from({length: size}, (_, position) => position);
  return {arbitrary: fc.subarray(positions)};
}

/**
 * Whole numbers in [min, max]; failures shrink towards min.
 *
 * @example
 * import {findCounterexample, integers} from "kernel-lib/lesson";
 * findCounterexample(integers({min: 0, max: 99}), (n) => n < 40, {seed: 1}).input // => 40
 */
export function integers({min, max}: {min: number; max: number}): Inputs<number> {
  return {arbitrary: fc.integer({min, max})};
}

/**
 * One of the given values; failures shrink towards the first.
 *
 * @example
 * import {choices, findCounterexample} from "kernel-lib/lesson";
 * findCounterexample(choices([2, 3, 4]), (zones) => zones > 3, {seed: 1}).input // => 2
 */
export function choices<T>(values: readonly T[]): Inputs<T> {
  return {arbitrary: fc.constantFrom(...values)};
}
