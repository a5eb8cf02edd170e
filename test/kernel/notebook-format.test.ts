import {readFileSync} from "node:fs";
import {formatNotebook, parseNotebook} from "kernel-lib/kernel";
import {describe, expect, it} from "vitest";
import {notebookFiles} from "../../kernel-lib/dist/cli/notebook-files.js";
import {codeCell} from "../support/notebook.js";

describe("notebook format", () => {
  it.each(notebookFiles())("formatNotebook() undoes parseNotebook() byte for byte: %s", (path) => {
    const text = readFileSync(path, "utf8");
    expect(formatNotebook(parseNotebook(text))).toBe(text);
  });

  it("formatNotebook() writes texts as lists of lines and leaves JSON outputs whole", () => {
    const cell = codeCell("one", "a\nb");
    const data = {"application/vnd.plotly.v1+json": {data: ["x\ny"]}, "text/plain": "p\nq\n"};
    cell.outputs = [{output_type: "display_data", data, metadata: {}}];
    const notebook = {cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5};
    const raw = JSON.parse(formatNotebook(notebook)) as {cells: [Record<string, unknown>]};
    expect(raw.cells[0]["source"]).toEqual(["a\n", "b"]);
    expect(raw.cells[0]["outputs"]).toMatchObject([
      {data: {"application/vnd.plotly.v1+json": {data: ["x\ny"]}, "text/plain": ["p\n", "q\n"]}},
    ]);
    expect(parseNotebook(formatNotebook(notebook))).toEqual(notebook);
  });
});
