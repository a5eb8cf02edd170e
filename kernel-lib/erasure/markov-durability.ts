/**
 * Durability as a Markov chain: a stripe has lost 0, 1, 2 … shards; failures move it up, repairs
 * move it down one by one, and beyond what the code covers it is gone for good.
 *
 * Solved exactly, by elimination that only ever adds, multiplies and divides positive numbers, so
 * that a life of 10^12 years keeps full relative precision (Grassmann, Taksar and Heyman, 1985).
 *
 * Source: the model of Huang et al., "Erasure Coding in Windows Azure Storage", USENIX ATC 2012, §2.
 *
 * Fidelity: simplified. Failures and repairs have exponential times and are independent; see
 * `simulateLoss` for events that take several shards at once.
 */

/** A birth-death chain with states 0 … n − 1 lost shards, and one absorbing state: lost for good. */
export interface DurabilityChain {
  /** Entry i: rate at which a stripe with i lost shards loses one more, per year, > 0. */
  readonly failuresPerYear: readonly number[];
  /** Entry i: rate at which a stripe with i lost shards gets one back, per year, >= 0; entry 0: 0. */
  readonly repairsPerYear: readonly number[];
  /**
   * Entry i: fraction of those failures that the stripe survives, in [0, 1]; the last entry is 0.
   * Default: 1 but for the last. Codes that decode only some patterns (LRC) have fractions here.
   */
  readonly survivingFractions?: readonly number[];
}

export interface ChainDurability {
  /** Mean time to data loss of one stripe that begins whole, in years. */
  mttdlYears: number;
  /** Probability that a stripe that begins whole is lost within one year. */
  annualLossProbability: number;
}

/**
 * Solves a durability chain exactly: O(n) for the mean time, O(n³ log rate) for the annual loss.
 *
 * @throws RangeError if the lists differ in length or an entry is outside its range
 *
 * @example
 * import {solveChain} from "kernel-lib/erasure";
 * // Two copies, each failing once in 4 years, repaired in a day.
 * const {mttdlYears} = solveChain({failuresPerYear: [0.5, 0.25], repairsPerYear: [0, 365]});
 * mttdlYears // => 2926
 */
export function solveChain(chain: DurabilityChain): ChainDurability {
  const states = checkChain(chain);
  return {mttdlYears: meanYears(states), annualLossProbability: lossWithinOneYear(states)};
}

interface State {
  failures: number;
  repairs: number;
  surviving: number;
}

/**
 * T(i) = own(i) + on(i) · T(i + 1): eliminates states from below. `leak` is 1 − on, kept apart so
 * that it never comes out of a subtraction.
 */
function meanYears(states: readonly State[]): number {
  const own: number[] = [];
  const on: number[] = [];
  let leak = 0;
  states.forEach(({failures, repairs, surviving}, index) => {
    const out = failures + repairs * leak;
    own.push((1 + repairs * (own[index - 1] ?? 0)) / out);
    on.push((failures * surviving) / out);
    leak = (failures * (1 - surviving) + repairs * leak) / out;
  });
  return own.reduceRight((later, mine, index) => mine + on[index]! * later, 0);
}

/** The last column of exp(Q · 1 year), by scaling and squaring of a matrix without minus signs. */
function lossWithinOneYear(states: readonly State[]): number {
  const size = states.length + 1;
  const fastest = Math.max(...states.map(({failures, repairs}) => failures + repairs));
  const halvings = Math.max(0, Math.ceil(Math.log2(fastest)) + 1);
  const step = 2 ** -halvings;
  let power = uniformised(states, fastest, step, size);
  for (let i = 0; i < halvings; i++) power = product(power, power);
  return Math.min(1, power[0]![size - 1]!);
}

/** exp(Q · t) = Σ Poisson(n; fastest · t) · P^n with P = I + Q / fastest (Jensen 1953). */
function uniformised(
  states: readonly State[],
  fastest: number,
  years: number,
  size: number,
): number[][] {
  const jump = Array.from({length: size}, () => new Array<number>(size).fill(0));
  jump[size - 1]![size - 1] = 1;
  states.forEach(({failures, repairs, surviving}, index) => {
    const row = jump[index]!;
    row[index + 1]! += (failures * surviving) / fastest;
    row[size - 1]! += (failures * (1 - surviving)) / fastest;
    if (index > 0) row[index - 1]! += repairs / fastest;
    row[index]! += (fastest - failures - repairs) / fastest;
  });
  let weight = Math.exp(-fastest * years);
  let power = Array.from({length: size}, (_, i) =>
    Array.from({length: size}, (_entry, j) => Number(i === j)),
  );
  const sum = power.map((row) => row.map((entry) => entry * weight));
  // fastest · years <= 1/2: with 30 terms more than states, the rest is below 10^-30 of any entry.
  for (let n = 1; n < 30 + size; n++) {
    power = product(power, jump);
    weight *= (fastest * years) / n;
    power.forEach((row, i) => row.forEach((entry, j) => (sum[i]![j]! += weight * entry)));
  }
  return sum;
}

function product(left: readonly number[][], right: readonly number[][]): number[][] {
  return left.map((row) =>
    right[0]!.map((_, column) =>
      row.reduce((sum, entry, i) => sum + entry * right[i]![column]!, 0),
    ),
  );
}

function checkChain(chain: DurabilityChain): State[] {
  const {failuresPerYear, repairsPerYear} = chain;
  const states = failuresPerYear.length;
  const last = states - 1;
  const fractions = chain.survivingFractions ?? failuresPerYear.map((_, i) => Number(i < last));
  if (states < 1 || repairsPerYear.length !== states || fractions.length !== states) {
    throw new RangeError(
      `Cannot solve the chain: need lists of one length >= 1, ` +
        `got ${states}, ${repairsPerYear.length} and ${fractions.length}`,
    );
  }
  return failuresPerYear.map((failures, index) => {
    const [repairs, surviving] = [repairsPerYear[index]!, fractions[index]!];
    const fine =
      failures > 0 &&
      failures < Infinity &&
      (index === 0 ? repairs === 0 : repairs >= 0 && repairs < Infinity) &&
      (index === last ? surviving === 0 : surviving >= 0 && surviving <= 1);
    if (!fine) {
      throw new RangeError(
        `Cannot solve the chain: state ${index} has ${failures} failures and ${repairs} repairs ` +
          `a year, of which it survives ${surviving}`,
      );
    }
    return {failures, repairs, surviving};
  });
}
