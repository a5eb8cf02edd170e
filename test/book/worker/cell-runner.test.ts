/** The kernel's own list of hard cells, in the book's worker; every difference has its reason. */
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Output} from "kernel-lib/kernel";
import type {LoadedScripts} from "../../../kernel-lib/book/worker/messages.js";
import {ADVERSARIAL_GROUPS} from "../../kernel/adversarial-cells.js";
import type {Outcome} from "../../kernel/adversarial-cells.js";
import {WorkerInNode} from "./worker-in-node.js";

let worker: WorkerInNode;
const own = process.listeners("unhandledRejection");

beforeAll(async () => {
  // A rejection in a cell is the worker's to tell, and no failure of this test.
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason) => worker.report("unhandledrejection", {reason}));
  worker = await WorkerInNode.start(modulesOf);
});

afterAll(() => {
  process.removeAllListeners("unhandledRejection");
  for (const listener of own) process.on("unhandledRejection", listener);
});

/** One module, in two files: the second has a name that no cell needs. */
function modulesOf(asked: readonly string[]): LoadedScripts {
  const missing = asked.find((module) => module !== "kernel-lib/stats");
  if (missing !== undefined) throw new Error(`Cannot import "${missing}" in the book`);
  return {
    modules: {
      "kernel-lib/stats/nines.js":
        "function (require, exports) { exports.nines = (p) => require('./log.js').log(p) }",
      "kernel-lib/stats/log.js":
        "function (require, exports) { exports.log = (p) => -Math.log10(p) }",
    },
    namespaces: {
      "kernel-lib/stats": {
        nines: "kernel-lib/stats/nines.js",
        unused: "kernel-lib/stats/unused.js",
      },
    },
  };
}

interface Difference {
  why: string;
  /** What comes in the book. */
  outcome: Outcome;
}

const differ = (why: string, outcome: Outcome, ...sources: string[]): [string, Difference][] =>
  sources.map((source) => [source, {why, outcome}]);

const UNCHECKED = "no types are checked";
const NO_NODE = "a browser has nothing of Node";
const NO_CONSOLE = "goes to the browser's console: cells print by log, info, debug, warn and error";
const LATE = "a worker cannot tell which cell a timer is of: what is late goes to the last cell";

/** Source of a cell → what is otherwise in the book. */
const DIFFERENCES: ReadonlyMap<string, Difference> = new Map([
  ...differ(
    "namespaces are refused, in words",
    {ename: "SyntaxError"},
    "interface Row4 { a: number }\ntype Rows4 = Row4[]\nnamespace Space4 { export const x = 7 }",
  ),
  ...differ(UNCHECKED, {}, "const row4b: Row4 = 5", "\nconst n27: number = 'text'"),
  ...differ(UNCHECKED, {result: "2"}, "fixed12 = 2", "fixed12"),
  ...differ(UNCHECKED, {result: "6"}, "x33, 6"),
  ...differ(UNCHECKED, {ename: "ReferenceError", evalue: "ok27 is not defined"}, "ok27"),
  ...differ("only types forbid a var of an earlier cell's block", {result: "1"}, "v7"),
  ...differ("export is dropped: only types forbid it", {}, "export const shared36 = 1"),
  ...differ(
    "the parser is another, and names the line in its message",
    {ename: "SyntaxError", evalue: "Unexpected token (line 2)"},
    "const ok27 = 1;\nconst broken27 = ;",
  ),
  ...differ(
    "only the line of the cell that ran is shown",
    {ename: "Error", evalue: "line 9", traceback: "line 3: fail26()"},
    "\n\nfail26()",
  ),
  ...differ(
    "a module is asked for when the cell runs",
    {ename: "Error", evalue: 'Cannot import "no-such-package" in the book'},
    'import {x16} from "no-such-package"',
  ),
  ...differ(
    NO_NODE,
    {ename: "ReferenceError"},
    "const process9 = process.pid > 0; process9",
    '[join("a", "b"), base13("c/d"), typeof fs13.readFileSync, typeof os13.cpus]',
    "const bytes30 = new TextEncoder().encode('é🙂')\nprocess.stdout.write(bytes30.slice(0, 1)); process.stdout.write(bytes30.slice(1, 4)); process.stdout.write(bytes30.slice(4))\nundefined",
  ),
  ...differ(
    NO_NODE,
    {ename: "Error"},
    'import {join, basename as base13} from "node:path"\nimport fs13 from "node:fs"\nimport * as os13 from "node:os"',
    'import {dirname as base13} from "node:path"; base13("c/d")',
    'import type {Stats} from "node:fs"\nimport "node:events"\nlet stats14: Stats | undefined; stats14',
    'import {type Dirent, existsSync} from "node:fs"; existsSync("/")',
    'import {sep as sep35} from "node:path"\n;[1, 2].length',
  ),
  ...differ(
    NO_CONSOLE,
    {},
    "console.dir({a: {b: {c: {d: 1}}}}, {depth: 0})",
    "console.table([{a: 1}])",
  ),
  ...differ(
    NO_CONSOLE,
    {stdout: "in\n"},
    "console.group('g'); console.log('in'); console.groupEnd()",
  ),
  ...differ(LATE, {}, "setTimeout(() => console.log('from 22'), 5)\nundefined"),
  ...differ(
    LATE,
    {stdout: "from 22\n", result: "'waited'"},
    "await new Promise((r) => setTimeout(r, 40)); 'waited'",
  ),
]);

