import type {Cell} from "./cell.js";

/**
 * Keeps what a reader wrote into the cells of this page, and brings it back: whoever follows a link
 * or reloads has lost nothing. Where the browser keeps nothing for files, the page is as it was made.
 */
export function keepEdits(cells: readonly Cell[]): void {
  const key = `glass-cloud-cells-${location.pathname.replace(/^.*\//, "")}`;
  const kept = read(key);
  for (const cell of cells) {
    const source = kept[cell.data.id];
    if (source !== undefined) cell.write(source);
    const keep = (): void => {
      if (cell.source === cell.editor.original) delete kept[cell.data.id];
      else kept[cell.data.id] = cell.source;
      write(key, kept);
    };
    cell.element.addEventListener("edit", keep);
    cell.element.addEventListener("reset", keep);
  }
}

function read(key: string): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}

function write(key: string, kept: Record<string, string>): void {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Full, or not allowed: the edits last as long as the page.
  }
}
