import {readFileSync} from "node:fs";
import {
  cauchyParity,
  countSingularSubsets,
  Matrix,
  pqParity,
  vandermondeParity,
} from "kernel-lib/erasure";
import {combinations} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

const vectors = JSON.parse(
  readFileSync(new URL("../vectors/reed-solomon.json", import.meta.url), "utf8"),
) as {
  fiveByFive: {parityRows: number[][]};
  sixPlusTwo: {vandermonde: number[][]; cauchy: number[][]};
};

describe.each([
  ["vandermondeParity", vandermondeParity],
  ["cauchyParity", cauchyParity],
])("%s", (name, makeParity) => {
  it(`${name}() leaves no k of k + m rows dependent, for every k and m up to 6 and 4`, () => {
    for (let dataShards = 1; dataShards <= 6; dataShards++) {
      for (let parityShards = 0; parityShards <= 4; parityShards++) {
        const generator = Matrix.identity(dataShards).stack(makeParity({dataShards, parityShards}));
        const rows = Array.from({length: dataShards + parityShards}, (_, row) => row);
        for (const chosen of combinations(rows, dataShards)) {
          if (generator.selectRows(chosen).invert() === undefined) {
            expect.fail(`(${dataShards},${parityShards}): rows ${chosen} are dependent`);
          }
        }
      }
    }
  });

  it(`${name}() takes 256 shards and refuses 257`, () => {
    expect(makeParity({dataShards: 3, parityShards: 253}).rows).toBe(253);
    expect(() => makeParity({dataShards: 4, parityShards: 253})).toThrow(
      "Cannot make a code: need at most 256 shards, got 257",
    );
    expect(() => makeParity({dataShards: 0, parityShards: 1})).toThrow(RangeError);
    expect(() => makeParity({dataShards: 1, parityShards: -1})).toThrow(RangeError);
    expect(() => makeParity({dataShards: 1.5, parityShards: 1})).toThrow(RangeError);
  });
});

it("vandermondeParity() and cauchyParity() give the published rows", () => {
  const six = {dataShards: 6, parityShards: 2};
  const rows = (matrix: Matrix): string => matrix.describe();
  const published = (values: number[][]): string => Matrix.fromRows(values).describe();
  expect(rows(vandermondeParity(six))).toBe(published(vectors.sixPlusTwo.vandermonde));
  expect(rows(cauchyParity(six))).toBe(published(vectors.sixPlusTwo.cauchy));
  const five = {dataShards: 5, parityShards: 5};
  expect(rows(vandermondeParity(five))).toBe(published(vectors.fiveByFive.parityRows));
});

it("pqParity() is powers of 2, and any k shards decode up to k = 254", () => {
  const rows = pqParity({dataShards: 254, parityShards: 2});
  expect([...rows.row(0)].every((entry) => entry === 1)).toBe(true);
  expect(new Set(rows.row(1)).size).toBe(254);
  for (let k = 1; k <= 12; k++) {
    expect(countSingularSubsets(pqParity({dataShards: k, parityShards: 2})).singular).toBe(0);
  }
  expect(pqParity({dataShards: 4, parityShards: 1}).describe()).toBe("1 1 1 1");
  expect(pqParity({dataShards: 4, parityShards: 0}).rows).toBe(0);
  expect(() => pqParity({dataShards: 4, parityShards: 3})).toThrow(
    "Cannot make a P+Q code: need parityShards <= 2, got 3",
  );
  expect(() => pqParity({dataShards: 255, parityShards: 2})).toThrow(RangeError);
});
