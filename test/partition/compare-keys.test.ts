import fc from "fast-check";
import {compareKeys, prefixEnd} from "kernel-lib/partition";
import {describe, expect, it} from "vitest";

const text = fc.string({unit: "binary", maxLength: 6});

/** The definition: compare the UTF-8 bytes. */
function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

describe("compareKeys", () => {
  it("compareKeys() is the order of the UTF-8 bytes", () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(Math.sign(compareKeys(left, right))).toBe(compareBytes(left, right));
      }),
      {numRuns: 2000},
    );
  });

  it("compareKeys() is the order of the UTF-8 bytes on every boundary of the encoding", () => {
    const points = [0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff];
    const keys = points.map((point) => String.fromCodePoint(point));
    for (const left of keys) {
      for (const right of keys) {
        expect(Math.sign(compareKeys(left, right))).toBe(compareBytes(left, right));
        expect(Math.sign(compareKeys(left + right, left))).toBe(compareBytes(left + right, left));
      }
    }
  });

  it("prefixEnd() parts the keys with a prefix from those after it", () => {
    fc.assert(
      fc.property(text, text, (prefix, key) => {
        const end = prefixEnd(prefix);
        if (end === undefined) {
          expect([...prefix].every((letter) => letter === "\u{10ffff}")).toBe(true);
          return;
        }
        expect(compareKeys(prefix + key, end)).toBeLessThan(0);
        if (!key.startsWith(prefix) && compareKeys(key, prefix) > 0) {
          expect(compareKeys(key, end)).toBeGreaterThanOrEqual(0);
        }
      }),
      {numRuns: 2000},
    );
    expect(prefixEnd("a\ud7ff")).toBe("a\ue000");
    expect(prefixEnd("a\u{10ffff}")).toBe("b");
    expect(prefixEnd("\u{10ffff}")).toBe(undefined);
  });
});
