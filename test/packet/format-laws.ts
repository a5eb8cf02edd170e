/**
 * What every format owes (ARCHITECTURE.md, "Tests"): the same laws for each, on its published bytes,
 * on random values and on random bytes.
 */
import fc from "fast-check";
import {CorruptionError} from "kernel-lib/bytes";
import type {Field} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {describe, expect, it} from "vitest";
import {guardedBytes} from "./guarded-bytes.js";

interface FormatUnderTest<X extends object> {
  /** As in `encodeNAME`. */
  name: string;
  fields: readonly Field[];
  encode: (value: X, target?: Uint8Array, at?: number) => Uint8Array;
  decode: (bytes: Uint8Array, at?: number) => X;
  describe: (value: X) => string;
  /** Published bytes that begin with this format; the length of the header in each. */
  goldens: readonly {bytes: Uint8Array; sizeBytes: number}[];
  /** Values that decode from their own encoding without added padding. */
  values: fc.Arbitrary<X>;
  /** Fields whose bits may make an option list of something else, or say another length. */
  structural?: readonly string[];
  /** Numbers of the value and the first one too large. */
  limits: Partial<Record<keyof X & string, number>>;
}

/** The outcome as something to compare: a value, or where the damage is. */
function outcome<X>(decode: () => X): X | {corruptAt: number} {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof CorruptionError)) throw error;
    return {corruptAt: error.offset};
  }
}

export function itIsAFormat<X extends object>(format: FormatUnderTest<X>): void {
  const {name, encode, decode, goldens} = format;

  describe(`${name}: the laws of a format`, () => {
    it(`encode${name}() gives the published bytes back from what decode${name}() makes of them`, () => {
      for (const {bytes, sizeBytes} of goldens) {
        expect(encode(decode(bytes))).toEqual(bytes.slice(0, sizeBytes));
      }
    });

    it(`decode${name}() gives back what encode${name}() wrote, at any offset`, () => {
      fc.assert(
        fc.property(format.values, fc.nat(9), (value, at) => {
          const bytes = encode(value);
          expect(decode(bytes)).toEqual(value);
          const target = new Uint8Array(at + bytes.length);
          expect(encode(value, target, at)).toBe(target);
          expect(decode(target, at)).toEqual(value);
          expect(target.subarray(at)).toEqual(bytes);
        }),
        {seed: 1, numRuns: 300},
      );
    });

    it(`encode${name}() gives back whatever bytes decode${name}() accepts`, () => {
      const random = new Random(2);
      let accepted = 0;
      for (let run = 0; run < 3000; run++) {
        const golden = random.choice(goldens).bytes;
        const bytes = golden.slice();
        // Random bytes seldom decode: a golden with some of its bytes replaced does.
        for (let change = random.integer({min: 1, max: 6}); change > 0; change--) {
          const at = random.integer({min: 0, max: bytes.length - 1});
          bytes[at] = random.integer({min: 0, max: 255});
        }
        const value = outcome(() => decode(bytes));
        if ("corruptAt" in value) continue;
        accepted++;
        const again = encode(value);
        expect(again).toEqual(bytes.slice(0, again.length));
      }
      expect(accepted).toBeGreaterThan(100);
    });

    it(`decode${name}() of every truncated prefix throws CorruptionError or reads only what is there`, () => {
      for (const {bytes, sizeBytes} of goldens) {
        for (let length = 0; length <= bytes.length; length++) {
          const value = outcome(() => decode(guardedBytes(bytes.slice(0, length))));
          if (length < sizeBytes) expect(value).toHaveProperty("corruptAt");
          if ("corruptAt" in value) expect(value.corruptAt).toBeLessThanOrEqual(length);
        }
      }
    });

    it(`decode${name}() tells every flipped bit: another value, or CorruptionError`, () => {
      for (const {bytes, sizeBytes} of goldens) {
        const right = decode(bytes);
        for (let bit = 0; bit < 8 * sizeBytes; bit++) {
          const flipped = bytes.slice();
          flipped[bit >> 3]! ^= 0x80 >> (bit & 7);
          expect(outcome(() => decode(guardedBytes(flipped)))).not.toEqual(right);
        }
      }
    });

    it(`the table of ${name} says which bits belong to which property`, () => {
      for (const {bytes} of goldens) checkTable(format, bytes);
    });

    it(`encode${name}() refuses numbers that do not fit`, () => {
      const value = decode(goldens[0]!.bytes);
      for (const [property, limit] of Object.entries<number | undefined>(format.limits)) {
        for (const wrong of [limit!, -1, 0.5, NaN]) {
          expect(() => encode({...value, [property]: wrong}), property).toThrow(RangeError);
        }
      }
    });

    it(`${name} is checked for kind, room and offset`, () => {
      const {bytes} = goldens[0]!;
      const value = decode(bytes);
      expect(() => decode("bytes" as never)).toThrow(TypeError);
      expect(() => decode(bytes, -1)).toThrow(RangeError);
      expect(() => decode(bytes, 0.5)).toThrow(RangeError);
      expect(() => decode(bytes, bytes.length + 1)).toThrow(RangeError);
      expect(() => encode(value, new Uint8Array(3))).toThrow(RangeError);
      expect(() => encode(value, new Uint8Array(2000), -1)).toThrow(RangeError);
      expect(() => encode(value, [] as never)).toThrow(TypeError);
    });

    it(`describe${name}() describes any value in one line`, () => {
      fc.assert(
        fc.property(format.values, (value) => {
          expect(format.describe(value)).toMatch(/^[^\n]{8,}$/);
        }),
        {seed: 3, numRuns: 200},
      );
    });
  });
}

/** Flips each bit of each field and looks which properties of the value change. */
function checkTable<X extends object>(
  {fields, decode, structural = []}: FormatUnderTest<X>,
  bytes: Uint8Array,
): void {
  const right = decode(bytes) as Record<string, unknown>;
  let bit = 0;
  for (const {name, bits, fixed} of fields) {
    for (const end = bit + bits; bit < end; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3]! ^= 0x80 >> (bit & 7);
      const value = outcome(() => decode(flipped)) as Record<string, unknown>;
      if (fixed !== undefined) expect(value, name).toHaveProperty("corruptAt");
      if ("corruptAt" in value || structural.includes(name)) continue;
      const changed = Object.keys(right).filter(
        (property) => JSON.stringify(right[property]) !== JSON.stringify(value[property]),
      );
      expect(changed, `bit ${bit}`).toEqual([name]);
    }
  }
  expect(bit % 8).toBe(0);
}

/** Text of any IPv4 address. */
export const ipv4Addresses: fc.Arbitrary<string> = fc.ipV4();
/** Text of any MAC address. */
export const macAddresses: fc.Arbitrary<string> = fc
  .array(fc.nat(255), {minLength: 6, maxLength: 6})
  .map((bytes) => bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(":"));
/** Whole numbers of so many bits. */
export const bits = (count: number): fc.Arbitrary<number> =>
  fc.integer({min: 0, max: 2 ** count - 1});
