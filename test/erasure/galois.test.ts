import {readFileSync} from "node:fs";
import fc from "fast-check";
import {gfAdd, gfDivide, gfInverse, gfMultiply, gfPower} from "kernel-lib/erasure";
import {describe, expect, it} from "vitest";

const {field} = JSON.parse(
  readFileSync(new URL("../vectors/reed-solomon.json", import.meta.url), "utf8"),
) as {
  field: {
    products: number[][];
    powers: number[][];
    timesTwentyFive: {input: number[]; output: string};
  };
};
const byte = fc.nat(255);

/** Schoolbook: shift and add polynomials, reduce modulo 0x11d. No table. */
function slowMultiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 0; bit < 8; bit++) if ((b >> bit) & 1) product ^= a << bit;
  for (let bit = 14; bit >= 8; bit--) if ((product >> bit) & 1) product ^= 0x11d << (bit - 8);
  return product;
}

describe("GF(2^8)", () => {
  it("gfMultiply() agrees with schoolbook multiplication on all 65,536 pairs", () => {
    for (let a = 0; a < 256; a++) {
      for (let b = 0; b < 256; b++) {
        if (gfMultiply(a, b) !== slowMultiply(a, b)) expect.fail(`${a} × ${b}`);
      }
    }
  });

  it("gfInverse() and gfDivide() undo gfMultiply() for all pairs", () => {
    for (let a = 1; a < 256; a++) {
      expect(gfMultiply(a, gfInverse(a))).toBe(1);
      for (let b = 0; b < 256; b++) {
        if (gfDivide(gfMultiply(b, a), a) !== b) expect.fail(`${b} × ${a} / ${a}`);
      }
    }
  });

  it("gfAdd() and gfMultiply() are commutative, associative and distributive", () => {
    fc.assert(
      fc.property(byte, byte, byte, (a, b, c) => {
        expect(gfAdd(a, b)).toBe(gfAdd(b, a));
        expect(gfMultiply(a, b)).toBe(gfMultiply(b, a));
        expect(gfMultiply(a, gfMultiply(b, c))).toBe(gfMultiply(gfMultiply(a, b), c));
        expect(gfMultiply(a, gfAdd(b, c))).toBe(gfAdd(gfMultiply(a, b), gfMultiply(a, c)));
      }),
    );
  });

  it("gfMultiply() and gfPower() give the published values", () => {
    for (const [a, b, product] of field.products) expect(gfMultiply(a!, b!)).toBe(product);
    for (const [a, n, power] of field.powers) expect(gfPower(a!, n!)).toBe(power);
    const {input, output} = field.timesTwentyFive;
    const hex = input.map((value) => gfMultiply(25, value).toString(16).padStart(2, "0"));
    expect(hex.join(" ")).toBe(output);
  });

  it("gfPower() is repeated multiplication, and 0^0 is 1", () => {
    for (let a = 0; a < 256; a++) {
      let power = 1;
      for (let n = 0; n < 300; n++) {
        if (gfPower(a, n) !== power) expect.fail(`${a}^${n}`);
        power = gfMultiply(power, a);
      }
    }
  });

  it.each([-1, 256, 1.5, Number.NaN])("gf functions refuse %d, which is no byte", (value) => {
    expect(() => gfAdd(value, 1)).toThrow(RangeError);
    expect(() => gfMultiply(1, value)).toThrow(RangeError);
    expect(() => gfInverse(value)).toThrow(RangeError);
    expect(() => gfPower(value, 1)).toThrow(RangeError);
  });

  it("gfInverse() and gfDivide() refuse zero", () => {
    expect(() => gfInverse(0)).toThrow("Cannot invert in GF(2^8): 0 has no inverse");
    expect(() => gfDivide(1, 0)).toThrow(RangeError);
  });
});
