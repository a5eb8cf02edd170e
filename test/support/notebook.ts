import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {formatNotebook} from "kernel-lib/kernel";
import type {CodeCell} from "kernel-lib/kernel";
import {scratchFolder} from "./scratch.js";

/** A code cell for a test. */
export function codeCell(
  id: string,
  source: string,
  metadata: Record<string, unknown> = {},
): CodeCell {
  return {cell_type: "code", id, metadata, source, execution_count: null, outputs: []};
}

/** Writes a notebook of code cells into a scratch folder and returns its path. */
export function writeNotebook(...cells: CodeCell[]): string {
  const path = join(scratchFolder(), "test.ipynb");
  const metadata = {kernelspec: {name: "tslab"}};
  writeFileSync(path, formatNotebook({cells, metadata, nbformat: 4, nbformat_minor: 5}));
  return path;
}
