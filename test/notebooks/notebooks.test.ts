/** Every notebook of the project, run from its first cell to its last. */
import {readFileSync} from "node:fs";
import {parseNotebook, runNotebook} from "kernel-lib/kernel";
import type {CodeCell, DisplayOutput, Notebook, Output} from "kernel-lib/kernel";
import {STATIC_IMAGE_SLOT} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";
import {BUDGETS} from "../../kernel-lib/dist/cli/notebook-budgets.js";
import type {NotebookKind} from "../../kernel-lib/dist/cli/notebook-budgets.js";
import {notebookFiles, notebookName} from "../../kernel-lib/dist/cli/notebook-files.js";

interface Golden {
  label: string;
  actual: number;
  expected: number;
  tolerance: number;
}

describe.each(notebookFiles().map((path) => [notebookName(path), path]))("%s", (_, path) => {
  it("runs to its end within its budget, meets its golden numbers and gives the committed outputs", async () => {
    const committed = parseNotebook(readFileSync(path, "utf8"));
    const {kind} = committed.metadata["glass_cloud"] as {kind: NotebookKind};
    const run = await runNotebook(path, {timeoutMs: 3 * BUDGETS[kind].runMs});
    expect(run.failure).toBeUndefined();
    expect(run.peakMemoryBytes).toBeLessThan(BUDGETS[kind].memoryBytes);
    const golden = run.cells
      .flatMap((cell) => cell.outputs)
      .flatMap(
        (output) =>
          (output as DisplayOutput).data?.["application/vnd.glass-cloud.golden+json"] ?? [],
      );
    expect(golden.length).toBeGreaterThan(0);
    for (const {label, actual, expected, tolerance} of golden as Golden[]) {
      expect(Math.abs(actual - expected), label).toBeLessThanOrEqual(tolerance);
    }
    // Stale outputs are mended by `npm run bake`.
    expect(outputsById(run.notebook)).toEqual(outputsById(committed));
  });
});

/** Outputs without the static images, which only `npm run bake` draws. */
function outputsById(notebook: Notebook): Record<string, unknown> {
  const code = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  return Object.fromEntries(code.map((cell) => [cell.id, cell.outputs.map(withoutImage)]));
}

function withoutImage(output: Output): unknown {
  if (output.output_type !== "display_data") return output;
  const html = output.data["text/html"];
  if (typeof html !== "string") return output;
  const slot = html
    .replace(/<img [^>]*>/, STATIC_IMAGE_SLOT)
    .replace(/ role="group" aria-label="[^"]*"/, "");
  return rounded({...output, data: {...output.data, "text/html": slot}});
}

/** Numbers to six digits: another processor's last digit of a logarithm is no change. */
function rounded(value: object): unknown {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === "number" ? Number(part.toPrecision(6)) : part,
  ) as unknown;
}
