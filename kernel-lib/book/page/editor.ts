import Prism from "prismjs";
import "prismjs/components/prism-typescript.js";

/**
 * The source of a cell as a text field over the coloured text, so that it is edited as any other
 * field: Tab leaves it, and a screen reader knows it.
 */
export class Editor {
  readonly original: string;
  readonly field: HTMLTextAreaElement;

  /**
   * @param pre the coloured source, as the page has it
   * @param label what a screen reader calls the field
   */
  constructor(
    private readonly pre: HTMLPreElement,
    label: string,
  ) {
    this.original = pre.textContent ?? "";
    this.field = document.createElement("textarea");
    this.field.value = this.original;
    this.field.setAttribute("aria-label", label);
    for (const name of ["autocapitalize", "autocomplete", "autocorrect"]) {
      this.field.setAttribute(name, "off");
    }
    this.field.spellcheck = false;
    this.field.wrap = "off";
    const box = document.createElement("div");
    box.className = "editor";
    pre.replaceWith(box);
    pre.removeAttribute("tabindex");
    pre.setAttribute("aria-hidden", "true");
    box.append(pre, this.field);
    this.field.addEventListener("input", () => this.colour());
    this.fit();
  }

  get source(): string {
    return this.field.value;
  }

  set source(text: string) {
    this.field.value = text;
    this.colour();
  }

  private colour(): void {
    const grammar = Prism.languages["typescript"]!;
    this.pre.firstElementChild!.innerHTML = Prism.highlight(this.source, grammar, "typescript");
    this.fit();
  }

  private fit(): void {
    this.field.rows = this.source.split("\n").length;
  }
}
