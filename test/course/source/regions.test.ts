/** The cases of nbgrader 0.9.6, tests/preprocessors/test_clearsolutions.py and test_clearhiddentests.py. */
import {hasRegion, removeHiddenTests, replaceSolutions, TEXT_STUB} from "kernel-lib/course/source";
import {describe, expect, it} from "vitest";
import {regionProblems} from "../../../kernel-lib/dist/course/source/regions.js";

const lines = (...all: string[]): string => all.join("\n");
const text = (source: string): string => replaceSolutions(source, TEXT_STUB);

describe("replaceSolutions, as nbgrader's ClearSolutions", () => {
  it("a region becomes the stub", () => {
    const source = lines("something", "### BEGIN SOLUTION", "the answer!", "### END SOLUTION");
    expect(text(source)).toBe("something\nYOUR ANSWER HERE");
  });

  it("the stub is indented as the line that began the region", () => {
    const source = lines(
      "if",
      "    ### BEGIN SOLUTION",
      "  the answer!",
      "### END SOLUTION",
      "end",
    );
    expect(text(source)).toBe("if\n    YOUR ANSWER HERE\nend");
    expect(text("\t// ### BEGIN SOLUTION\n1\n// ### END SOLUTION")).toBe("\tYOUR ANSWER HERE");
  });

  it("several regions of a cell each become one", () => {
    const region = lines("### BEGIN SOLUTION", "1", "### END SOLUTION");
    expect(text(lines(region, "between", region))).toBe(
      lines("YOUR ANSWER HERE", "between", "YOUR ANSWER HERE"),
    );
  });

  it("a cell without a region stays as it is", () => {
    expect(text("something")).toBe("something");
    expect(text("")).toBe("");
  });

  it("a region that does not end is refused", () => {
    expect(() => text(lines("a", "### BEGIN SOLUTION", "1"))).toThrow(SyntaxError);
  });

  it("a region in a region is refused", () => {
    const nested = lines("### BEGIN SOLUTION", "### BEGIN SOLUTION", "1", "### END SOLUTION");
    expect(() => text(nested)).toThrow("SOLUTION begins inside SOLUTION");
  });

  it("an end without a beginning vanishes, as in nbgrader", () => {
    expect(text(lines("a", "### END SOLUTION", "b"))).toBe("a\nb");
  });
});

describe("removeHiddenTests, as nbgrader's ClearHiddenTests", () => {
  it("a region vanishes, indented or not, with both its markers", () => {
    const hidden = (indent: string): string =>
      lines("assert", ...["BEGIN", "grade();", "END"].map((line) => `${indent}${line}`))
        .replace("BEGIN", "### BEGIN HIDDEN TESTS")
        .replace("END", "### END HIDDEN TESTS");
    expect(removeHiddenTests(hidden(""))).toBe("assert");
    expect(removeHiddenTests(hidden("    "))).toBe("assert");
  });

  it("a region that does not end, or begins in another, is refused", () => {
    expect(() => removeHiddenTests("### BEGIN HIDDEN TESTS\n1")).toThrow("does not end");
    const nested = "### BEGIN HIDDEN TESTS\n### BEGIN HIDDEN TESTS\n1\n### END HIDDEN TESTS";
    expect(() => removeHiddenTests(nested)).toThrow("begins inside");
  });

  it("a solution's region is none of its business", () => {
    const source = lines("### BEGIN SOLUTION", "1", "### END SOLUTION");
    expect(removeHiddenTests(source)).toBe(source);
    expect(hasRegion(source, "HIDDEN TESTS")).toBe(false);
  });
});

describe("regionProblems", () => {
  it.each([
    "// ### BEGIN HIDDEN TEST",
    "// ### begin hidden tests",
    "### Begin Solution",
    "## BEGIN_SOLUTION",
    "// ###END HIDDENTESTS",
    "### BEGIN MARK SCHEME",
  ])("%s is no marker, and is not passed over", (line) => {
    expect(regionProblems(line)).toEqual([`has a line that is no marker of ours: ${line}`]);
  });

  it.each(["### Begin with the small one", "// the end", "### BEGIN SOLUTION\n### END SOLUTION"])(
    "%j is nothing to complain of",
    (source) => {
      expect(regionProblems(source)).toEqual([]);
    },
  );

  it("what does not begin or does not end is told", () => {
    expect(regionProblems("a\n### END HIDDEN TESTS")).toEqual([
      "ends a region HIDDEN TESTS that did not begin",
    ]);
    expect(regionProblems("### BEGIN SOLUTION")).toEqual([
      "cannot be read: SOLUTION begins and does not end",
    ]);
  });
});
