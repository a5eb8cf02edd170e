/**
 * The runner without sockets and the real kernel over zeromq say the same. Here a part of it, drawn
 * by a seed; `test/long/runner-and-wire.test.ts` takes all.
 */
import {Random} from "kernel-lib/random";
import {describe, expect, it} from "vitest";
import {notebookFiles, notebookName} from "../../kernel-lib/dist/cli/notebook-files.js";
import {codeCell, writeNotebook} from "../support/notebook.js";
import {runByRunner, runOverWire} from "../support/wire-run.js";
import {adversarialCells, ADVERSARIAL_GROUPS} from "./adversarial-cells.js";

const random = new Random(4);
const groups = random.fork("groups").shuffle(ADVERSARIAL_GROUPS).slice(0, 14);
const chapter = random.fork("notebook").choice(notebookFiles());

describe("runNotebook() and the kernel over zeromq give the same outputs", () => {
  it("for groups of adversarial cells", async () => {
    const path = writeNotebook(...adversarialCells(groups));
    const run = await runByRunner(path);
    expect(run.size).toBeGreaterThan(groups.length);
    expect(await runOverWire(path)).toEqual(run);
  });

  it(`for ${notebookName(chapter)}`, async () => {
    const run = await runByRunner(chapter);
    expect(run.size).toBeGreaterThan(3);
    expect(await runOverWire(chapter)).toEqual(run);
  });

  it("for cells that are tagged skip-execution or blank: neither runs nor counts them", async () => {
    const path = writeNotebook(
      codeCell("skipped", "console.log(1)", {tags: ["skip-execution"]}),
      codeCell("blank", " \n"),
      codeCell("thrown", "throw new Error('the first')"),
    );
    const run = await runByRunner(path);
    expect([...run.keys()]).toEqual(["thrown"]);
    expect(JSON.stringify([...run.values()])).toContain("cell [1]");
    expect(await runOverWire(path)).toEqual(run);
  });
});
