import {describe, expect, it} from "vitest";
import fc from "fast-check";
import {cutIntoStripes} from "../../../kernel-lib/services/s3/object-bytes.js";

describe("cutIntoStripes()", () => {
  it("gives views of an array, so that a store of small objects sets no stripes aside", () => {
    const body = Uint8Array.of(1, 2, 3, 4, 5);
    const pieces = [...cutIntoStripes(body, 1 << 20)];
    expect(pieces).toEqual([body]);
    expect(pieces[0]!.buffer).toBe(body.buffer);
  });

  it("gives the same pieces whether the body comes at once or in chunks of any size", () => {
    const chunks = fc.array(fc.uint8Array({maxLength: 20}), {maxLength: 8});
    fc.assert(
      fc.property(chunks, fc.integer({min: 1, max: 16}), (parts, stripeBytes) => {
        const whole = Uint8Array.from(parts.flatMap((part) => [...part]));
        const pieces = [...cutIntoStripes(parts, stripeBytes)];
        expect(pieces).toEqual([...cutIntoStripes(whole, stripeBytes)]);
        expect(pieces.flatMap((piece) => [...piece])).toEqual([...whole]);
        expect(pieces.slice(0, -1).every((piece) => piece.length === stripeBytes)).toBe(true);
      }),
    );
  });
});
