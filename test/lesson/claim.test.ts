import {Claim, claim, claims} from "kernel-lib/lesson";
import type {ClaimRow, Decision} from "kernel-lib/lesson";
import {afterEach, beforeEach, describe, expect, it} from "vitest";

const HOOK = Symbol.for("glass-cloud.display");
const scope = globalThis as {[HOOK]?: (bundle: Record<string, unknown>) => void};
let shown: Record<string, unknown>[] = [];
beforeEach(() => {
  shown = [];
  scope[HOOK] = (bundle) => shown.push(bundle);
});
afterEach(() => delete scope[HOOK]);

function rowWith(decide: Decision | undefined, verdict: ClaimRow["verdict"]): ClaimRow {
  return {
    id: "1.1",
    quote: null,
    kind: "model",
    verdict,
    because: "b",
    evidence: [],
    ...(decide && {decide}),
  };
}

describe("claim", () => {
  it.each([
    ["<=", 2, 0, 2, "holds"],
    ["<=", 2, 0, 2.01, "fails"],
    [">=", 2, 0, 2, "holds"],
    ["<", 2, 0, 2, "fails"],
    [">", 2, 0, 3, "holds"],
    ["==", 2, 0.125, 2.125, "holds"],
    ["==", 2, 0.125, 2.25, "fails"],
  ] as const)(
    "a claim decided by %s %d ± %d %s for %d",
    (op, value, tolerance, number, verdict) => {
      const row = rowWith({measure: "x", label: "lost", op, value, tolerance}, verdict);
      expect(new Claim(row).measure({x: number})).toBe(verdict);
    },
  );

  it("Claim.measure() throws when the run disagrees with the ledger", () => {
    const row = rowWith({measure: "x", label: "lost", op: "<=", value: 2, tolerance: 0}, "holds");
    expect(() => new Claim(row).measure({x: 3})).toThrow(
      'Claim 1.1 disagrees with the ledger: it says "holds", this run says "fails". ' +
        "Lost: 3; the claim holds if it is at most 2.",
    );
    expect(shown).toEqual([]);
  });

  it("Claim.measure() refuses a missing number, NaN, and a claim that no number decides", () => {
    const row = rowWith({measure: "x", label: "lost", op: "<=", value: 2, tolerance: 0}, "holds");
    expect(() => new Claim(row).measure({y: 1})).toThrow('Cannot decide: need a number "x", got y');
    expect(() => new Claim(row).measure({x: Number.NaN})).toThrow(RangeError);
    expect(() => new Claim(rowWith(undefined, "unknowable")).measure({x: 1})).toThrow(RangeError);
  });

  it("a verdict is shown as data, as a card and as text; whatIf() says so and leaves the ledger alone", () => {
    claim("3.9").measure({shardsLostWithTwoZonesDown: 8});
    claim("3.9").whatIf("eight zones", {shardsLostWithTwoZonesDown: 2});
    const data = shown.map((bundle) => bundle["application/vnd.glass-cloud.verdict+json"]);
    expect(data).toMatchObject([
      {id: "3.9", verdict: "fails", measured: 8},
      {id: "3.9", verdict: "holds", measured: 2, circumstances: "eight zones"},
    ]);
    expect(shown[0]!["text/html"]).toContain("Claim 3.9: fails");
    expect(shown[1]!["text/plain"]).toBe(
      "Claim 3.9, if eight zones: holds. " +
        "Shards lost with two zones down: 2; the claim holds if it is at most 2.",
    );
  });

  it.each([
    ["<=", 0, "at most 2"],
    [">=", 0, "at least 2"],
    ["<", 0, "less than 2"],
    [">", 0, "more than 2"],
    ["==", 0, "exactly 2"],
    ["==", 0.5, "2 ± 0.5"],
  ] as const)("a rule %s 2 within %d is said as %j", (op, tolerance, words) => {
    const row = rowWith({measure: "p99", label: "p99 (ms)", op, value: 2, tolerance}, "holds");
    new Claim(row).whatIf("pigs fly", {p99: 2});
    expect(shown[0]!["text/plain"]).toContain(`P99 (ms): 2; the claim holds if it is ${words}.`);
  });

  it("claim() and claims() find rows by id and chapter, and name what they cannot find", () => {
    expect(claims(3).map((row) => row.id)).toContain("3.9");
    expect(claims(99)).toEqual([]);
    expect(() => claim("99.1")).toThrow('Cannot find claim "99.1"');
    expect(claim("3.9").describe()).toContain(
      "fails. A number decides.\nThe text draws eight shards",
    );
  });

  it("a verdict names its sources, how they were read, and which are unconfirmed", () => {
    claim("3.9").measure({shardsLostWithTwoZonesDown: 8});
    expect(shown[0]!["text/plain"]).toMatch(
      /Source: Zone arithmetic .*\(2026\): computed, 2026-11\n/,
    );
    expect(shown[0]!["text/plain"]).toMatch(
      /Source: f4: .*\(2014\): as quoted by others, 2026-11, unconfirmed/,
    );
    const html = String(shown[0]!["text/html"]);
    expect(html).toContain("<summary>Sources</summary>");
    expect(html).toMatch(
      /<a href="https:\/\/www\.usenix\.org\/[^"]+">f4: .*\(2014\)<\/a>: as quoted/,
    );
    // Where no address is known the title stands without link.
    expect(html).toContain("<li>Zone arithmetic");
  });

  it("Claim.show() is for claims that no number decides, and only for those", () => {
    const row = {...rowWith(undefined, "unknowable"), kind: "unknowable" as const};
    expect(new Claim(row).show()).toBe("unknowable");
    expect(shown[0]!["text/plain"]).toBe("Claim 1.1: unknowable. Nobody outside can say.\nb");
    expect(() => claim("3.9").show()).toThrow("measure its shardsLostWithTwoZonesDown");
  });
});
