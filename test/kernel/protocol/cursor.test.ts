import fc from "fast-check";
import {expect, it} from "vitest";
import {toCodePoints, toUtf16Offset} from "../../../kernel-lib/dist/kernel/protocol/cursor.js";

it("toUtf16Offset() counts a character beyond 16 bits as two", () => {
  expect(toUtf16Offset("a🌩b", 0)).toBe(0);
  expect(toUtf16Offset("a🌩b", 2)).toBe(3);
  expect(toUtf16Offset("a🌩b", 99)).toBe(4);
});

it("toCodePoints() undoes toUtf16Offset()", () => {
  const codes = fc.string({unit: "binary"});
  fc.assert(
    fc.property(codes, fc.nat(20), (code, position) => {
      const inside = Math.min(position, [...code].length);
      expect(toCodePoints(code, toUtf16Offset(code, position))).toBe(inside);
    }),
    {seed: 1},
  );
});
