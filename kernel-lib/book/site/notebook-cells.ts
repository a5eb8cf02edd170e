import {parse} from "acorn";
import {compileCell} from "../cells/compile-cell.js";
import type {CompiledCell} from "../cells/compile-cell.js";
import {mentionedNames} from "../cells/declared-names.js";
import type {CodeCell} from "../../kernel/index.js";
import {SITE_STRINGS} from "../strings.js";
import type {CellData, GuessField, Slider} from "./cell-data.js";

const WORDS = SITE_STRINGS.notebook;
const PREDICTION = "application/vnd.glass-cloud.prediction+json";

/** A knob as the notebook's metadata has it: a list of values, or steps from `min` to `max`. */
interface Knob {
  name: string;
  label: string;
  values?: number[];
  min?: number;
  max?: number;
  step?: number;
}

/**
 * What the page's script must know of the cells of one notebook.
 *
 * @throws SyntaxError if a cell does not compile, RangeError if a slider has no such number
 */
export function cellsData(cells: readonly CodeCell[]): CellData[] {
  const unavailable = new Set<string>();
  return cells.map((cell) => {
    const compiled = compileCell(cell.source);
    const recorded = whyRecorded(cell, compiled, unavailable);
    const guesses = guessFields(cell);
    const sliders = slidersOf(cell);
    for (const name of compiled.names) {
      if (recorded === undefined) unavailable.delete(name);
      else unavailable.add(name);
    }
    return {
      id: cell.id,
      ...(recorded === undefined ? {compiled} : {recorded}),
      ...(guesses.length > 0 && {guesses}),
      ...(sliders.length > 0 && {sliders}),
    };
  });
}

/** Why a cell cannot run in a browser, or undefined. */
function whyRecorded(
  cell: CodeCell,
  compiled: CompiledCell,
  unavailable: ReadonlySet<string>,
): string | undefined {
  const needsNode = compiled.imports.some(({module}) => /^node:|\/node(\/|$)/.test(module));
  if (needsNode) return WORDS.recordedNode;
  if ((cell.metadata["tags"] as string[] | undefined)?.includes("skip-execution")) {
    return WORDS.recordedTimed;
  }
  const mentioned = mentionedNames(parse(`(${compiled.code})`, {ecmaVersion: "latest"}));
  // What a cell declares itself is its own, whatever had the name before.
  compiled.names.forEach((name) => mentioned.delete(name));
  const builds = [...mentioned].some((name) => unavailable.has(name));
  return builds ? WORDS.recordedAfter : undefined;
}

/** Its `const … = undefined;`, each with the question that it answers. */
function guessFields(cell: CodeCell): GuessField[] {
  const asked = cell.outputs.flatMap((output) =>
    "data" in output && PREDICTION in output.data
      ? [output.data[PREDICTION] as {question: string; unit: string}]
      : [],
  );
  const names = [...cell.source.matchAll(/^const (\w+) = undefined;/gm)].map((match) => match[1]!);
  return asked.flatMap(({question, unit}, index) => {
    const name = names[index];
    return name === undefined ? [] : [{name, question, unit}];
  });
}

function slidersOf(cell: CodeCell): Slider[] {
  const own = cell.metadata["glass_cloud"] as {sliders?: Knob[]} | undefined;
  return (own?.sliders ?? []).map((knob) => {
    const {name, label} = knob;
    const values = knob.values ?? steps(knob);
    const match = new RegExp(`^const ${name} = ([^;\\n]*);`, "m").exec(cell.source);
    if (match === null || !values.includes(Number(match[1]))) {
      throw new RangeError(
        `Cannot make slider ${name} of cell ${cell.id}: need "const ${name} = " and one of ` +
          `${values.join(", ")}, got ${match?.[1] ?? "no such line"}`,
      );
    }
    return {name, label, values};
  });
}

function steps({min = 0, max = 0, step = 1}: Knob): number[] {
  const count = Math.round((max - min) / step);
  return Array.from({length: count + 1}, (_, index) =>
    Number((min + index * step).toPrecision(12)),
  );
}
