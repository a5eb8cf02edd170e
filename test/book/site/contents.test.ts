import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {formatNotebook} from "kernel-lib/kernel";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../../binder/setup.mjs";
import {readContents} from "../../../kernel-lib/book/site/contents.js";
import {scratchFolder} from "../../support/scratch.js";

/** A folder of notebooks, each with a header and its place in the course. */
function folderOf(
  notebooks: Record<string, [chapter: number, kind: string, header: string]>,
): string {
  const folder = scratchFolder();
  for (const [name, [chapter, kind, source]] of Object.entries(notebooks)) {
    const cells = [{cell_type: "markdown" as const, id: "header", metadata: {}, source}];
    const metadata = {glass_cloud: {chapter, kind}};
    const text = formatNotebook({cells, metadata, nbformat: 4, nbformat_minor: 5});
    writeFileSync(join(folder, `${name}.ipynb`), text);
  }
  writeFileSync(join(folder, "notes.md"), "no notebook");
  return folder;
}

describe("readContents", () => {
  it("orders by chapter, the core before its labs, the appendix last", () => {
    const folder = folderOf({
      "10-scaling": [10, "core", "# 10"],
      "03-appendix": [3, "appendix", "# A"],
      "03-lab-b": [3, "lab", "# B"],
      "03-lab-a": [3, "lab", "# A"],
      "03-s3": [3, "core", "# S3"],
      "00-start": [0, "start", "# Start"],
    });
    expect(readContents(folder).map(({name}) => name)).toEqual([
      ...["00-start", "03-s3", "03-lab-a", "03-lab-b", "03-appendix", "10-scaling"],
    ]);
  });

  it("reads title, time, what comes before, and a description without marks", () => {
    const header =
      "# 3 · Lab: tails\n\n*Lab · 25 minutes · comes after [3](03-s3.ipynb) and [b](03-lab-b.ipynb#x)*\n\n" +
      "A **GET** needs `six`\nshards, see [there](https://example.org/).\n\nMore.";
    const [notebook] = readContents(folderOf({"03-lab-tail": [3, "lab", header]}));
    expect(notebook).toMatchObject({
      ...{name: "03-lab-tail", title: "3 · Lab: tails", minutes: "25 minutes"},
      ...{chapter: 3, kind: "lab", comesAfter: ["03-s3", "03-lab-b"]},
      description: "A GET needs six shards, see there.",
    });
  });

  it("leaves empty what a header does not say", () => {
    const [notebook] = readContents(folderOf({"01-x": [1, "core", "# Only a title"]}));
    expect(notebook).toMatchObject({
      title: "Only a title",
      minutes: "",
      comesAfter: [],
      description: "",
    });
  });

  it("reads the project's own: each has a title, a time, a description and known predecessors", () => {
    const all = readContents(join(ROOT, "notebooks"));
    const names = all.map(({name}) => name);
    expect(
      all.filter(({title, minutes, description}) => !title || !minutes || !description),
    ).toEqual([]);
    all.forEach(({comesAfter}, at) =>
      comesAfter.forEach((name) => expect(names.slice(0, at)).toContain(name)),
    );
  });
});
