import type {Slider} from "../site/cell-data.js";
import type {Cell} from "./cell.js";

/** A native slider per number of the cell that can be moved; moving it runs the cell again. */
export function addSliders(cell: Cell, run: (cell: Cell) => Promise<boolean>): void {
  const group = document.createElement("div");
  group.className = "sliders";
  const shown = cell.data.sliders!.map((slider) => addSlider(slider, cell, group, rerun));
  cell.element.querySelector(".outputs")!.before(group);
  cell.element.addEventListener("reset", () => shown.forEach((show) => show()));

  let isRunning = false;
  let isOutdated = false;

  /** One run at a time, and after it one with the last position: never a queue of them. */
  async function rerun(): Promise<void> {
    isOutdated = true;
    if (isRunning) return;
    isRunning = true;
    while (isOutdated) {
      isOutdated = false;
      await run(cell);
    }
    isRunning = false;
  }
}

/** @returns a function that puts the slider where the cell's source has it */
function addSlider(
  {name, label, values}: Slider,
  cell: Cell,
  group: HTMLElement,
  rerun: () => Promise<void>,
): () => void {
  const wrapper = document.createElement("label");
  const input = document.createElement("input");
  input.type = "range";
  input.min = "0";
  input.max = String(values.length - 1);
  const output = document.createElement("output");
  output.setAttribute("aria-live", "polite");
  wrapper.append(`${label} `, input, output);
  group.append(wrapper);
  const say = (): void => {
    const text = formatValue(values[Number(input.value)]!);
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  const showSource = (): void => {
    const match = new RegExp(`^const ${name} = ([^;\\n]*);`, "m").exec(cell.source);
    input.value = String(Math.max(0, values.indexOf(Number(match?.[1]))));
    say();
  };
  showSource();
  input.addEventListener("input", () => {
    cell.setConstant(name, formatValue(values[Number(input.value)]!));
    say();
    void rerun();
  });
  return showSource;
}

/** 0.001 as 1e-3, as the cells write it. */
function formatValue(value: number): string {
  return value !== 0 && Math.abs(value) < 0.01 ? value.toExponential() : String(value);
}
