import {matrixSteps} from "kernel-lib/plot";
import type {MatrixStep} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const start: MatrixStep = {
  text: "[A | I]",
  rows: [
    [0, 1, 1, 0],
    [15, 8, 0, 1],
  ],
};
const swap: MatrixStep = {
  text: "row 0 ↔ row 1",
  rows: [
    [15, 8, 0, 1],
    [0, 1, 1, 0],
  ],
  changed: [0, 1],
  pivot: [0, 0],
};
const steps = matrixSteps([start, swap], {caption: "One move", splitAfter: 2});
const html = String(steps.mimeBundle()["text/html"]);

describe("matrixSteps", () => {
  it("matrixSteps() prints one line per row, halves divided, pivot in brackets, changes marked", () => {
    expect(steps.describe()).toBe(
      [
        "One move",
        "0. [A | I]",
        "  row 0 |  0   1  |  1   0",
        "  row 1 | 15   8  |  0   1",
        "1. row 0 ↔ row 1",
        "  row 0 |[15]  8  |  0   1 ◀",
        "  row 1 |  0   1  |  1   0 ◀",
      ].join("\n"),
    );
    expect(steps.mimeBundle()["text/plain"]).toBe(steps.describe());
  });

  it("matrixSteps() makes one HTML table: a group of rows per step, each headed by its text", () => {
    expect(html.match(/<tbody>/g)).toHaveLength(2);
    expect(html.match(/<th scope="row"/g)).toHaveLength(4);
    expect(html).toContain(">1. row 0 ↔ row 1</th>");
    expect(html).toContain("<strong>[15]</strong>");
    expect(html.match(/<strong>/g)).toHaveLength(1);
    expect(html.match(/◀ changed/g)).toHaveLength(2);
  });

  it("matrixSteps() draws the line before the first column of the right half alone", () => {
    expect(html.match(/border-left/g)).toHaveLength(4);
    const whole = matrixSteps([start], {caption: "No halves"});
    expect(String(whole.mimeBundle()["text/html"])).not.toContain("border-left");
    expect(whole.describe()).toBe(
      "No halves\n0. [A | I]\n  row 0 |  0   1   1   0\n  row 1 | 15   8   0   1",
    );
  });

  it("matrixSteps() shows texts too, as text", () => {
    const state = matrixSteps([{text: "a < b", rows: [["<tcp>", true]]}], {caption: "State & so"});
    expect(String(state.mimeBundle()["text/html"])).toContain("&lt;tcp&gt;</td>");
    expect(String(state.mimeBundle()["text/html"])).toContain("State &amp; so");
    expect(state.describe()).toContain("<tcp>");
  });

  it("matrixSteps() refuses what does not fit, and says which step", () => {
    const refused: [MatrixStep, string][] = [
      [{...swap, text: " "}, "Cannot show step 1: need a text"],
      [{...swap, rows: [[1, 2, 3]]}, "Cannot show step 1: need rows of 4 entries"],
      [{...swap, rows: []}, "Cannot show step 1: need rows of 4 entries"],
      [{...swap, changed: [2]}, "Cannot show step 1: need changed rows that exist, got 2"],
      [{...swap, pivot: [0, 4]}, "Cannot show step 1: need a pivot that exists, got 0, 4"],
    ];
    for (const [step, message] of refused) {
      expect(() => matrixSteps([start, step], {caption: "c"})).toThrow(message);
    }
    expect(() => matrixSteps([], {caption: "c"})).toThrow("there is no grid");
    expect(() => matrixSteps([start], {caption: " "})).toThrow("the caption is empty");
    for (const splitAfter of [0, 5, 1.5]) {
      expect(() => matrixSteps([start], {caption: "c", splitAfter})).toThrow(RangeError);
    }
  });
});
