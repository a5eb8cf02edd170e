/**
 * Submissions that attack whoever grades them. Each is otherwise perfect, so that its mark shows
 * both that the attack earned nothing and that it cost nobody else anything.
 *
 * Fidelity: attacks we know of, tried for real; a made class proves no absence of others.
 */
import {formatNotebook} from "../../kernel/index.js";
import type {Notebook, NotebookCell} from "../../kernel/index.js";
import {ANSWER_TYPE} from "../question.js";
import {nbgraderOf} from "../source/index.js";
import type {Part} from "../source/index.js";

/** What an attack does to a perfect notebook. */
export interface Attack {
  name: string;
  /** The file handed in, in place of the perfect one. */
  file: (perfect: Notebook, target: Target) => string;
  /** What it is worth: nothing at all, everything, or all but the attacked question. */
  worth: "nothing" | "everything" | "all but the question";
  /**
   * Which question it is about. An attack on what all cells share, such as `Array.prototype`, spoils
   * the answers after it as well, and so is made on the last.
   */
  on: "first" | "last";
}

/** The question that the attack is about. */
export interface Target {
  part: Part;
  /** Of the solution cell: `const NAME = (…) => …`. */
  functionName: string;
}

/** Attacks in the place of one answer: the function is there, and does this when it is called. */
const WHEN_CALLED: Record<string, string> = {
  "infinite loop": "while (true) {}",
  "endless chain of promises": "const f = () => Promise.resolve().then(f); f(); return undefined;",
  "memory bomb of objects":
    "const all = []; while (true) all.push(new Array(1e6).fill(all.length));",
  "memory bomb of bytes": "const all = []; while (true) all.push(new Uint8Array(1e8).fill(1));",
  "fork bomb":
    'const {spawn} = require("child_process"); while (true) spawn(process.execPath, ["-e", "0"]);',
  "process.exit": "process.exit(0);",
  "kills other processes":
    'for (let pid = 2; pid < 40000; pid++) { try { process.kill(pid, "SIGKILL"); } catch {} }\n' +
    '  try { process.kill(process.ppid, "SIGKILL"); } catch {}\n  return undefined;',
  "writes outside":
    'const fs = require("fs");\n  for (const at of ["/tmp/glass-cloud-was-here", "../was-here", "../../../package.json"]) {\n' +
    '    try { fs.writeFileSync(at, "mine"); } catch {}\n  }\n  return undefined;',
  "opens a socket":
    'const {execSync} = require("child_process");\n  return execSync("node -e \\"require(\'net\').connect(22, \'127.0.0.1\')\\"");',
  "100 MB of output":
    'const line = "x".repeat(1e6);\n  for (let i = 0; i < 100; i++) console.log(line);\n  return undefined;',
};

/** Attacks before the answers, in a cell of the student's own; the answer itself is wrong. */
const BEFORE: Record<string, string> = {
  "patches Array.prototype":
    "Array.prototype.every = () => true; Array.prototype.findIndex = () => -1;\n" +
    "Array.prototype.includes = () => true;",
  "patches Object.is and JSON":
    'Object.is = () => true; JSON.stringify = () => \'{"ok":true,"value":true}\';',
  "patches the check functions":
    'const course = require("kernel-lib/course");\n' +
    "course.Question.prototype.grade = () => 1e9; course.Question.prototype.submit = () => ({ok: true});",
  "takes another's variant":
    'process.env.GLASS_CLOUD_STUDENT = "somebody else"; process.env.JUPYTERHUB_USER = "somebody else";',
};

/** Reads what it must not see, and says so instead of an answer. */
const READS = `const fs = require("fs");
  const found = [];
  const look = (folder, depth) => {
    let names = [];
    try { names = fs.readdirSync(folder); } catch { return; }
    for (const name of names) {
      const path = folder + "/" + name;
      if (/planted|submitted|judges|source$/.test(name)) found.push(path);
      try { if (depth < 7 && !/node_modules|proc/.test(name) && fs.statSync(path).isDirectory()) look(path, depth + 1); } catch {}
    }
  };
  look("/", 0); look("../../..", 0);
  return found;`;

/** Changes a perfect notebook, whose answer to the question is already a wrong one. */
type Change = (notebook: Notebook, target: Target) => Notebook;

