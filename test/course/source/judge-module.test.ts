import {judgeModule} from "kernel-lib/course/source";
import type {ProblemSet} from "kernel-lib/course/source";
import type {Notebook} from "kernel-lib/kernel";
import {describe, expect, it} from "vitest";
import {gradedCell, smallSource, withSource} from "../../support/small-set.js";

const judgeOf = (notebook: Notebook): string =>
  judgeModule({name: "ps90", folder: "", notebook, parts: []} satisfies ProblemSet, "cloud-2026");

/** The small set with one given cell more. */
function plus(...sources: string[]): Notebook {
  const small = smallSource();
  const more = sources.map((source, at) => gradedCell(`more-${at}`, source, {locked: true}));
  return {...small, cells: [...small.cells, ...more]};
}

describe("judgeModule", () => {
  it("holds the hidden tests and the course, and no solution", () => {
    const code = judgeOf(smallSource());
    expect(code).toContain("q1.grade(given1");
    expect(code).toContain('const course = "cloud-2026"');
    expect(code).not.toContain("const answer1");
  });

  it("imports stand before the function, each name once, also from different statements", () => {
    const code = judgeOf(
      plus(
        'import {question as ask, variant} from "kernel-lib/course";\nask;',
        'import * as kernel from "kernel-lib/kernel";\nimport type {Notebook} from "kernel-lib/kernel";\n' +
          'import "kernel-lib/lesson";\nkernel as unknown as Notebook;',
      ),
    );
    const body = code.indexOf("export async function judge");
    expect(code.lastIndexOf("import ")).toBeLessThan(body);
    expect(code.slice(0, body).match(/\bvariant\b/g)).toHaveLength(1);
    expect(code).toContain("question as ask");
    expect(code).toContain("import * as kernel");
    expect(code).toContain('import "kernel-lib/lesson"');
    expect(code).not.toContain("Notebook");
  });

  it.each([
    ["const seed = 2;", "two cells declare seed"],
    ["function seed() {}\nclass course {}", "two cells declare seed, course"],
    ["const {a, b: [seed]} = {};", "two cells declare seed"],
    ["const variant = 1;", "two cells declare variant"],
    ['import {choice as student} from "kernel-lib/random"; student;', "two cells declare student"],
    ["enum me {one}", "two cells declare me"],
  ])("%s, which is declared already, is refused with its name", (source, message) => {
    expect(() => judgeOf(plus(source))).toThrow(SyntaxError);
    expect(() => judgeOf(plus(source))).toThrow(`Cannot build the judge of ps90: ${message}`);
  });

  it("two types of one name harm nothing", () => {
    expect(judgeOf(plus("type Row = {a: number};", "type Row = {a: number};"))).toContain(
      "judge()",
    );
  });

  it("a cell without a semicolon at its end does not run into the next one", () => {
    const code = judgeOf(plus("const list = [1, 2]", "[3, 4].map((x) => x)", "`${list}`"));
    expect(code).toMatch(/const list = \[1, 2\];/);
    expect(code).toMatch(/^\s*\[3, 4\]\.map/m);
  });

  it("cells that are no program are refused", () => {
    expect(() => judgeOf(withSource(smallSource(), "seed", "const = 3"))).toThrow(
      "Cannot build the judge of ps90: ",
    );
  });
});
