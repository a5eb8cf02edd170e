/** Of terms O(degrees of freedom) each; beyond, the value has long settled. */
const MAX_DEGREES = 1e6;
/** Halvings until an angle in (0, π/2) has no further digit. */
const HALVINGS = 60;

/**
 * The value that a Student-t variable exceeds in absolute value with probability 1 − confidence:
 * the factor of a two-sided confidence interval. O(degrees of freedom).
 *
 * The probability within ±t is a finite sum in θ = atan(t/√ν) for whole ν (Abramowitz and Stegun,
 * "Handbook of mathematical functions", 26.7.3 and 26.7.4): only positive terms are added, so
 * nothing cancels. It is inverted by bisection.
 *
 * @param degreesOfFreedom ν, a whole number in [1, 10^6]
 * @param confidence in (0, 1)
 * @throws RangeError if an argument is outside its range
 *
 * @example
 * import {studentT} from "kernel-lib/stats";
 * studentT({degreesOfFreedom: 9, confidence: 0.95}).toFixed(4) // => '2.2622'
 */
export function studentT({
  degreesOfFreedom,
  confidence,
}: {
  degreesOfFreedom: number;
  confidence: number;
}): number {
  if (
    !(Number.isInteger(degreesOfFreedom) && degreesOfFreedom >= 1) ||
    degreesOfFreedom > MAX_DEGREES
  ) {
    throw new RangeError(
      `Cannot find t: need whole degrees of freedom in [1, 10^6], got ${degreesOfFreedom}`,
    );
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`Cannot find t: need a confidence in (0, 1), got ${confidence}`);
  }
  let low = 0;
  let high = Math.PI / 2;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (probabilityWithin(middle, degreesOfFreedom) < confidence) low = middle;
    else high = middle;
  }
  return Math.sqrt(degreesOfFreedom) * Math.tan((low + high) / 2);
}

/** P(|t| ≤ √ν · tan θ), A&S 26.7.3 (odd ν) and 26.7.4 (even ν). */
function probabilityWithin(theta: number, degrees: number): number {
  const sine = Math.sin(theta);
  const cosine = Math.cos(theta);
  const odd = degrees % 2;
  // Even: 1 + ½cos² + (1·3)/(2·4)cos⁴ …; odd: cos + ⅔cos³ + (2·4)/(3·5)cos⁵ …; last power ν − 2.
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let power = odd + 2; power <= degrees - 2; power += 2) {
    term *= ((power - 1) / power) * cosine * cosine;
    sum += term;
    if (term < 1e-18 * sum) break;
  }
  return odd ? (2 / Math.PI) * (theta + sine * sum) : sine * sum;
}
