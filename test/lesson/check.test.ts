import {check} from "kernel-lib/lesson";
import {describe, expect, it} from "vitest";
import {collectShown} from "../support/shown.js";

const hints = ["Count in one zone.", "Compare with m."];

describe("check", () => {
  it.each([
    [4, {expect: 4}, true],
    [4.4, {expect: 4, tolerance: 0.5}, true],
    [4.6, {expect: 4, tolerance: 0.5}, false],
    [Number.NaN, {expect: 4, tolerance: 1}, false],
    ["4", {expect: 4}, false],
    [true, {expect: true}, true],
    [[1, 2], {expect: [1, 2]}, true],
    [[2, 1], {expect: [1, 2]}, false],
    [undefined, {expect: 4}, undefined],
    ["0.5", {expect: (rate: number) => Math.abs(rate - 0.5) < 1}, false],
    [["1", "2"], {expect: ([a, b]: number[]) => a! < b!}, false],
    ["GET", {expect: (verb: string) => verb === "GET" || "not that"}, true],
    ["404", {expect: "404"}, true],
  ])("check() of %j against %j is %j", (answer, options, result) => {
    collectShown();
    expect(check("q", answer as never, options as never)).toBe(result);
  });

  it("check() never shows the right answer, and folds its hints until the answer is right", () => {
    const shown = collectShown();
    check("check 1", 3, {expect: 41_977, unit: "shards", hints});
    check("check 1", undefined, {expect: 41_977, hints});
    expect(JSON.stringify(shown)).not.toContain("41977");
    expect(shown[0]!["text/plain"]).toBe("✗ check 1: 3 shards is not it yet");
    expect(shown[0]!["text/html"]).toContain("<details><summary>Hint 1 of 2</summary>");
    expect(shown[1]!["text/plain"]).toBe("○ check 1: not answered yet");
    check("check 1", 41_977, {expect: 41_977, hints});
    expect(shown[2]!["text/html"]).not.toContain("<details>");
    expect(shown.map((b) => b["application/vnd.glass-cloud.check+json"])).toEqual([
      {label: "check 1", result: false},
      {label: "check 1", result: null},
      {label: "check 1", result: true},
    ]);
  });

  it("check() tells a number in quotes to lose them, whatever the answer is held to", () => {
    const shown = collectShown();
    check("rate", "0.0078", {expect: () => true});
    check("code", ["5", "4"], {expect: () => true});
    check("count", "4", {expect: 4});
    const words = "without quotes; in quotes it is a text, not a number";
    expect(shown.map((bundle) => bundle["text/plain"])).toEqual([
      `✗ rate: "0.0078" is not it: write 0.0078 ${words}`,
      `✗ code: ["5", "4"] is not it: write 5 ${words}`,
      `✗ count: "4" is not it: write 4 ${words}`,
    ]);
  });

  it("check() by a test of the answer says what is wrong, and survives a test that throws", () => {
    const shown = collectShown();
    const fair = (layout: number[]): true | string =>
      Math.max(...layout) <= 2 || "some zone holds more shards than there is parity";
    expect(check("layout", [4, 4], {expect: fair})).toBe(false);
    expect(shown[0]!["text/plain"]).toContain("some zone holds more shards");
    expect(check("layout", [2, 2, 2, 2], {expect: fair})).toBe(true);
    expect(check("layout", 7 as never, {expect: fair})).toBe(false);
    expect(shown[2]!["text/plain"]).toContain("TypeError");
  });
});
