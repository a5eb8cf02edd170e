/** Problem set 3 in JupyterLab, as a student meets it: answered wrong, then with hints, then right. */
import {mkdirSync, writeFileSync} from "node:fs";
import {basename, join} from "node:path";
import {releaseNotebook} from "kernel-lib/course/source";
import {formatNotebook} from "kernel-lib/kernel";
import {expect, onTestFinished} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {CHROMIUM_ADVICE, findChromium, launchChromium} from "../../kernel-lib/dist/cli/chromium.js";
import {COURSE, setOf} from "../support/hand-in.js";
import {startLabAnew} from "../support/jupyter.js";
import {LabCell} from "../support/lab-cell.js";
import {openNotebook, runAllCells} from "../support/lab-page.js";
import {itNeeds} from "../support/needs.js";
import {scratchFolder} from "../support/scratch.js";

/** Question 6 asks for the product of two bytes; the first answer forgets the polynomial. */
const multiply = (step: string): string =>
  `const multiply6 = (a: number, b: number): number => {
  let sum = 0;
  for (let bit = 0; bit < 8; bit++, ${step}) if ((b >> bit) & 1) sum ^= a;
  return sum;
};`;
const MISSPELT = multiply("a = a * 2 ^ polynomia");
const WRONG = multiply("a = a * 2");
const RIGHT = multiply("a = a < 128 ? a * 2 : (a * 2) ^ polynomial");

itNeeds(
  findChromium(),
  "Chromium",
  CHROMIUM_ADVICE,
  "a student answers wrong, takes two hints, answers right, and reads how far they are",
  async () => {
    const folder = scratchFolder();
    const notebook = releaseNotebook(setOf("ps03"), COURSE);
    writeFileSync(join(folder, "ps03.ipynb"), formatNotebook(notebook));
    const {lab} = await startLabAnew();
    const browser = await launchChromium();
    onTestFinished(() => browser.close());
    const path = `build/scratch/${basename(folder)}/ps03.ipynb`;
    const url = lab.url.replace("notebooks/00-start-here.ipynb", path);
    const opened = await openNotebook(browser, url);
    const cell = (id: string): LabCell =>
      new LabCell(
        opened.page,
        notebook.cells.findIndex((one) => one.id === id),
      );
    const [given, hint, solution, test] = ["given", "hint", "solution", "test"].map((part) =>
      cell(`q6-${part}`),
    ) as [LabCell, LabCell, LabCell, LabCell];

    // Nothing written: nothing stops, and no question says that it was tried.
    const code = notebook.cells.filter(({cell_type: type}) => type === "code");
    await runAllCells(opened, code.length);
    const failed = opened.kernelMessages.filter((message) =>
      /"status": ?"(error|abort)/.test(message),
    );
    expect(failed).toEqual([]);
    await test.scrollTo();
    await test.output(/^○ q6 .*: not answered yet/).waitFor();

    // A locked cell takes no letter.
    await given.write("const bytes6 = [];");
    expect(await given.locator.locator(".cm-content").innerText()).toContain("Array.from");

    // What did not compile is not what is tried: the message says where to look.
    await solution.write(MISSPELT);
    await solution.run();
    await solution.output("Cannot find name 'polynomia'").waitFor();
    await test.run();
    await test.output(/^○ q6 .*if it shows an error, mend that first/).waitFor();

    await solution.write(WRONG);
    await solution.run();
    await test.run();
    await test.output("✗ q6 (Multiply in your own field): multiply6(128, 2) is no byte").waitFor();

    await hint.write("q6.hint()");
    await hint.run();
    await hint.output("q6, hint 1 of 3: ").waitFor();
    await hint.run();
    await hint.output("q6, hint 2 of 3: ").waitFor();
    // Read without another click, the first one still there.
    expect(await hint.output("q6, hint 1 of 3: Go through the bits").isVisible()).toBe(true);

    await solution.write(RIGHT);
    await solution.run();
    await test.run();
    await test.output("✓ q6 (Multiply in your own field): passes what can be checked").waitFor();

    const progress = cell("progress");
    await progress.scrollTo();
    await progress.run();
    const row = (question: string): Promise<string[]> =>
      progress.locator
        .locator("tbody tr", {has: opened.page.getByText(question, {exact: true})})
        .locator("td")
        .allInnerTexts();
    await progress.output("✓").waitFor();
    // Tier, points, tries, hints, and whether the last try passed.
    expect((await row("q6")).slice(2)).toEqual(["2", "4", "2", "2", "✓"]);
    expect((await row("q9")).slice(2)).toEqual(["2", "5", "0", "0", "–"]);
    expect((await row("q10")).at(-1)).toBe("a person reads it");
    mkdirSync(join(ROOT, "build", "screenshots"), {recursive: true});
    await opened.page.screenshot({path: join(ROOT, "build", "screenshots", "coursework.png")});
  },
);
