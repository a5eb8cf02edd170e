import type {Output} from "../../kernel/index.js";
import {STRINGS} from "../strings.js";
import {loadScript} from "./scripts.js";

const PLOTLY = "application/vnd.plotly.v1+json";
/** Where kernel-lib leaves room for a drawing in a figure's HTML. */
const IMAGE_SLOT = "<!-- static image -->";

interface PlotlyInput {
  data: unknown;
  layout: Record<string, unknown>;
  config: unknown;
}

interface Plotly {
  react(element: Element, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
  purge(element: Element): void;
}

/** Below so many pixels a title does not fit into a drawing. */
const NARROW = 600;

/** Shows outputs in a place of the page, one below the other. */
export class OutputView {
  /** Drawings wait until the place is visible: Plotly cannot measure a folded element. */
  private drawn: Element[] = [];

  constructor(readonly element: HTMLElement) {}

  /** Takes away what is there. The height stays until something new comes: nothing jumps. */
  clear(): void {
    for (const element of this.drawn) (globalThis as {Plotly?: Plotly}).Plotly?.purge(element);
    this.drawn = [];
    this.element.replaceChildren();
  }

  add(output: Output): void {
    if (output.output_type === "stream") return this.addText(output.name, output.text);
    if (output.output_type === "error") return this.addError(output);
    const {data} = output;
    const html = data["text/html"];
    if (typeof html !== "string") return this.addText("result", String(data["text/plain"] ?? ""));
    const box = document.createElement("div");
    box.className = "rich";
    const figure = data[PLOTLY] as PlotlyInput | undefined;
    box.innerHTML = html.replace(IMAGE_SLOT, '<div class="plot"></div>');
    this.element.append(box);
    makeWideTablesReachable(box);
    const place = box.querySelector(".plot");
    if (figure !== undefined && place !== null) {
      nameDrawing(place, box.querySelector("figure"));
      this.draw(place, figure);
    }
  }

  private addText(kind: string, text: string): void {
    const last = this.element.lastElementChild;
    if (kind !== "result" && last?.className === `text ${kind}`) {
      last.append(text);
      return;
    }
    const pre = document.createElement("pre");
    pre.className = `text ${kind}`;
    pre.textContent = text;
    this.element.append(pre);
  }

  private addError({ename, evalue, traceback}: Output & {output_type: "error"}): void {
    const box = document.createElement("div");
    box.className = "error";
    const head = document.createElement("p");
    const name = document.createElement("strong");
    name.textContent = ename;
    head.append(name, `: ${evalue}`);
    box.append(head);
    if (traceback.length > 0) {
      const pre = document.createElement("pre");
      pre.textContent = traceback.join("\n");
      box.append(pre);
    }
    this.element.append(box);
  }

  private draw(place: Element, {data, layout, config}: PlotlyInput): void {
    this.drawn.push(place);
    (place as HTMLElement).style.minHeight = `${Number(layout["height"] ?? 400)}px`;
    whenVisible(place, async () => {
      await loadScript("plotly.js");
      const {Plotly} = globalThis as unknown as {Plotly: Plotly};
      const shown = place.clientWidth < NARROW ? withoutTitle(layout) : layout;
      (place as HTMLElement).style.minHeight = `${Number(shown["height"] ?? 400)}px`;
      await Plotly.react(place, data, shown, config);
      place.setAttribute("data-drawn", "");
    });
  }
}

/** The caption below says what the title says, in letters that fit a phone. */
function withoutTitle(layout: Record<string, unknown>): Record<string, unknown> {
  const margin = layout["margin"] as {t: number};
  const saved = margin.t - 40;
  const height = Number(layout["height"]) - saved;
  return {...layout, title: undefined, height, margin: {...margin, l: 56, r: 8, t: 40}};
}

/** What the drawing shows, for whoever cannot see it. A group and no image: it has buttons. */
function nameDrawing(place: Element, figure: Element | null): void {
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", figure?.getAttribute("aria-label") ?? "");
  figure?.removeAttribute("role");
  figure?.removeAttribute("aria-label");
}

/** A table that scrolls sideways must be reachable without a mouse; one that does not, need not. */
export function makeWideTablesReachable(root: ParentNode): void {
  for (const table of root.querySelectorAll<HTMLTableElement>("table")) {
    if (table.closest(".wide") !== null) continue;
    const box = document.createElement("div");
    box.className = "wide";
    table.replaceWith(box);
    box.append(table);
  }
  for (const box of root.querySelectorAll<HTMLElement>(".wide")) widths.observe(box);
}

const widths = new ResizeObserver((entries) => {
  for (const {target} of entries) {
    const box = target as HTMLElement;
    if (box.scrollWidth > box.clientWidth) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      const name = box.querySelector("caption")?.textContent ?? STRINGS.table;
      if (!box.hasAttribute("aria-label")) box.setAttribute("aria-label", name);
    } else if (box.querySelector("table") !== null) {
      box.removeAttribute("tabindex");
      box.removeAttribute("role");
      box.removeAttribute("aria-label");
    }
  }
});

function whenVisible(element: Element, act: () => void): void {
  new IntersectionObserver(([entry], observer) => {
    if (!entry?.isIntersecting) return;
    observer.disconnect();
    act();
  }).observe(element);
}
