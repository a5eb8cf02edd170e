import {elevenNines} from "kernel-lib/experiments/s3";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const rates = [0.001, 0.00405, 0.01, 0.1];
const rows = elevenNines({annualFailureRates: rates});
const loss = (model: string, rate: number): number =>
  rows.find((row) => row.model === model && row.annualFailureRate === rate)!.annualLoss;

describe("elevenNines", () => {
  it("elevenNines() gives the golden table", async () => {
    const golden = table(rows, {
      caption:
        "Must meet Backblaze's README: 7.354e-12 for 17 + 3, AFR 0.00405, 6.5 days, to 0.1 % " +
        "(ours 7.355e-12: their window probability is rounded).",
    });
    await expect(golden.describe() + "\n").toMatchFileSnapshot("./eleven-nines.golden.txt");
  });

  it("elevenNines() meets Backblaze's published loss", () => {
    expect(loss("repair windows", 0.00405) / 7.354e-12).toBeCloseTo(1, 3);
  });

  it("elevenNines(): the chain loses about m + 1 = 4 times as much, as the closed forms say", () => {
    // Windows: C(20,4) λ⁴ w³. Chain: 20·19·18·17 λ⁴ w³ / 3!. Their ratio is 4! / 3! = 4, and the
    // stripe that begins whole is a little safer in its first year.
    for (const rate of rates) {
      const ratio = loss("Markov chain", rate) / loss("repair windows", rate);
      expect(ratio).toBeGreaterThan(3.7);
      expect(ratio).toBeLessThan(4);
    }
  });

  it("elevenNines(): with a common event no drive can improve on that event", () => {
    for (const rate of rates) {
      expect(loss("windows and a common event", rate)).toBeGreaterThan(0.99e-6);
    }
    expect(loss("windows and a common event", 0.001)).toBeCloseTo(1e-6, 9);
  });

  it("elevenNines() takes other codes, and refuses rates outside their range", () => {
    const [rs] = elevenNines({code: {dataShards: 6, parityShards: 2}, repairHours: 6});
    expect(rs!.annualLoss).toBeLessThan(1e-11);
    for (const wrong of [[0], [1.5], [Number.NaN]]) {
      expect(() => elevenNines({annualFailureRates: wrong})).toThrow(RangeError);
    }
    expect(() => elevenNines({repairHours: 0})).toThrow(RangeError);
  });
});
