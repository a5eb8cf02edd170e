/**
 * Every notebook of the project and every adversarial cell, on the runner, on the real kernel with
 * our client and with nbclient: the same outputs. And every notebook on stock tslab as well.
 */
import {readFileSync} from "node:fs";
import {parseNotebook} from "kernel-lib/kernel";
import type {CodeCell, Output} from "kernel-lib/kernel";
import {beforeAll, describe, expect, it} from "vitest";
import {notebookFiles, notebookName} from "../../kernel-lib/dist/cli/notebook-files.js";
import {adversarialCells, ADVERSARIAL_GROUPS} from "../kernel/adversarial-cells.js";
import {recordMeasured} from "../support/measured.js";
import {writeNotebook} from "../support/notebook.js";
import {installTools, runTool} from "../support/notebook-tools.js";
import {runByRunner, runOverWire, withoutEmpty} from "../support/wire-run.js";

/** nbclient stops to listen to a cell at its end; the runner and JupyterLab do not. */
const LATE_OUTPUT = "what a timer writes goes to the cell that set it";

const NOTEBOOKS = notebookFiles().map((path) => [notebookName(path), path] as const);

beforeAll(installTools);

describe("runNotebook(), the kernel over zeromq and nbclient give the same outputs", () => {
  it.each(NOTEBOOKS)("for %s", async (_, path) => {
    const run = await runByRunner(path);
    expect(await runOverWire(path)).toEqual(run);
    expect(withNbclient(codeCells(path), run.keys())).toEqual(run);
  });

  it("for all groups of adversarial cells", async (context) => {
    const path = writeNotebook(...adversarialCells(ADVERSARIAL_GROUPS));
    const run = await runByRunner(path);
    recordMeasured(context, `${ADVERSARIAL_GROUPS.length} groups, ${run.size} cells`);
    expect(await runOverWire(path)).toEqual(run);
  });

  it("for the groups without late output in nbclient, too", async () => {
    const heard = ADVERSARIAL_GROUPS.filter(({name}) => name !== LATE_OUTPUT);
    expect(heard).toHaveLength(ADVERSARIAL_GROUPS.length - 1);
    const run = await runByRunner(writeNotebook(...adversarialCells(heard)));
    expect(withNbclient(adversarialCells(heard), run.keys())).toEqual(run);
  });
});

describe("stock tslab", () => {
  it.each(NOTEBOOKS)(
    "runs %s, too, and every cell shows what it shows on ours",
    async (_, path) => {
      const {ok, outputs, printed} = runTool("nbclient", {
        cells: codeCells(path),
        kernel: "tslab-stock",
      });
      expect(ok, printed).toBe(true);
      expect([...outputs.values()].flat().filter(isComplaint)).toEqual([]);
      const run = await runByRunner(path);
      for (const [id, ours] of run) {
        expect(withoutEmpty(outputs.get(id)!).length > 0, `cell ${id}`).toBe(ours.length > 0);
      }
    },
  );
});

function codeCells(path: string): CodeCell[] {
  const {cells} = parseNotebook(readFileSync(path, "utf8"));
  return cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
}

/** Outputs of the cells with these ids, in their order. */
function withNbclient(
  cells: readonly CodeCell[],
  ids: Iterable<string>,
): Map<string, readonly Output[]> {
  const {outputs} = runTool("nbclient", {cells, kernel: "tslab", allowErrors: true});
  return new Map([...ids].map((id) => [id, withoutEmpty(joinedStreams(outputs.get(id) ?? []))]));
}

/** As JupyterLab keeps them: nbclient makes an output of each message. */
function joinedStreams(outputs: readonly Output[]): Output[] {
  const joined: Output[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    const carriesOn =
      output.output_type === "stream" &&
      last?.output_type === "stream" &&
      last.name === output.name;
    if (carriesOn) joined[joined.length - 1] = {...last, text: last.text + output.text};
    else joined.push(output);
  }
  return joined;
}

function isComplaint(output: Output): boolean {
  return (
    output.output_type === "error" || (output.output_type === "stream" && output.name === "stderr")
  );
}
