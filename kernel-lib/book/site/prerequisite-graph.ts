import {escapeHtml} from "../../plot/index.js";
import type {BookNotebook} from "./contents.js";

const BOX = {width: 236, height: 44, gapX: 52, gapY: 14};

/**
 * Which page comes after which, as a drawing whose boxes are links: from left to right by the
 * number of pages that come before.
 */
export function prerequisiteGraph(notebooks: readonly BookNotebook[], label: string): string {
  const depths = new Map<string, number>();
  const rows: number[] = [];
  const places = new Map<string, {x: number; y: number}>();
  for (const {name, comesAfter} of notebooks) {
    const before = comesAfter.map((other) => depths.get(other) ?? 0);
    const depth = before.length === 0 ? 0 : Math.max(...before) + 1;
    const row = (rows[depth] ??= 0);
    rows[depth]++;
    depths.set(name, depth);
    places.set(name, {
      x: depth * (BOX.width + BOX.gapX) + 2,
      y: row * (BOX.height + BOX.gapY) + 2,
    });
  }
  const width = rows.length * (BOX.width + BOX.gapX) - BOX.gapX + 4;
  const height = Math.max(...rows) * (BOX.height + BOX.gapY) - BOX.gapY + 4;
  const lines = notebooks.flatMap(({name, comesAfter}) =>
    comesAfter.map((other) => lineBetween(places.get(other), places.get(name)!)),
  );
  const boxes = notebooks.map((notebook) => boxOf(notebook, places.get(notebook.name)!));
  return (
    `<div class="wide"><svg class="graph" role="group" aria-label="${escapeHtml(label)}" ` +
    `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `${lines.join("")}${boxes.join("")}</svg></div>`
  );
}

function lineBetween(from: {x: number; y: number} | undefined, to: {x: number; y: number}): string {
  if (from === undefined) return "";
  const [x1, y1] = [from.x + BOX.width, from.y + BOX.height / 2];
  const [x2, y2] = [to.x, to.y + BOX.height / 2];
  const middle = (x1 + x2) / 2;
  return `<path d="M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}"/>`;
}

function boxOf({name, title}: BookNotebook, {x, y}: {x: number; y: number}): string {
  const [first = "", second = ""] = twoLines(title);
  const text = (line: string, dy: number): string =>
    `<text x="${x + 10}" y="${y + dy}">${escapeHtml(line)}</text>`;
  const words = second === "" ? text(first, 27) : text(first, 18) + text(second, 36);
  return (
    `<a href="${name}.html"><rect x="${x}" y="${y}" width="${BOX.width}" ` +
    `height="${BOX.height}" rx="4"/>${words}</a>`
  );
}

/** A title on at most two lines of the box. */
function twoLines(title: string): string[] {
  const max = 31;
  if (title.length <= max) return [title];
  const first = wholeWords(title, max);
  const rest = title.slice(first.length).trimStart();
  return [first, rest.length <= max ? rest : `${wholeWords(rest, max - 2)} …`];
}

/** As many words as fit; a part of the first if even that is too long. */
function wholeWords(text: string, max: number): string {
  const at = text.lastIndexOf(" ", max);
  return text.slice(0, at > 0 ? at : max);
}
