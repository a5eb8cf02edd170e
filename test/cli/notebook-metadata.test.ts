/** A committed notebook is what JupyterLab would save, so that opening one leaves it unchanged. */
import {spawnSync} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {formatNotebook, kernelspec, parseNotebook} from "kernel-lib/kernel";
import type {Notebook} from "kernel-lib/kernel";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {notebookFiles, notebookName} from "../../kernel-lib/dist/cli/notebook-files.js";
import {KERNEL_METADATA, withJupyterMetadata} from "../../kernel-lib/dist/cli/notebook-metadata.js";
import {kernelInfo} from "../../kernel-lib/dist/kernel/protocol/replies.js";
import {itNeeds} from "../support/needs.js";

const python = join(ROOT, ".venv", "bin", "python");
const PYTHON_SAVES = `
import sys, nbformat
for path in sys.argv[1:]:
    nbformat.write(nbformat.read(path, 4), sys.stdout)
`;

describe("metadata of a notebook", () => {
  it("is what our kernel answers to kernel_info, and its kernelspec", () => {
    const {display_name, language} = kernelspec();
    expect(KERNEL_METADATA).toEqual({
      kernelspec: {display_name, language, name: "tslab"},
      language_info: kernelInfo()["language_info"],
    });
  });

  it.each(notebookFiles().map((path) => [notebookName(path), path]))(
    "of %s is that too, in Jupyter's form",
    (_, path) => {
      const text = readFileSync(path, "utf8");
      const notebook = parseNotebook(text);
      expect(formatNotebook(withJupyterMetadata(notebook))).toBe(text);
    },
  );
});

describe("formatNotebook()", () => {
  it("sorts keys and writes numbers as Python does", () => {
    const notebook = {
      cells: [],
      metadata: {
        b: [1, 0.5, 1e-4, 1e-5, -2.5e-11, 1e-100, 1e21, 0],
        a: {},
        c: [],
        é: "\u00e9\u0007",
      },
      nbformat: 4,
      nbformat_minor: 5,
    } as Notebook;
    expect(formatNotebook(notebook).replaceAll(/\s+/g, " ")).toBe(
      '{ "cells": [], "metadata": { "a": {}, "b": [ 1, 0.5, 0.0001, 1e-05, -2.5e-11, 1e-100, 1e+21, 0 ], ' +
        '"c": [], "é": "é\\u0007" }, "nbformat": 4, "nbformat_minor": 5 } ',
    );
  });

  itNeeds(
    existsSync(python),
    "the project's Python environment",
    "npm run setup",
    "gives every notebook the bytes that nbformat, Jupyter's own writer, gives it",
    () => {
      const saved = spawnSync(python, ["-c", PYTHON_SAVES, ...notebookFiles()], {
        encoding: "utf8",
        env: {...process.env, PYTHONIOENCODING: "utf-8"},
        maxBuffer: 2 ** 26,
      });
      expect(saved.stderr).toBe("");
      const texts = notebookFiles().map((path) => readFileSync(path, "utf8"));
      expect(texts.join("")).toBe(saved.stdout);
    },
  );
});
