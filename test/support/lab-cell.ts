/** One code cell of a notebook that is open in JupyterLab. */
import type {Locator, Page} from "playwright-core";

export class LabCell {
  readonly #page: Page;
  readonly locator: Locator;

  /** @param index of the cell in its notebook, from 0 */
  constructor(page: Page, index: number) {
    this.#page = page;
    this.locator = page.locator(`.jp-Notebook [data-windowed-list-index="${index}"]`);
  }

  /** Brings the cell into view: JupyterLab takes those far away out of the page. */
  async scrollTo(): Promise<void> {
    const panel = this.#page.locator(".jp-WindowedPanel-outer").first();
    for (let top = 0; (await this.locator.count()) === 0; top += 600) {
      const isPast = await panel.evaluate((e, y) => {
        e.scrollTop = y;
        return y > e.scrollHeight;
      }, top);
      if (isPast) throw new Error("Cannot scroll to a cell that the notebook does not have");
      await this.#page.waitForTimeout(100);
    }
    await this.locator.evaluate((e) => e.scrollIntoView({block: "center"}));
  }

  /** Types over what the cell holds; a locked cell stays as it is. */
  async write(text: string): Promise<void> {
    await this.locator.locator(".cm-content").click();
    await this.#page.keyboard.press("Control+a");
    await this.#page.keyboard.insertText(text);
  }

  /** Puts the cursor behind the last letter of a text in the first line. */
  async putCursorBehind(text: string): Promise<void> {
    const editor = this.locator.locator(".cm-content");
    await editor.click();
    await this.#page.keyboard.press("Control+Home");
    const line = await editor.locator(".cm-line").first().innerText();
    const steps = line.indexOf(text) + text.length;
    for (let step = 0; step < steps; step++) await this.#page.keyboard.press("ArrowRight");
  }

  /** Runs the cell by the keyboard; does not wait for it. */
  async run(): Promise<void> {
    await this.locator.locator(".cm-content").click();
    await this.#page.keyboard.press("Control+Enter");
  }

  /** What stands in the brackets before the cell, once it has run. */
  async executionCount(): Promise<number> {
    const prompt = this.locator.locator(".jp-InputPrompt", {hasText: /\[\d+\]/});
    return Number(/\d+/.exec(await prompt.innerText())![0]);
  }

  /** The first output that has a text in it. */
  output(text: string | RegExp): Locator {
    return this.locator.locator(".jp-OutputArea-output", {hasText: text}).first();
  }
}
