import {describe, expect, it} from "vitest";
import {documentationAt} from "../../../kernel-lib/kernel/language/documentation.js";
import {openConverter} from "../../support/tslab-converter.js";

const converter = openConverter();
const inspector = {
  inspect: (code: string, cursor: number) => converter.inspect("", code, cursor),
};

interface Shown {
  text: string;
  markdown: string;
  html: string;
}

/** Documentation at the mark ‸. */
function inspectAt(marked: string, detail: 0 | 1 = 1): Shown | undefined {
  const cursor = marked.indexOf("‸");
  const bundle = documentationAt(inspector, marked.replace("‸", ""), cursor, detail);
  return (
    bundle && {
      text: bundle.data["text/plain"] as string,
      markdown: bundle.data["text/markdown"] as string,
      html: bundle.data["text/html"] as string,
    }
  );
}

const ADD = `/**
 * Adds <two> numbers, see {@link Math.max} and {@link Math.min the smallest}.
 *
 * Second paragraph with \`code\` and *stress*.
 *
 * - one
 * - two
 *
 * @param a - the first
 * @param b the second,
 *   at least 0
 * @returns the sum
 * @throws RangeError if it is < 0
 * @example
 * add(1, 2) // => 3
 */
function add(a: number, b: number): number { return a + b }
ad‸d(1, 2)`;

describe("documentationAt", () => {
  it("documentationAt() gives signature, paragraphs and each tag as text", () => {
    expect(inspectAt(ADD)!.text).toBe(
      [
        "function add(a: number, b: number): number",
        "",
        "Adds <two> numbers, see Math.max and the smallest.",
        "",
        "Second paragraph with `code` and *stress*.",
        "",
        "- one",
        "- two",
        "",
        "Parameters:",
        "  a: the first",
        "  b: the second,",
        "  at least 0",
        "",
        "Returns:",
        "  the sum",
        "",
        "Throws:",
        "  RangeError if it is < 0",
        "",
        "Example:",
        "  add(1, 2) // => 3",
      ].join("\n"),
    );
  });

  it("documentationAt() writes signature and example as code blocks in Markdown", () => {
    const {markdown} = inspectAt(ADD)!;
    expect(markdown).toMatch(/^```ts\nfunction add\(a: number, b: number\): number\n```\n\nAdds/);
    expect(markdown).toContain(
      "**Parameters**\n\n- `a`: the first\n- `b`: the second,\n  at least 0",
    );
    expect(markdown).toMatch(/\*\*Example\*\*\n\n```ts\nadd\(1, 2\) \/\/ => 3\n```$/);
  });

  it("documentationAt() escapes everything in HTML and keeps paragraphs, lists and code", () => {
    const {html} = inspectAt(ADD)!;
    expect(html).toContain("<pre>function add(a: number, b: number): number</pre>");
    expect(html).toContain("<p>Adds &lt;two&gt; numbers, see Math.max and the smallest.</p>");
    expect(html).toContain("<code>code</code> and <em>stress</em>");
    expect(html).toContain("<ul><li>one</li><li>two</li></ul>");
    expect(html).toContain("<dt><code>a</code></dt><dd>the first</dd>");
    expect(html).toContain("<p>RangeError if it is &lt; 0</p>");
    expect(html).toContain("<pre>add(1, 2) // =&gt; 3</pre>");
  });

  it("documentationAt() leaves the examples out where less detail is asked for", () => {
    const {text, html} = inspectAt(ADD, 0)!;
    expect(text).toContain("Returns:");
    expect(text + html).not.toContain("Example");
  });

  it("documentationAt() documents what a notebook imports from the library", () => {
    const {text} = inspectAt('import {nines} from "kernel-lib/stats";\nnines‸(0.001)')!;
    expect(text).toMatch(/^nines\(lossProbability: number\): number\n\n/);
    expect(text).toContain("lossProbability: in (0, 1]; 0 gives Infinity");
    expect(text).toContain("RangeError if the probability is outside [0, 1]");
  });

  it("documentationAt() means a name also behind its last letter and behind an open bracket", () => {
    expect(inspectAt("Math.max‸")!.text).toContain("Math.max(...values: number[]): number");
    expect(inspectAt("Math.max(‸")!.text).toContain("Math.max(...values: number[]): number");
    expect(inspectAt("const s = '🙂'; Math.ma‸x")!.text).toContain("Math.max");
  });

  it("documentationAt() gives the type of a name without a docstring", () => {
    expect(inspectAt("const zones = 3; zon‸es")!.text).toBe("const zones: 3");
    expect(inspectAt("const zones = 3; zon‸es")!.markdown).toBe("```ts\nconst zones: 3\n```");
  });

  it("documentationAt() finds nothing where no name stands", () => {
    for (const cell of ["‸", "1 + ‸1", '"ab‸c"', "// com‸ment"])
      expect(inspectAt(cell)).toBeUndefined();
  });

  it("documentationAt() at new says what the class is for, and what its constructor throws", () => {
    const {text} = inspectAt(
      `/**
 * A disk.
 *
 * @example
 * new Disk(4)
 */
class Disk {
  /**
   * Makes one.
   * @throws RangeError if it is too small
   */
  constructor(sizeBytes: number) {}
}
new Di‸sk(4)`,
    )!;
    expect(text).toBe(
      [
        "new Disk(sizeBytes: number): Disk",
        "",
        "A disk.",
        "",
        "Makes one.",
        "",
        "Throws:",
        "  RangeError if it is too small",
        "",
        "Example:",
        "  new Disk(4)",
      ].join("\n"),
    );
  });
});
