import fc from "fast-check";
import {ReedSolomon} from "kernel-lib/erasure";
import {compareKeys} from "kernel-lib/partition";
import {Random} from "kernel-lib/random";
import {S3} from "kernel-lib/services/s3";
import type {ListOptions, ListPage} from "kernel-lib/services/s3";
import {Simulation} from "kernel-lib/sim";
import type {Steps} from "kernel-lib/sim";
import {describe, expect, it} from "vitest";
import {runToEnd} from "../../support/simulated.js";

interface Store {
  list: (options: ListOptions) => ListPage;
  s3: S3;
}

function storeOf(keys: readonly string[], consistency: "strong" | "eventual" = "strong"): Store {
  const simulation = new Simulation();
  const code = new ReedSolomon({dataShards: 1, parityShards: 0});
  const s3 = new S3(simulation, {code, random: new Random(1), consistency});
  const putAll = function* (): Steps {
    for (const key of keys) yield* s3.put({key, body: new Uint8Array(0)});
  };
  runToEnd(simulation, putAll());
  return {s3, list: (options) => runToEnd(simulation, s3.list(options))};
}

/** The definition, over all keys at once. */
function allNames(
  keys: readonly string[],
  {prefix = "", delimiter = "", startAfter}: ListOptions,
): string[] {
  const names = [...new Set(keys)]
    .filter((key) => key.startsWith(prefix))
    .filter((key) => startAfter === undefined || compareKeys(key, startAfter) > 0)
    .map((key) => {
      const cut = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
      return cut < 0 ? key : `${key.slice(0, cut + delimiter.length)}*`;
    });
  return [...new Set(names)].sort(compareKeys);
}

/** Follows the tokens to the end; common prefixes are marked with a star. */
function pages(list: Store["list"], options: ListOptions): string[][] {
  const found: string[][] = [];
  let token: string | undefined;
  do {
    const page = list({...options, ...(token !== undefined && {continuationToken: token})});
    found.push([
      ...page.contents.map(({key}) => key),
      ...page.commonPrefixes.map((common) => `${common}*`),
    ]);
    expect(page.isTruncated).toBe(page.nextContinuationToken !== undefined);
    token = page.nextContinuationToken;
  } while (token !== undefined);
  return found;
}

const letters = fc.constantFrom("a", "b", "/", "😀", "\ufffd");
const key = fc.string({unit: letters, minLength: 1, maxLength: 5});

describe("listObjects", () => {
  it("S3.list() gives each key and common prefix once, in order, on pages of any size, across partitions", () => {
    const options = fc.record(
      {
        prefix: fc.string({unit: letters, maxLength: 2}),
        delimiter: fc.constantFrom("/", "a", "/a"),
        startAfter: key,
        maxKeys: fc.integer({min: 1, max: 4}),
      },
      {requiredKeys: []},
    );
    fc.assert(
      fc.property(
        fc.array(key, {maxLength: 12}),
        fc.array(key, {maxLength: 3}),
        options,
        (keys, cuts, asked) => {
          const {s3, list} = storeOf(keys);
          const {map} = s3.metadata.index;
          for (const cut of cuts) if (map.route(cut).startKey !== cut) map.split(cut);
          const found = pages(list, asked as ListOptions);
          const expected = allNames(keys, asked as ListOptions);
          expect(found.flat().sort(compareKeys)).toEqual(expected);
          const {maxKeys = 1000} = asked;
          for (const page of found.slice(0, -1)) expect(page.length).toBe(maxKeys);
          expect(found.at(-1)!.length).toBeLessThanOrEqual(maxKeys);
          // Pages follow each other in order.
          const ranked = found.map((page) => [...page].sort(compareKeys)).flat();
          expect(ranked).toEqual(expected);
        },
      ),
      {numRuns: 200},
    );
  });

  it("S3.list() in eventual mode lists the same once all have heard", () => {
    const keys = ["a/1", "a/2", "b"];
    const {list} = storeOf(keys, "eventual");
    expect(pages(list, {delimiter: "/"}).flat()).toEqual(["b", "a/*"]);
  });

  it("S3.list() jumps over a common prefix instead of reading its keys", () => {
    const keys = Array.from({length: 300}, (_, at) => `logs/${String(at).padStart(3, "0")}`);
    const {s3, list} = storeOf([...keys, "readme"]);
    const {map} = s3.metadata.index;
    let looked = 0;
    const scan = map.scan.bind(map);
    map.scan = (options) => (looked++, scan(options));
    const page = list({delimiter: "/"});
    expect(page.commonPrefixes).toEqual(["logs/"]);
    expect(page.contents.map((object) => object.key)).toEqual(["readme"]);
    expect(looked).toBe(3);
  });

  it("S3.list() gives 1,000 keys at most, none for maxKeys 0, and refuses bad arguments", () => {
    const {list} = storeOf(["a", "b"]);
    expect(list({maxKeys: 0})).toMatchObject({contents: [], isTruncated: false});
    expect(() => list({maxKeys: 1001})).toThrow(/Cannot list: need maxKeys in \[0, 1000\]/);
    expect(() => list({continuationToken: "x"})).toThrow(/Cannot parse the continuation token/);
  });
});