/** Runs a cell, and waits for what comes late without a timer. */
async function outcomeOf(source: string, wanted: Outcome): Promise<Outcome> {
  const {outputs} = await worker.run(source);
  await new Promise((resolve) => setImmediate(resolve));
  return outputs.reduce((outcome, output) => addTo(outcome, output, wanted), {} as Outcome);
}

/** Of an error only what the wanted outcome names; parts are enough. */
function addTo(outcome: Outcome, output: Output, wanted: Outcome): Outcome {
  if (output.output_type === "stream") {
    return {...outcome, [output.name]: (outcome[output.name] ?? "") + output.text};
  }
  if (output.output_type !== "error") {
    return {...outcome, result: String(output.data["text/plain"])};
  }
  const {ename, evalue} = output;
  const traceback = output.traceback.join("\n");
  return {
    ...{...outcome, ename},
    ...(wanted.evalue !== undefined && {evalue: partOr(wanted.evalue, evalue)}),
    ...(wanted.traceback !== undefined && {traceback: partOr(wanted.traceback, traceback)}),
  };
}

function partOr(part: string, whole: string): string {
  return whole.includes(part) ? part : whole;
}

describe("CellRunner", () => {
  it.each(ADVERSARIAL_GROUPS.map(({name, cells}) => [name, cells] as const))(
    "holds as the kernel does: %s",
    async (_, cells) => {
      for (const [source, kernels] of cells) {
        const difference = DIFFERENCES.get(source);
        const wanted = difference?.outcome ?? kernels;
        expect(await outcomeOf(source, wanted), source).toEqual(wanted);
      }
    },
  );

  it("lists no difference that is none, and none of a cell that is gone", () => {
    const kernels = new Map(ADVERSARIAL_GROUPS.flatMap(({cells}) => cells));
    for (const [source, {outcome}] of DIFFERENCES) {
      expect(kernels.get(source), source).toBeDefined();
      expect(outcome, source).not.toEqual(kernels.get(source));
    }
  });

  it("says of a namespace what to do instead, and on which line it stands", async () => {
    const {outputs, ok} = await worker.run("1\nnamespace Space { export const x = 7 }");
    const evalue = "The book runs no namespace: use an object or functions (line 2)";
    expect(outputs).toMatchObject([{ename: "SyntaxError", evalue}]);
    expect(ok).toBe(false);
  });

  it("gives every name to the reader, also those by which it works itself", async () => {
    const source =
      "const run = 1, performance = 2, URL = 3, Blob = 4, postMessage = 5, importScripts = 6;\n" +
      "console.log(run + performance + URL + Blob + postMessage + importScripts)";
    expect(await outcomeOf(source, {})).toEqual({stdout: "21\n"});
    expect(await outcomeOf("let later42 = 7; later42 + run", {})).toEqual({result: "8"});
    expect(await outcomeOf("function run() { return 9 }\nrun()", {})).toEqual({result: "9"});
  });

  it("sends at once what is printed after the cell has ended", async () => {
    const late =
      "void (async () => { for (let i = 0; i < 200; i++) await null; " +
      "console.log('a'); console.log('b'); console.error('c') })()";
    expect(await outcomeOf(late, {})).toEqual({stdout: "a\nb\n", stderr: "c\n"});
  });

  it("shows an error whatever it consists of, and the next cell runs", async () => {
    const odd =
      "const odd43 = new Error('x'); odd43.message = () => 1; odd43.cause = odd43; throw odd43";
    expect(await outcomeOf(odd, {evalue: ""})).toEqual({ename: "Error", evalue: ""});
    const nothing = "const none43 = new Error('x'); none43.name = undefined; throw none43";
    expect(await outcomeOf(nothing, {evalue: "x"})).toEqual({ename: "Error", evalue: "x"});
    const proxy = "throw new Proxy({}, {getPrototypeOf() { throw 1 }, ownKeys() { throw 2 }})";
    expect(await outcomeOf(proxy, {})).toEqual({ename: "Thrown value"});
    expect(await outcomeOf("1", {})).toEqual({result: "1"});
  });

  it("shows a function with the name and the parameters that were typed", async () => {
    const {outputs} = await worker.run("function area44(a, b = 1) { return a * b }\narea44");
    const text = String((outputs[0] as {data: Record<string, unknown>}).data["text/plain"]);
    expect(text.replaceAll("\u200c", "")).toBe("[Function: area44]\nfunction area44(a, b = 1)");
  });

  it("stops printing at a limit, and says so", async () => {
    const {outputs} = await worker.run("for (let i = 0; i < 30000; i++) console.log('0123456789')");
    const text = outputs.map((output) => (output as {text: string}).text).join("");
    expect(text.length).toBeLessThan(201_000);
    expect(text.endsWith("… the rest is not shown\n")).toBe(true);
  });
});
