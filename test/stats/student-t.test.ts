import {studentT} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

describe("studentT", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2, columns 0.95, 0.975, 0.995.
  it.each([
    [1, 6.314, 12.706, 63.657],
    [2, 2.92, 4.303, 9.925],
    [3, 2.353, 3.182, 5.841],
    [10, 1.812, 2.228, 3.169],
    [29, 1.699, 2.045, 2.756],
    [100, 1.66, 1.984, 2.626],
  ])(
    "studentT() gives the published table's row of %d degrees of freedom",
    (degreesOfFreedom, ...row) => {
      const computed = [0.9, 0.95, 0.99].map((confidence) =>
        studentT({degreesOfFreedom, confidence}),
      );
      row.forEach((value, at) => expect(computed[at]!.toFixed(3)).toBe(value.toFixed(3)));
    },
  );

  it("studentT() inverts the closed forms of one and two degrees exactly", () => {
    for (const confidence of [0.001, 0.5, 0.9, 0.999999]) {
      const one = Math.tan((confidence * Math.PI) / 2);
      expect(studentT({degreesOfFreedom: 1, confidence}) / one).toBeCloseTo(1, 9);
      const two = confidence * Math.sqrt(2 / (1 - confidence ** 2));
      expect(studentT({degreesOfFreedom: 2, confidence}) / two).toBeCloseTo(1, 9);
    }
  });

  it("studentT() goes to the normal distribution's 1.95996 with many degrees of freedom", () => {
    expect(studentT({degreesOfFreedom: 100_001, confidence: 0.95})).toBeCloseTo(1.95999, 5);
  });

  it("studentT() refuses arguments outside their range", () => {
    for (const degreesOfFreedom of [0, 1.5, 1e7]) {
      expect(() => studentT({degreesOfFreedom, confidence: 0.9})).toThrow(RangeError);
    }
    for (const confidence of [0, 1, Number.NaN]) {
      expect(() => studentT({degreesOfFreedom: 1, confidence})).toThrow(RangeError);
    }
  });
});
