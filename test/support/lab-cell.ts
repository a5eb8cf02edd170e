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
