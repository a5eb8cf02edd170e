import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  allRuns,
  fingerprints,
  RUN,
  WINDOW,
  winnow,
} from "../../../kernel-lib/dist/course/record/winnowing.js";

const tokensOf = (kinds: readonly string[]) =>
  kinds.map((kind, at) => ({kind, from: at, to: at + 1}));

describe("winnow", () => {
  it("winnow keeps what the paper keeps", () => {
    // Schleimer, Wilkerson and Aiken 2003, figure 2: hashes, windows of 4, and what is selected.
    const hashes = [77, 74, 42, 17, 98, 50, 17, 98, 8, 88, 67, 39, 77, 74, 42, 17, 98];
    const kept = winnow(hashes, 4);
    expect(kept.map((at) => [hashes[at], at])).toEqual([
      [17, 3],
      [17, 6],
      [8, 8],
      [39, 11],
      [17, 15],
    ]);
  });

  it("winnow of fewer hashes than a window keeps one, and of none none", () => {
    expect(winnow([], 4)).toEqual([]);
    expect(winnow([3, 1, 1], 4)).toEqual([2]);
  });

  it("winnow keeps one of each window, and no other", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), {maxLength: 40}), fc.integer({min: 1, max: 8}), (h, w) => {
        const kept = winnow(h, w);
        for (let from = 0; from + w <= h.length; from++) {
          const least = Math.min(...h.slice(from, from + w));
          const inside = kept.filter((at) => at >= from && at < from + w);
          expect(inside.some((at) => h[at] === least)).toBe(true);
        }
      }),
    );
  });
});

describe("fingerprints", () => {
  it("fingerprints of two texts meet in every common passage of RUN + WINDOW - 1 tokens", () => {
    const word = fc.constantFrom("a", "b", "c", "d");
    const text = fc.array(word, {maxLength: 30});
    const passage = fc.array(word, {minLength: RUN + WINDOW - 1, maxLength: 40});
    fc.assert(
      fc.property(text, text, text, text, passage, (a, b, c, d, common) => {
        const runs = ([before, after]: string[][]): string[] =>
          fingerprints(tokensOf([...before!, ...common, ...after!])).map(({run}) => run);
        const first = runs([a, b]);
        const inside = new Set(allRuns(tokensOf(common)));
        const second = runs([c, d]);
        expect(first.some((run) => inside.has(run) && second.includes(run))).toBe(true);
      }),
    );
  });

  it("fingerprints of fewer than RUN tokens are none", () => {
    expect(fingerprints(tokensOf(Array<string>(RUN - 1).fill("a")))).toEqual([]);
    expect(fingerprints(tokensOf(Array<string>(RUN).fill("a")))).toHaveLength(1);
  });
});
