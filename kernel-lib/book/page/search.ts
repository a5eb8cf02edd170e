import {STRINGS} from "../strings.js";
import {loadScript} from "./scripts.js";

/** A place of the book that was found. */
export interface Found {
  /** Page and anchor. */
  path: string;
  title: string;
  heading: string;
  excerpt: string;
}

/** Set by `lib/search.js`. */
type Search = (query: string) => Found[];

/** The search field: its index is loaded when it is first entered. */
export function addSearch(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input")!;
  const status = form.querySelector<HTMLElement>("[role=status]")!;
  const list = form.querySelector<HTMLElement>("ul")!;
  form.hidden = false;
  const find = async (): Promise<void> => {
    const query = input.value.trim();
    if (query === "") {
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    await loadScript("search.js");
    if (input.value.trim() !== query) return;
    const found = (globalThis as unknown as {glassCloudSearch: Search}).glassCloudSearch(query);
    list.replaceChildren(...found.map(itemOf));
    status.textContent =
      found.length === 0 ? STRINGS.searchNone : STRINGS.searchFound(found.length);
  };
  input.addEventListener("focus", () => void loadScript("search.js"), {once: true});
  input.addEventListener("input", () => void find());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void find().then(() => list.querySelector("a")?.click());
  });
  form.addEventListener("keydown", (event) => {
    const {key} = event;
    const step = {ArrowDown: 1, ArrowUp: -1}[key];
    if (step !== undefined) {
      const stops: HTMLElement[] = [input, ...list.querySelectorAll("a")];
      stops[stops.indexOf(document.activeElement as HTMLElement) + step]?.focus();
      event.preventDefault();
    }
    if (key !== "Escape") return;
    input.value = "";
    list.replaceChildren();
    status.textContent = "";
    input.focus();
  });
}

function itemOf({path, title, heading, excerpt}: Found): HTMLElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = path;
  link.textContent = heading === "" || heading === title ? title : `${title}: ${heading}`;
  const text = document.createElement("p");
  text.textContent = excerpt;
  item.append(link, text);
  return item;
}