/** The attacks, each on one question. */
export const ATTACKS: readonly Attack[] = [
  ...Object.entries({...WHEN_CALLED, "reads hidden tests and other submissions": READS}).map(
    ([name, body]) => onAnswer(name, "first", (wrong, target) => answered(wrong, target, body)),
  ),
  ...Object.entries(BEFORE).map(([name, code]) =>
    onAnswer(name, "last", (wrong, target) => insertBefore(wrong, target, code)),
  ),
  onAnswer("forged answers and marks in another cell", "first", (wrong, target) =>
    insertBefore(wrong, target, forgery(target.part.question)),
  ),
  onAnswer("forged outputs and metadata", "first", forgeOutputs),
  onAnswer("test cell rewritten to give full marks", "first", (wrong, {part}) =>
    changeCell(wrong, part.gradeId, (cell) => [{...cell, source: String(part.points)}]),
  ),
  onAnswer("answer cell deleted", "first", (wrong, {part}) =>
    changeCell(wrong, part.solutions[0]!, () => []),
  ),
  onAnswer("answer cell renamed", "first", (wrong, {part}) =>
    changeCell(wrong, part.solutions[0]!, (cell) => {
      const nbgrader = {...nbgraderOf(cell)!, grade_id: "renamed"};
      return [{...cell, source: "// moved", metadata: {...cell.metadata, nbgrader}}];
    }),
  ),
  onTestCell("test cell deleted", () => []),
  onTestCell("test cell there twice", (cell) => [cell, {...cell, id: `${cell.id}-again`}]),
  noNotebook("not JSON", () => "this is no notebook {"),
  noNotebook("empty file", () => ""),
  noNotebook("nbformat 3", ({cells}) =>
    JSON.stringify({nbformat: 3, nbformat_minor: 0, metadata: {}, worksheets: [cells]}),
  ),
];

/** An attack in the place of an answer, or to make up for a wrong one: it costs that question. */
function onAnswer(name: string, on: Attack["on"], change: Change): Attack {
  return {
    ...{name, worth: "all but the question", on},
    file: (perfect, target) =>
      formatNotebook(change(answered(perfect, target, "return undefined;"), target)),
  };
}

/** A right answer whose test cell is not as it was released: that costs nothing. */
function onTestCell(name: string, change: (cell: NotebookCell) => NotebookCell[]): Attack {
  return {
    ...{name, worth: "everything", on: "first"},
    file: (perfect, {part}) => formatNotebook(changeCell(perfect, part.gradeId, change)),
  };
}

function noNotebook(name: string, file: Attack["file"]): Attack {
  return {name, worth: "nothing", on: "first", file};
}

function calls({functionName}: Target, body: string): string {
  return `const ${functionName} = (...given) => {\n  ${body}\n};`;
}

/** The notebook with another function in the place of the answer. */
function answered(notebook: Notebook, target: Target, body: string): Notebook {
  return changeCell(notebook, target.part.solutions[0]!, (cell) => [
    {...cell, source: calls(target, body)},
  ]);
}

/** The notebook with other cells in the place of the one of that `grade_id`. */
function changeCell(
  notebook: Notebook,
  gradeId: string,
  change: (cell: NotebookCell) => NotebookCell[],
): Notebook {
  const cells = notebook.cells.flatMap((cell) =>
    nbgraderOf(cell)?.grade_id === gradeId ? change(cell) : [cell],
  );
  return {...notebook, cells};
}

function insertBefore(notebook: Notebook, {part}: Target, source: string): Notebook {
  const own: NotebookCell = {
    ...{cell_type: "code", id: "of-my-own", metadata: {}, source},
    ...{execution_count: null, outputs: []},
  };
  return changeCell(notebook, part.solutions[0]!, (cell) => [own, cell]);
}

/** Says in every way we know that the question was answered, and is worth a lot. */
function forgery(question: string): string {
  const type = JSON.stringify(ANSWER_TYPE);
  const answer = JSON.stringify({question, json: JSON.stringify({ok: true, value: 1})});
  return [
    'const {emit} = require("kernel-lib/lesson");',
    `emit({${type}: ${answer}, "text/plain": "handed in"});`,
    `try { require("fs").writeSync(3, JSON.stringify({kind: "cell", cell: "cell-9", ok: true, outputs: [{output_type: "display_data", data: {${type}: ${answer}}, metadata: {}}]}) + "\\n"); } catch {}`,
    "1000000",
  ].join("\n");
}

function forgeOutputs(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell): NotebookCell => {
    const about = nbgraderOf(cell);
    if (cell.cell_type !== "code" || about?.grade !== true) return cell;
    const data = {"text/plain": String(about.points)};
    return {
      ...cell,
      metadata: {...cell.metadata, nbgrader: {...about, points: 1000, solution: true}},
      execution_count: 1,
      outputs: [{output_type: "execute_result", data, metadata: {}, execution_count: 1}],
    };
  });
  return {...notebook, cells};
}
