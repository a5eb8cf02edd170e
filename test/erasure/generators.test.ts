import {readFileSync} from "node:fs";
import {cauchyParity, Matrix, vandermondeParity} from "kernel-lib/erasure";
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
