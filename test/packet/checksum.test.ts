import fc from "fast-check";
import {parseHex} from "kernel-lib/bytes";
import {internetChecksum, transportChecksum, updateChecksum} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {describe, expect, it} from "vitest";
import {VECTORS} from "./packet-vectors.js";

/** Slow and obvious: RFC 1071 §1 word for word, one carry at a time. */
function slowChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += 256 * bytes[at]! + (bytes[at + 1] ?? 0);
    if (sum > 65535) sum = sum - 65536 + 1;
  }
  return 65535 - sum;
}

describe("internetChecksum()", () => {
  it("gives the published sums", () => {
    const {bytes, sum} = VECTORS.checksum.rfc1071;
    expect(internetChecksum(parseHex(bytes))).toBe(~parseInt(sum, 16) & 0xffff);
    const header = parseHex(VECTORS.facts.inner).subarray(14, 34);
    expect(internetChecksum(header)).toBe(0);
  });

  it("is the slow, obvious sum for every length up to 80 and for long data", () => {
    const random = new Random(1);
    for (let length = 0; length <= 80; length++) {
      const bytes = random.bytes(length);
      expect(internetChecksum(bytes)).toBe(slowChecksum(bytes));
    }
    for (const length of [1500, 9001, 65_535, 1_000_001]) {
      const bytes = new Uint8Array(length).fill(0xff);
      expect(internetChecksum(bytes)).toBe(slowChecksum(bytes));
      bytes[length >> 1] = 1;
      expect(internetChecksum(bytes)).toBe(slowChecksum(bytes));
    }
  });

  it("works on a view that begins at an odd byte", () => {
    const bytes = new Random(2).bytes(101);
    expect(internetChecksum(bytes.subarray(1))).toBe(slowChecksum(bytes.slice(1)));
  });

  it("is 65535 for nothing and for zeros, and refuses what are no bytes", () => {
    expect(internetChecksum(new Uint8Array(0))).toBe(0xffff);
    expect(internetChecksum(new Uint8Array(6))).toBe(0xffff);
    expect(() => internetChecksum([1, 2] as never)).toThrow(TypeError);
  });

  it("finds every flipped bit, but no two words that changed places", () => {
    const bytes = parseHex(VECTORS.facts.inner).slice(14, 34);
    for (let bit = 0; bit < 160; bit++) {
      bytes[bit >> 3]! ^= 0x80 >> (bit & 7);
      expect(internetChecksum(bytes)).not.toBe(0);
      bytes[bit >> 3]! ^= 0x80 >> (bit & 7);
    }
    [bytes[0], bytes[2], bytes[1], bytes[3]] = [bytes[2]!, bytes[0]!, bytes[3]!, bytes[1]!];
    expect(internetChecksum(bytes)).toBe(0);
  });
});

describe("updateChecksum()", () => {
  const word = fc.oneof(fc.integer({min: 0, max: 65535}), fc.constantFrom(0, 1, 0xfffe, 0xffff));

  it("gives the example of RFC 1624 §4", () => {
    const {checksum, oldWord, newWord, right} = VECTORS.checksum.rfc1624;
    const number = (text: string): number => parseInt(text, 16);
    const change = {oldWord: number(oldWord), newWord: number(newWord)};
    expect(updateChecksum(number(checksum), change)).toBe(number(right));
  });

  it("is a full computation, unless the data became zero throughout", () => {
    fc.assert(
      fc.property(
        fc.array(word, {minLength: 1, maxLength: 6}),
        word,
        fc.nat(5),
        (words, to, at) => {
          const index = at % words.length;
          const sum = (all: readonly number[]): number =>
            slowChecksum(Uint8Array.from(all.flatMap((one) => [one >> 8, one & 255])));
          const after = words.map((one, i) => (i === index ? to : one));
          const updated = updateChecksum(sum(words), {oldWord: words[index]!, newWord: to});
          expect(updated).toBe(after.every((one) => one === 0) ? 0 : sum(after));
        },
      ),
      {seed: 4, numRuns: 20_000},
    );
  });

  it("agrees for every new word beside a fixed one, and for every old one", () => {
    const sum = (first: number, second: number): number =>
      slowChecksum(Uint8Array.of(first >> 8, first & 255, second >> 8, second & 255));
    const wrong: number[] = [];
    for (const fixed of [0x0001, 0x1234, 0xfffe, 0xffff]) {
      for (let w = 0; w <= 0xffff; w++) {
        const there = updateChecksum(sum(fixed, 0x4000), {oldWord: 0x4000, newWord: w});
        const back = updateChecksum(sum(fixed, w), {oldWord: w, newWord: 0x4000});
        if (there !== sum(fixed, w) || back !== sum(fixed, 0x4000)) wrong.push(w);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("leaves a checksum alone if the word stays, and can be undone", () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 0xfffe}), word, word, (checksum, oldWord, newWord) => {
        expect(updateChecksum(checksum, {oldWord, newWord: oldWord})).toBe(checksum);
        const there = updateChecksum(checksum, {oldWord, newWord});
        // 0xffff stands for data that are zero throughout, the one case that is not undone.
        const back = updateChecksum(there, {oldWord: newWord, newWord: oldWord});
        expect(back % 0xffff).toBe(checksum % 0xffff);
      }),
      {seed: 5, numRuns: 5000},
    );
  });

  it("refuses what are no words", () => {
    for (const wrong of [-1, 65536, 0.5, NaN]) {
      expect(() => updateChecksum(wrong, {oldWord: 0, newWord: 0})).toThrow(RangeError);
      expect(() => updateChecksum(0, {oldWord: wrong, newWord: 0})).toThrow(RangeError);
      expect(() => updateChecksum(0, {oldWord: 0, newWord: wrong})).toThrow(RangeError);
    }
  });
});

describe("transportChecksum()", () => {
  const between = {source: "192.168.1.1", destination: "192.168.1.2"};

  it("is 0 over the published segment and datagram", () => {
    expect(transportChecksum({...between, protocol: 6}, parseHex(VECTORS.tcp.bytes))).toBe(0);
    expect(transportChecksum({...between, protocol: 17}, parseHex(VECTORS.udp.bytes))).toBe(0);
  });

  it("is the slow sum over pseudo-header and segment written out (RFC 9293 §3.1)", () => {
    const segment = new Random(6).bytes(33);
    const pseudo = Uint8Array.of(192, 168, 1, 1, 192, 168, 1, 2, 0, 6, 0, 33);
    const both = Uint8Array.from([...pseudo, ...segment]);
    expect(transportChecksum({...between, protocol: 6}, segment)).toBe(slowChecksum(both));
  });
});
