import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

describe("table", () => {
  it("table() aligns numbers right and texts left, and escapes both", () => {
    const html = table([{code: "<b>", nines: 2.7}], {caption: "A & B"}).mimeBundle()["text/html"];
    expect(html).toContain('<td style="text-align:left">&lt;b&gt;</td>');
    expect(html).toContain('<td style="text-align:right">2.7</td>');
    expect(html).toContain("A &amp; B</caption>");
  });

  it("table() takes the columns asked for, in that order, under other headings if given", () => {
    const text = table([{a: 1, b: true}], {
      caption: "c",
      columns: ["b", "a"],
      headings: {b: "alive?"},
    }).describe();
    expect(text).toBe("c\nalive?  a\nyes     1");
  });

  it("table() refuses an empty caption and a column that is not there", () => {
    expect(() => table([{a: 1}], {caption: ""})).toThrow(RangeError);
    expect(() => table([{a: 1}], {caption: "c", columns: ["b"]})).toThrow('no column "b"');
  });
});
