import type {Planted} from "./planted.js";

/** A question that is marked by hidden tests, and what they hold of an answer. */
export interface TestedQuestion {
  /** As in "q3". */
  id: string;
  title: string;
  /** Names of its hidden properties, in order. */
  properties: readonly string[];
}

const FAILS = "✗";

/**
 * Which hidden property catches which planted solution, as Markdown: one table a question, and in
 * words what no planted solution fails.
 *
 * @param problemSet name of the set, as in "ps03"
 * @throws RangeError if a planted solution is of no such question, or names no such property
 */
export function mutationTable(
  problemSet: string,
  questions: readonly TestedQuestion[],
  planted: readonly Planted[],
): string {
  for (const {question, name, fails} of planted) {
    const {properties = []} = questions.find(({id}) => id === question) ?? {};
    const unknown = fails.find((property) => !properties.includes(property));
    if (properties.length > 0 && unknown === undefined) continue;
    throw new RangeError(
      `Cannot tabulate "${name}" of ${problemSet}: need one of the hidden properties of ${question}, ` +
        `got ${unknown ?? "a question without any"}`,
    );
  }
  const tables = questions.map((question) => questionTable(question, planted));
  const properties = questions.flatMap((one) => one.properties).length;
  const head = `${planted.length} wrong solutions, ${properties} hidden properties.`;
  return [`## ${problemSet}`, head, ...tables].join("\n\n");
}

function questionTable(
  {id, title, properties}: TestedQuestion,
  planted: readonly Planted[],
): string {
  const own = planted.filter(({question}) => question === id);
  const rows = own.map(({name, fails}) => [
    name,
    ...properties.map((property) => (fails.includes(property) ? FAILS : "")),
  ]);
  const uncaught = properties.filter(
    (property) => !own.some(({fails}) => fails.includes(property)),
  );
  return [
    `### ${id} · ${title}\n`,
    rowOf(["wrong solution", ...properties]),
    `|---|${":-:|".repeat(properties.length)}`,
    ...rows.map(rowOf),
    ...(uncaught.length > 0 ? [`\nFailed by none: ${uncaught.join("; ")}.`] : []),
  ].join("\n");
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
