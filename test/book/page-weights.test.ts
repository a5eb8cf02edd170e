import {randomBytes} from "node:crypto";
import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {bookWeights} from "kernel-lib/book";
import {describe, expect, it} from "vitest";
import {scratchFolder} from "../support/scratch.js";

describe("bookWeights", () => {
  const page = (path: string) => ({path, title: "", description: "", html: ""});

  it("weighs pages in their order, then style and scripts, by size and as sent", () => {
    const out = scratchFolder();
    mkdirSync(join(out, "lib"));
    writeFileSync(join(out, "b.html"), "a".repeat(10_000));
    writeFileSync(join(out, "a.html"), randomBytes(2_000));
    for (const name of ["style.css", "book.js", "lib/z.js", "lib/a.js"]) {
      writeFileSync(join(out, name), "");
    }
    const [head, ...rows] = bookWeights(out, [page("b.html"), page("a.html")]);
    expect(head).toEqual(["file", "KB", "KB by gzip"]);
    expect(rows).toEqual([
      ["b.html", "10.0", "0.0"],
      ["a.html", "2.0", "2.0"],
      ["style.css", "0.0", "0.0"],
      ["book.js", "0.0", "0.0"],
      ["lib/a.js", "0.0", "0.0"],
      ["lib/z.js", "0.0", "0.0"],
    ]);
  });

  it("throws if a page was not written", () => {
    const out = scratchFolder();
    mkdirSync(join(out, "lib"));
    expect(() => bookWeights(out, [page("gone.html")])).toThrow("gone.html");
  });
});
