import fc from "fast-check";
import {equalBytes} from "kernel-lib/bytes";
import {expect, it} from "vitest";

it("equalBytes() is true for a copy and false after any one change", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({minLength: 1, maxLength: 64}),
      fc.nat(63),
      fc.integer({min: 1, max: 255}),
      (bytes, position, change) => {
        const copy = Uint8Array.from(bytes);
        expect(equalBytes(bytes, copy)).toBe(true);
        copy[position % copy.length]! ^= change;
        expect(equalBytes(bytes, copy)).toBe(false);
        expect(equalBytes(bytes, bytes.subarray(1))).toBe(false);
      },
    ),
  );
});
