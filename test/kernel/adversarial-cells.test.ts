/** The cells of `adversarial-cells.ts`, all in one session of the kernel without sockets. */
import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {formatNotebook, runNotebook} from "kernel-lib/kernel";
import type {Output} from "kernel-lib/kernel";
import {beforeAll, describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {stripAnsi} from "../../kernel-lib/kernel/language/ansi.js";
import {adversarialCells, ADVERSARIAL_GROUPS, idOf} from "./adversarial-cells.js";
import type {Outcome} from "./adversarial-cells.js";

const outputs = new Map<string, Output[]>();
const NOT_RUN: Output[] = [{output_type: "stream", name: "stderr", text: "did not run"}];

beforeAll(async () => {
  // Below the project, so that the cells find its packages.
  const folder = join(ROOT, "build", "adversarial-cells");
  mkdirSync(folder, {recursive: true});
  const path = join(folder, "adversarial.ipynb");
  const cells = adversarialCells(ADVERSARIAL_GROUPS);
  writeFileSync(path, formatNotebook({cells, metadata: {}, nbformat: 4, nbformat_minor: 5}));
  const run = await runNotebook(path, {allowErrors: true});
  for (const cell of run.cells) outputs.set(cell.id, cell.outputs);
});

/** The same things of the outputs that an outcome names. */
function outcomeOf(found: readonly Output[], wanted: Outcome): Outcome {
  const outcome: Outcome = {};
  for (const output of found) {
    if (output.output_type === "stream") {
      outcome[output.name] = (outcome[output.name] ?? "") + output.text;
    } else if (output.output_type === "error") {
      outcome.ename = output.ename;
      const traceback = stripAnsi(output.traceback.join("\n"));
      // Parts are enough: shown in full where they are missing.
      if (wanted.evalue !== undefined) outcome.evalue = partOr(wanted.evalue, output.evalue);
      if (wanted.traceback !== undefined) outcome.traceback = partOr(wanted.traceback, traceback);
    } else {
      outcome.result = (output.data["text/plain"] ?? JSON.stringify(output.data)) as string;
    }
  }
  return outcome;
}

function partOr(part: string, whole: string): string {
  return whole.includes(part) ? part : whole;
}

describe("adversarial cells", () => {
  it.each(ADVERSARIAL_GROUPS.map(({name, cells}) => [name, cells] as const))(
    "a session holds: %s",
    (name, cells) => {
      const found = cells.map(([source, wanted], at) => {
        const ran = outputs.get(idOf(name, at)) ?? (source.trim() === "" ? [] : NOT_RUN);
        return outcomeOf(ran, wanted);
      });
      expect(found).toEqual(cells.map(([, wanted]) => wanted));
    },
  );
});
