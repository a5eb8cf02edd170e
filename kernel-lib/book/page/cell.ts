import type {CompiledCell} from "../cells/compile-cell.js";
import type {CellData} from "../site/cell-data.js";
import type {Output} from "../../kernel/index.js";
import {STRINGS} from "../strings.js";
import {Editor} from "./editor.js";
import {OutputView} from "./outputs.js";

/** One code cell of the page. */
export class Cell {
  readonly editor: Editor;
  readonly runButton: HTMLButtonElement;
  readonly controls: HTMLElement;
  /** The source that ran last in the present worker; undefined if none did. */
  ranSource: string | undefined;
  /** Constants that forms and sliders have set: then nothing need be compiled anew. */
  private readonly constants = new Map<string, string>();
  private readonly outputs: OutputView;
  private readonly recordedHtml: string;
  private readonly note: HTMLElement;
  private readonly resetButton: HTMLButtonElement;

  /**
   * @param number counts the code cells of the page from 1
   */
  constructor(
    readonly element: HTMLElement,
    readonly data: CellData,
    readonly number: number,
  ) {
    this.outputs = new OutputView(element.querySelector<HTMLElement>(".outputs")!);
    this.recordedHtml = this.outputs.element.innerHTML;
    this.editor = new Editor(element.querySelector("pre.source")!, STRINGS.codeOf(number));
    this.controls = document.createElement("div");
    this.controls.className = "controls";
    this.runButton = button(STRINGS.run, `${STRINGS.run}: ${STRINGS.cellLabel(number)}`);
    this.resetButton = button(STRINGS.reset, `${STRINGS.reset}: ${STRINGS.cellLabel(number)}`);
    this.resetButton.hidden = true;
    this.resetButton.addEventListener("click", () => this.reset());
    this.note = document.createElement("span");
    this.note.className = "note";
    if (data.recorded === undefined) this.controls.append(this.runButton, this.resetButton);
    else this.say(data.recorded);
    this.controls.append(this.note);
    element.prepend(this.controls);
    this.editor.field.addEventListener("input", () => this.showWhetherChanged());
    if (data.recorded !== undefined) this.editor.field.readOnly = true;
  }

  get source(): string {
    return this.editor.source;
  }

  /** The fold over the answer to a guess, if this cell has one. */
  get fold(): HTMLDetailsElement | null {
    return this.element.querySelector<HTMLDetailsElement>("details.answer");
  }

  /** What was compiled with the book, if the source is that of the book but for some constants. */
  get compiled(): CompiledCell | undefined {
    const {compiled} = this.data;
    if (compiled === undefined) return undefined;
    let [source, code] = [this.editor.original, compiled.code];
    for (const [name, literal] of this.constants) {
      source = withConstant(source, `const ${name} = `, literal);
      const changed = withConstant(code, `void (${name} = `, `${literal})`);
      if (changed === code && source !== this.editor.original) return undefined;
      code = changed;
    }
    return source === this.source ? {...compiled, code} : undefined;
  }

  setConstant(name: string, literal: string): void {
    this.constants.set(name, literal);
    this.editor.source = withConstant(this.source, `const ${name} = `, literal);
    this.showWhetherChanged();
  }

  /** Shows what comes of a run; the old output stays until the first of it. */
  begin(): {show: (output: Output) => void; end: () => void} {
    let isNew = true;
    const renew = (): void => {
      if (isNew) this.outputs.clear();
      isNew = false;
    };
    this.element.classList.add("running");
    this.runButton.textContent = STRINGS.stop;
    this.ranSource = this.source;
    this.say("");
    return {
      show: (output) => {
        renew();
        this.outputs.add(output);
      },
      end: () => {
        renew();
        this.element.classList.remove("running");
        this.runButton.textContent = STRINGS.run;
        this.resetButton.hidden = false;
      },
    };
  }

  say(text: string): void {
    this.note.textContent = text;
  }

  private reset(): void {
    this.editor.source = this.editor.original;
    this.outputs.clear();
    this.outputs.element.innerHTML = this.recordedHtml;
    this.constants.clear();
    this.ranSource = undefined;
    this.resetButton.hidden = true;
    this.element.dispatchEvent(new Event("reset"));
    this.runButton.focus();
  }

  private showWhetherChanged(): void {
    if (this.source !== this.editor.original) this.resetButton.hidden = false;
  }
}

/** A line that begins so, with another literal before its semicolon. */
function withConstant(text: string, start: string, literal: string): string {
  const at = text.indexOf(start);
  const end = text.indexOf(";", at);
  return at < 0 || end < 0 ? text : text.slice(0, at + start.length) + literal + text.slice(end);
}

function button(text: string, label: string): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.setAttribute("aria-label", label);
  return element;
}
