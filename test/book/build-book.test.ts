import {existsSync, mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {buildBook} from "../../kernel-lib/dist/book/index.js";
import {scratchFolder} from "../support/scratch.js";

describe("buildBook", () => {
  it("refuses a folder that holds anything but a book, and a file, and deletes neither", async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "notebooks"));
    writeFileSync(join(folder, "thesis.txt"), "years of work");
    const file = join(folder, "thesis.txt");
    for (const out of [folder, file]) {
      await expect(buildBook({root: ROOT, out})).rejects.toThrow(
        `Cannot write the book to ${out}: need a new or empty folder`,
      );
    }
    expect(existsSync(file)).toBe(true);
  });
});
