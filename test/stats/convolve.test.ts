import {binomialDistribution, convolve} from "kernel-lib/stats";
import {expect, it} from "vitest";

it("convolve() of two binomials with one p is the binomial of the sum", () => {
  const sum = convolve(binomialDistribution(3, 0.2), binomialDistribution(4, 0.2));
  binomialDistribution(7, 0.2).forEach((value, at) => expect(sum[at]).toBeCloseTo(value, 14));
});
