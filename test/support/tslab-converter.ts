import type {Converter, Diagnostic} from "tslab/dist/converter.js";
import converterModule from "tslab/dist/converter.js";
import {afterAll} from "vitest";
import {join} from "node:path";
import {ROOT} from "../../binder/setup.mjs";

/** tslab's own compiler, as in a notebook of ours; closed after the tests of the file. */
export function openConverter(): Converter {
  // The converter takes the working directory for the notebook's.
  const before = process.cwd();
  process.chdir(join(ROOT, "notebooks"));
  const converter = converterModule.createConverter({isJS: false, isBrowser: false});
  process.chdir(before);
  afterAll(() => converter.close());
  return converter;
}

/** What it finds wrong with a cell that comes first in a notebook. */
export function diagnose(converter: Converter, source: string): Diagnostic[] {
  return converter.convert("", source).diagnostics;
}
