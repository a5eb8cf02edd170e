/** The kernel in JupyterLab, as a reader meets it: help while typing, errors, the stop button. */
import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {formatNotebook} from "kernel-lib/kernel";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, expect} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {CHROMIUM_ADVICE, findChromium, launchChromium} from "../../kernel-lib/dist/cli/chromium.js";
import {startLabAnew} from "../support/jupyter.js";
import {LabCell} from "../support/lab-cell.js";
import {openNotebook} from "../support/lab-page.js";
import {itNeeds} from "../support/needs.js";
import {codeCell} from "../support/notebook.js";
import {processesNaming} from "../support/processes.js";
import {scratchFolder} from "../support/scratch.js";

const CELLS = {
  imports:
    'import {nines} from "kernel-lib/stats";\nimport {ReedSolomon} from "kernel-lib/erasure";\n' +
    "const disk = {sizeBytes: 4096, read() { return this.sizeBytes; }};",
  complete: "disk.",
  docs: "nines(0.001)",
  throws:
    "const lengthOf = (text: string) => {\n  const code = JSON.parse(text);\n" +
    '  return code.shards.length;\n};\nlengthOf("{}");',
  library: "new ReedSolomon({dataShards: 300, parityShards: 2});",
  types: 'const zones = 3;\nconst code: number = "rs";',
  loop: 'console.log("looping");\nwhile (true) {}',
  next: '"next " + (40 + 2)',
};

let page: Page;
/** Names the kernel's process. */
let home: string;
const undoing: (() => Promise<void> | void)[] = [];
const cell = (name: keyof typeof CELLS): LabCell =>
  new LabCell(page, Object.keys(CELLS).indexOf(name));

beforeAll(async () => {
  if (!findChromium()) return;
  const whenDone = (undo: () => Promise<void> | void): void => void undoing.push(undo);
  const folder = scratchFolder(whenDone);
  const cells = Object.entries(CELLS).map(([id, source]) => codeCell(id, source));
  const metadata = {
    kernelspec: {name: "tslab", display_name: "TypeScript (tslab)", language: "typescript"},
  };
  const notebook = {cells, metadata, nbformat: 4, nbformat_minor: 5};
  writeFileSync(join(folder, "cells.ipynb"), formatNotebook(notebook));
  const started = await startLabAnew(whenDone);
  home = started.home;
  const browser = await launchChromium();
  whenDone(() => browser.close());
  const path = join(folder, "cells.ipynb")
    .slice(ROOT.length + 1)
    .replaceAll("\\", "/");
  const url = started.lab.url.replace("notebooks/00-start-here.ipynb", path);
  page = (await openNotebook(browser, url)).page;
  await cell("imports").run();
  expect(await cell("imports").executionCount()).toBe(1);
});

afterAll(async () => {
  for (const undo of undoing.reverse()) await undo();
});

function inBrowser(name: string, test: () => Promise<void>): void {
  itNeeds(findChromium(), "Chromium", CHROMIUM_ADVICE, name, test);
}

inBrowser("Tab opens a menu of what may follow, each with its kind", async () => {
  await cell("complete").putCursorBehind("disk.");
  await page.keyboard.press("Tab");
  const items = page.locator(".jp-Completer-item");
  await items.first().waitFor();
  const shown = await items.evaluateAll((list) =>
    list.map((item) =>
      [".jp-Completer-match", ".jp-Completer-typeExtended"].map(
        (part) => item.querySelector(part)?.textContent,
      ),
    ),
  );
  expect(shown).toEqual([
    ["read", "function"],
    ["sizeBytes", "property"],
  ]);
  await keepScreenshot("complete");
  await page.keyboard.press("Enter");
  await cell("complete").locator.getByText("disk.read").waitFor();
});

inBrowser("Shift-Tab shows signature and docstring of a library's function", async () => {
  await cell("docs").putCursorBehind("nin");
  await page.keyboard.press("Shift+Tab");
  const tooltip = page.locator(".jp-Tooltip");
  await tooltip.waitFor();
  expect(await tooltip.locator("pre").first().innerText()).toBe(
    "nines(lossProbability: number): number",
  );
  const text = await tooltip.innerText();
  expect(text).toContain("How many nines a loss probability leaves");
  // Drawn, not shown as Markdown or HTML.
  expect(text).not.toMatch(/[*`<]/);
  await keepScreenshot("docs");
  await page.keyboard.press("Escape");
});

inBrowser(
  "an error is a red box that names cell and line as typed, and folds the library",
  async () => {
    const throws = await failing("throws");
    const library = await failing("library");
    const types = await failing("types");
    expect(throws.box).toContain(`cell [${throws.count}], line 3, column 22`);
    expect(throws.box).toContain("→ 3 │   return code.shards.length;");
    expect(throws.box).toContain(`at cell [${throws.count}]:5:1`);
    expect(library.box).toMatch(/RangeError: .*\n.*line 1, column 1\n/);
    expect(library.box).toMatch(/… \d+ in kernel-lib\/erasure/);
    expect(types.box).toContain("TS2322: Type 'string' is not assignable to type 'number'.");
    expect(types.box).toContain(`cell [${types.count}], line 2, column 7`);
    await keepScreenshot("errors");
  },
);

inBrowser("the stop button ends an endless loop, and the next cell runs", async () => {
  await cell("loop").run();
  await cell("loop").output("looping").waitFor();
  await page.locator('[data-command="notebook:interrupt-kernel"]').first().click();
  await cell("loop").output("KeyboardInterrupt: The cell was interrupted").waitFor();
  await cell("next").run();
  await cell("next").output("'next 42'").waitFor();
  await keepScreenshot("stop");
});

inBrowser(
  "after kill -9 JupyterLab says so, and the menu's restart brings a kernel that works",
  async () => {
    const kernels = (): number[] =>
      processesNaming(home)
        .filter(({command}) => command.includes("kernel-lib"))
        .map(({pid}) => pid);
    const [killed, ...others] = kernels();
    expect(others).toEqual([]);
    process.kill(killed!, "SIGKILL");
    const dialog = page.locator(".jp-Dialog");
    await dialog.getByText("appears to have died").waitFor({timeout: 60_000});
    await dialog.locator(".jp-mod-accept").click();
    await page.getByRole("menuitem", {name: "Kernel", exact: true}).click();
    await page.getByText("Restart Kernel…", {exact: true}).first().click();
    await dialog.locator(".jp-mod-accept").click();
    await page.getByText("| Idle").first().waitFor({timeout: 60_000});
    await cell("next").run();
    // It counts from 1 again.
    await cell("next").locator.getByText("[1]:", {exact: true}).first().waitFor({timeout: 60_000});
    await cell("next").output("'next 42'").waitFor();
    expect(kernels()).toHaveLength(1);
    expect(kernels()).not.toContain(killed);
  },
);

/** Runs a cell that fails. */
async function failing(name: keyof typeof CELLS): Promise<{box: string; count: number}> {
  await cell(name).run();
  // JupyterLab draws an error with its renderer for stderr.
  const errors = cell(name).locator.locator(`[data-mime-type="application/vnd.jupyter.stderr"]`);
  return {box: await errors.innerText(), count: await cell(name).executionCount()};
}

/** For a person to look at. */
async function keepScreenshot(name: string): Promise<void> {
  mkdirSync(join(ROOT, "build", "screenshots"), {recursive: true});
  await page.screenshot({path: join(ROOT, "build", "screenshots", `kernel-${name}.png`)});
}
