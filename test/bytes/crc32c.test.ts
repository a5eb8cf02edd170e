import {readFileSync} from "node:fs";
import fc from "fast-check";
import {crc32c, parseHex} from "kernel-lib/bytes";
import {describe, expect, it} from "vitest";

const {checkValue, rfc3720} = JSON.parse(
  readFileSync(new URL("../vectors/crc32c.json", import.meta.url), "utf8"),
) as {
  checkValue: {text: string; crc: string};
  rfc3720: {vectors: {name: string; bytes: string; sent: string}[]};
};

/** Bit by bit, as long division: the slow twin. */
function slowCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

describe("crc32c", () => {
  it("crc32c() gives the check value of the catalogue", () => {
    expect(crc32c(new TextEncoder().encode(checkValue.text)).toString(16)).toBe(checkValue.crc);
    expect(crc32c(new Uint8Array(0))).toBe(0);
  });

  it.each(rfc3720.vectors)("crc32c() of RFC 3720 B.4: $name", ({bytes, sent}) => {
    const crc = crc32c(parseHex(bytes));
    const leastFirst = [0, 8, 16, 24].map((shift) => (crc >>> shift) & 0xff);
    expect(Uint8Array.from(leastFirst)).toEqual(parseHex(sent));
  });

  it("crc32c() agrees with division bit by bit, whatever the length, alignment and cuts", () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 100}), fc.nat(8), fc.nat(100), (bytes, skip, cut) => {
        const view = bytes.subarray(skip);
        expect(crc32c(view)).toBe(slowCrc(view));
        expect(crc32c(view.subarray(cut), crc32c(view.subarray(0, cut)))).toBe(slowCrc(view));
      }),
    );
  });

  it("crc32c() notices every flipped bit and every burst of up to 32 bits", () => {
    const bytes = Uint8Array.from({length: 40}, (_, index) => index * 7);
    const whole = crc32c(bytes);
    for (let first = 0; first < bytes.length * 8; first++) {
      for (const length of [1, 2, 8, 17, 32]) {
        const damaged = bytes.slice();
        for (const bit of [first, Math.min(first + length - 1, bytes.length * 8 - 1)]) {
          damaged[bit >> 3]! ^= 1 << (bit & 7);
        }
        if (damaged.some((byte, index) => byte !== bytes[index])) {
          expect(crc32c(damaged)).not.toBe(whole);
        }
      }
    }
  });
});
