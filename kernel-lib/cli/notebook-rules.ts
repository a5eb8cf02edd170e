/**
 * The rules of a notebook as a program. Each rule takes the notebook and returns what is wrong, in
 * words that say what to do. `npm run lint:notebooks` runs them all.
 */
import type {CodeCell, Notebook, Output} from "../kernel/index.js";
import {BUDGETS} from "./notebook-budgets.js";
import type {Budget, NotebookKind} from "./notebook-budgets.js";
import {STATIC_IMAGE_SLOT} from "../plot/index.js";

/** Marks what a stub of `npm run new:chapter` leaves to be written. */
export const PLACEHOLDER = "⟨";

const MODULES = /^(kernel-lib\/[\w/-]+|arquero|mathjs|tslab)$/;
const CLOCK_AND_CHANCE = /Math\.random|Date\.now|new Date\b|performance\.now/;
/** A loop that starts in the first column runs hundreds of times slower under tslab. */
const TOP_LEVEL_LOOP = /^(for|while|do)\b/m;
/** What a Python reader would have to learn first; allowed in section "build" alone. */
const DIALECT =
  /\bclass\s|function\*|\byield\b|\.reduce(?:Right)?\(|\bas\s+(?:any|const|unknown)\b|\bsatisfies\b|\benum\s|\binterface\s|\btype\s+\w+\s*=|\bkeyof\b|<[A-Z]\w*>\(/;
/** What JupyterLab shows beside a side bar without scrolling. */
const MAX_COLUMNS = 95;

/** Everything that is wrong with a notebook, empty if nothing is. */
export function notebookProblems(notebook: Notebook, fileBytes: number): string[] {
  const {kind} = (notebook.metadata["glass_cloud"] ?? {}) as {kind?: NotebookKind};
  if (kind === undefined || !(kind in BUDGETS)) {
    return [`metadata.glass_cloud.kind must be one of ${Object.keys(BUDGETS).join(", ")}`];
  }
  const budget = BUDGETS[kind];
  const code = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  return [
    ...form(notebook, budget),
    ...size(notebook, code, budget, fileBytes),
    ...imports(code),
    ...code.flatMap(dialect),
    ...code.flatMap(outputs),
    ...code.flatMap((cell, index) => folding(cell, code.slice(0, index))),
    ...whatNext(notebook),
    ...figures(code, budget),
  ];
}

function form(notebook: Notebook, {sections, gaspWithin}: Budget): string[] {
  const ids = notebook.cells.map((cell) => cell.id);
  const kernel = (notebook.metadata["kernelspec"] as {name?: string} | undefined)?.name;
  const at = sections.map((section) => ids.indexOf(section));
  const missing = sections.filter((_, index) => at[index]! < 0);
  const present = at.filter((position) => position >= 0);
  const last = notebook.cells.at(-1);
  const header = notebook.cells[0]?.source ?? "";
  return [
    ...(kernel === "tslab" ? [] : [`the kernelspec must be "tslab", got "${kernel}"`]),
    ...missing.map((section) => `section "${section}" is missing (a cell with that id)`),
    ...(present.every((position, i) => i === 0 || position > present[i - 1]!)
      ? []
      : [`sections must come in this order: ${sections.join(", ")}`]),
    ...(new Set(ids).size === ids.length ? [] : ["two cells have the same id"]),
    ...ids.filter((id) => !/^[a-z][a-z0-9-]*$/.test(id)).map((id) => `cell id "${id}" is no word`),
    ...(/\d+ minutes/.test(header) ? [] : ["the header must say how many minutes it takes"]),
    ...(ids.indexOf("gasp") <= ids.length * gaspWithin
      ? []
      : [`the gasp comes too late: cell ${ids.indexOf("gasp") + 1} of ${ids.length}`]),
    ...(last?.id === "golden" && last.source.includes("expectNear(")
      ? []
      : ['the last cell must be "golden" and call expectNear']),
    ...notebook.cells
      .filter((cell) => cell.source.includes(PLACEHOLDER))
      .map((cell) => `cell ${cell.id}: a placeholder ${PLACEHOLDER}…⟩ is still to be written`),
  ];
}

function size(notebook: Notebook, code: CodeCell[], budget: Budget, fileBytes: number): string[] {
  const lines = code.map((cell) => cell.source.split("\n").length).sort((a, b) => a - b);
  const median = lines[Math.floor((lines.length - 1) / 2)] ?? 0;
  const prose = notebook.cells.filter((cell) => cell.cell_type === "markdown");
  const words = prose.flatMap((cell) => cell.source.split(/\s+/).filter(Boolean)).length;
  const claimed = new Set(code.flatMap((cell) => cell.source.match(/claim\("[^"]+"\)/g) ?? []));
  return [
    ...atMost("cells", notebook.cells.length, budget.cells),
    ...atMost("code cells", code.length, budget.codeCells),
    ...atMost("lines in the median code cell", median, budget.medianLines),
    ...atMost("lines in the longest code cell", lines.at(-1) ?? 0, budget.longestLines),
    ...atMost("claims", claimed.size, budget.claims),
    ...atMost("bytes in the file", fileBytes, budget.fileBytes),
    ...within("words", words, budget.words),
  ];
}

function imports(code: CodeCell[]): string[] {
  const importing = code.filter((cell) => /^import\b/m.test(cell.source));
  const modules = importing.flatMap((cell) => [...cell.source.matchAll(/from "([^"]+)"/g)]);
  const first = importing[0];
  return [
    ...(importing.length === 1 ? [] : [`need exactly one imports cell, got ${importing.length}`]),
    ...(first !== undefined && /^(import [^;]*;\n?)+$/.test(first.source)
      ? []
      : ["the imports cell must hold imports and nothing else"]),
    ...modules
      .map((match) => match[1]!)
      .filter((name) => !MODULES.test(name))
      .map((name) => `"${name}" may not be imported in a notebook`),
  ];
}

function dialect(cell: CodeCell): string[] {
  const tags = (cell.metadata["tags"] as string[] | undefined) ?? [];
  const timed = !tags.includes("skip-execution") && CLOCK_AND_CHANCE.exec(cell.source);
  const trick = !cell.id.startsWith("build") && DIALECT.exec(cell.source);
  const long = cell.source.split("\n").filter((line) => line.length > MAX_COLUMNS);
  return [
    ...(timed ? [`${timed[0]} needs the tag skip-execution; draw chance from Random(seed)`] : []),
    ...(TOP_LEVEL_LOOP.test(cell.source) ? ["a loop outside a function"] : []),
    ...(trick ? [`"${trick[0]}" is no part of the cell dialect outside section build`] : []),
    ...long.map((line) => `a line of ${line.length} columns, at most ${MAX_COLUMNS}`),
  ].map((problem) => `cell ${cell.id}: ${problem}`);
}

function outputs(cell: CodeCell): string[] {
  const texts = cell.outputs.map((output) => JSON.stringify(output));
  const failed = cell.outputs.some(
    (output) => output.output_type === "error" || isStream(output, "stderr"),
  );
  return [
    ...(cell.execution_count === null ? ["was not run: npm run bake"] : []),
    ...(failed ? ["has an error or stderr output"] : []),
    ...(texts.some((text) => /(?:\/home\/|\/Users\/|\/work\/|\/tmp\/|[A-Z]:\\\\)/.test(text))
      ? ["shows a path of the machine it ran on"]
      : []),
    ...(texts.some((text) => text.includes(STATIC_IMAGE_SLOT))
      ? ["has a figure without static image: npm run bake, or git restore notebooks"]
      : []),
  ].map((problem) => `cell ${cell.id}: ${problem}`);
}

/**
 * An executed notebook must not spoil its question: what follows a predict is folded, and what
 * comes later and tells the answer may be.
 */
function folding(cell: CodeCell, earlier: readonly CodeCell[]): string[] {
  const asks = (each: CodeCell | undefined): boolean => /\bpredict\(/.test(each?.source ?? "");
  const jupyter = cell.metadata["jupyter"] as {outputs_hidden?: boolean} | undefined;
  const folded = jupyter?.outputs_hidden === true;
  if (asks(earlier.at(-1))) {
    return folded
      ? spoilers(cell)
      : [`cell ${cell.id}: follows a predict, so its outputs must be folded (outputs_hidden)`];
  }
  return folded && !earlier.some(asks)
    ? [`cell ${cell.id}: is folded, but follows no predict`]
    : [];
}

/** A reader who is through must not stand before a wall. */
function whatNext({cells}: Notebook): string[] {
  const says = cells.some((cell) => /\*\*Next:\*\* .*\]\(/.test(cell.source));
  return says ? [] : ['no "**Next:**" with a link says where to go from here'];
}

/** What a reader sees of a folded cell before the guess: its source, and the output's first line. */
function spoilers(cell: CodeCell): string[] {
  const typed = /\b(title|alt):\s*["']/.test(cell.source);
  const [first] = cell.outputs;
  const html = first?.output_type === "display_data" ? String(first.data["text/html"] ?? "") : "";
  const line = html.split("\n").find((each) => each !== "") ?? "";
  return [
    ...(typed ? ["title and alt after a predict must be built from the values: `…${x}…`"] : []),
    ...(/\d/.test(line) ? ["JupyterLab shows the first line of the folded output: " + line] : []),
  ].map((problem) => `cell ${cell.id}: ${problem}`);
}

function figures(code: CodeCell[], budget: Budget): string[] {
  const drawn = code.flatMap((cell) =>
    cell.outputs.flatMap((output) => {
      const plotly = "data" in output && output.data["application/vnd.plotly.v1+json"];
      return plotly ? [{cell, layout: (plotly as {layout: FigureLayout}).layout}] : [];
    }),
  );
  return [
    ...within("figures", drawn.length, budget.figures),
    ...drawn
      .filter(({layout}) => layout.title.text.split(" ").length < 4)
      .map(({cell}) => `cell ${cell.id}: the figure's title must be a sentence`),
    ...drawn
      .filter(({layout}) => !hasUnit(layout.xaxis) || !hasUnit(layout.yaxis))
      .map(({cell}) => `cell ${cell.id}: a numeric axis needs its unit in brackets`),
  ];
}

interface FigureAxis {
  type?: string;
  title: {text: string};
}

interface FigureLayout {
  title: {text: string};
  xaxis: FigureAxis;
  yaxis: FigureAxis;
}

function hasUnit(axis: FigureAxis): boolean {
  return axis.type === "category" || /\(.+\)/.test(axis.title.text);
}

function isStream(output: Output, name: string): boolean {
  return output.output_type === "stream" && output.name === name;
}

function atMost(what: string, actual: number, limit: number): string[] {
  return actual <= limit ? [] : [`${actual} ${what}, at most ${limit}`];
}

function within(what: string, actual: number, [low, high]: readonly [number, number]): string[] {
  return actual >= low && actual <= high ? [] : [`${actual} ${what}, need ${low} to ${high}`];
}
