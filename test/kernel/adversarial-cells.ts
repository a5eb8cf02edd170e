/**
 * Cells that a kernel can easily get wrong, and what must come out of each.
 *
 * Every group can run after every other in one session: each has names of its own.
 */
import type {CodeCell} from "kernel-lib/kernel";
import {codeCell} from "../support/notebook.js";

/** What comes out of one cell; what is not named must not come. */
export interface Outcome {
  /** `text/plain` of the result. */
  result?: string;
  stdout?: string;
  stderr?: string;
  /** Class of the error. */
  ename?: string;
  /** A part of its message. */
  evalue?: string;
  /** A part of its traceback without colours, such as the line that was typed. */
  traceback?: string;
}

export interface AdversarialGroup {
  name: string;
  cells: readonly (readonly [code: string, outcome: Outcome])[];
}

const nothing: Outcome = {};
const is = (result: string): Outcome => ({result});
const prints = (stdout: string): Outcome => ({stdout});
const throws = (ename: string, evalue: string, traceback?: string): Outcome =>
  traceback === undefined ? {ename, evalue} : {ename, evalue, traceback};
const refuses = (evalue: string, traceback?: string): Outcome =>
  throws("TypeScriptError", evalue, traceback);

const VARIABLES: readonly AdversarialGroup[] = [
  {
    name: "one variable has one value, also for a closure",
    cells: [
      ["let n1 = 0; const inc1 = () => { n1++ }", nothing],
      ["n1 = 10; inc1(); n1", is("11")],
      ["inc1(); n1 += 5; n1", is("17")],
    ],
  },
  {
    name: "a closure keeps the variable it was made over when a later cell declares the name again",
    cells: [
      ["let n2 = 1; const read2 = () => n2; const write2 = (x: number) => { n2 = x }", nothing],
      ["n2 = 2; read2()", is("2")],
      ['let n2 = "two"; n2', is("'two'")],
      ["n2.length", is("3")],
    ],
  },
  {
    name: "let, const, class, function and enum are declared again as something else",
    cells: [
      ["let thing3 = 1", nothing],
      ["const thing3 = 'two'; thing3", is("'two'")],
      ["class thing3 { a = 1 }; new thing3().a", is("1")],
      ["function thing3() { return 4 }; thing3()", is("4")],
      ["enum thing3 { A = 5 }; thing3.A", is("5")],
      ["let thing3 = 6; thing3", is("6")],
    ],
  },
  {
    name: "types, interfaces and namespaces cross cells and are declared again",
    cells: [
      [
        "interface Row4 { a: number }\ntype Rows4 = Row4[]\nnamespace Space4 { export const x = 7 }",
        nothing,
      ],
      ["const rows4: Rows4 = [{a: 1}]; rows4[0].a", is("1")],
      ["type Row4 = string; const row4: Row4 = 'text'; row4", is("'text'")],
      ["const row4b: Row4 = 5", refuses("TS2322", "const row4b")],
    ],
  },
  {
    name: "a shorthand property names a variable of an earlier cell",
    cells: [
      ["const codes5 = [1, 2]; const zones5 = 3", nothing],
      ["const both5 = {codes5, zones5}; both5", is("{ codes5: [ 1, 2 ], zones5: 3 }")],
    ],
  },
  {
    name: "destructuring declares with defaults, renames, nesting and rest",
    cells: [
      [
        "const {a6, b6: {c6 = 2, ...rest6} = {} as any, ...others6} = {a6: 1, x: 9} as any",
        nothing,
      ],
      ["[a6, c6, rest6, others6]", is("[ 1, 2, {}, { x: 9 } ]")],
      ["let [d6, , e6 = 5, ...f6] = [1, 2, undefined, 4]", nothing],
      ["[d6, e6] = [e6, d6]; [d6, e6, f6]", is("[ 5, 1, [ 4 ] ]")],
    ],
  },
  {
    // A limit of tslab's declarations, kept: notebooks must also run there.
    name: "names declared in a block or a loop end with their cell, var too",
    cells: [
      ["if (true) { var v7 = 1; let l7 = 2 } for (var i7 = 0; i7 < 3; i7++) {}", nothing],
      ["v7", refuses("TS2304", "run that cell first")],
      ["typeof (globalThis as any).l7", is("'undefined'")],
    ],
  },
  {
    name: "a parameter, a local name and a label shadow a variable of the notebook",
    cells: [
      ["let s8 = 'outer'", nothing],
      ["((s8: string) => s8)('parameter')", is("'parameter'")],
      ["{ const s8 = 'block'; console.log(s8) }", prints("block\n")],
      ["s8: for (const x of [1, 2]) { for (;;) continue s8 }\ns8", is("'outer'")],
      ["({s8: 1}).s8", is("1")],
    ],
  },
  {
    name: "names that the kernel or Node use are the reader's to declare",
    cells: [
      ["const process9 = process.pid > 0; process9", is("true")],
      ["const URL = 'u'; URL", is("'u'")],
      ["const performance = 'p', window = 'w'; [performance, window]", is("[ 'p', 'w' ]")],
      ["URL + performance", is("'up'")],
      [
        "const exports9 = 1, name = 'n', undefinedLike = undefined; [exports9, name]",
        is("[ 1, 'n' ]"),
      ],
    ],
  },
  {
    name: "a function is hoisted in its cell and may call itself",
    cells: [
      [
        "const f10 = fact10(5); function fact10(n: number): number { return n < 2 ? 1 : n * fact10(n - 1) }",
        nothing,
      ],
      ["f10 + fact10(3)", is("126")],
      ["function fact10(n: number): number { return -n }; fact10(3)", is("-3")],
    ],
  },
  {
    name: "what a cell declared before it threw is there",
    cells: [
      ["let before11 = 1; throw new Error('stop'); let after11 = 2", throws("Error", "stop")],
      ["before11", is("1")],
      ["before11 = 2; before11", is("2")],
    ],
  },
  {
    name: "a constant stays constant in the next cell",
    cells: [
      ["const fixed12 = 1", nothing],
      ["fixed12 = 2", refuses("TS2588: Cannot assign to 'fixed12'", "Declare it with let")],
      ["fixed12", is("1")],
    ],
  },
];

const IMPORTS: readonly AdversarialGroup[] = [
  {
    name: "imports by name, renamed, default and as a namespace are there for later cells",
    cells: [
      [
        'import {join, basename as base13} from "node:path"\nimport fs13 from "node:fs"\nimport * as os13 from "node:os"',
        nothing,
      ],
      [
        '[join("a", "b"), base13("c/d"), typeof fs13.readFileSync, typeof os13.cpus]',
        is("[ 'a/b', 'd', 'function', 'function' ]"),
      ],
      ['import {dirname as base13} from "node:path"; base13("c/d")', is("'c'")],
    ],
  },
  {
    name: "an import of a type is erased, one for its effects runs",
    cells: [
      [
        'import type {Stats} from "node:fs"\nimport "node:events"\nlet stats14: Stats | undefined; stats14',
        nothing,
      ],
      ['import {type Dirent, existsSync} from "node:fs"; existsSync("/")', is("true")],
    ],
  },
  {
    name: "the library is imported again, and by import()",
    cells: [
      ['import {nines} from "kernel-lib/stats"', nothing],
      ['import {nines} from "kernel-lib/stats"; nines(0.001)', is("3")],
      ['const stats15 = await import("kernel-lib/stats"); stats15.nines(0.01)', is("2")],
    ],
  },
  {
    name: "a module that is not there is refused, or thrown by import()",
    cells: [
      ['import {x16} from "no-such-package"', refuses("TS2307", "A notebook may import")],
      [
        'const where16: string = "no-such-package"; await import(where16)',
        throws("Error", "no-such-package"),
      ],
    ],
  },
];

const ASYNC: readonly AdversarialGroup[] = [
  {
    name: "await stands in a block, a loop, a template and an argument",
    cells: [
      [
        "if (true) { await null; console.log('in') }\nfor (const x of [1, 2]) console.log(await x)",
        prints("in\n1\n2\n"),
      ],
      ["`${await Promise.resolve('a')}`", is("'a'")],
      [
        "const later17 = await new Promise<number>((r) => setTimeout(() => r(5), 5)); later17",
        is("5"),
      ],
    ],
  },
  {
    name: "await before a bracket is an await, not a call",
    cells: [
      ["await (async () => 18)()", is("18")],
      ["const list18 = await [1, 2]; list18", is("[ 1, 2 ]")],
    ],
  },
  {
    name: "generators, and async iterators in a function",
    cells: [
      ["function* count19() { yield 1; yield 2 }\n[...count19()]", is("[ 1, 2 ]")],
      [
        "async function* ticks19() { yield 1; yield 2 }\nasync function sum19() { let s = 0; for await (const t of ticks19()) s += t; return s }\nawait sum19()",
        is("3"),
      ],
      ["for await (const t of ticks19()) console.log(t)", prints("1\n2\n")],
    ],
  },
  {
    name: "a rejected promise is the error of the cell that awaits it",
    cells: [
      ["await Promise.reject(new RangeError('too far'))", throws("RangeError", "too far")],
      [
        "await Promise.any([Promise.reject(new Error('one'))])",
        throws("AggregateError", "All promises were rejected"),
      ],
    ],
  },
  {
    name: "a rejection nobody handles, and an error in a timer, belong to their cell",
    cells: [
      ["Promise.reject(new Error('unheard')); 1", {result: "1", ename: "Error", evalue: "unheard"}],
      [
        "setTimeout(() => { throw new TypeError('late') }, 1); await new Promise((r) => setTimeout(r, 30))",
        throws("TypeError", "late"),
      ],
      ["'still here'", is("'still here'")],
    ],
  },
  {
    name: "what a timer writes goes to the cell that set it",
    cells: [
      ["setTimeout(() => console.log('from 22'), 5)\nundefined", prints("from 22\n")],
      ["await new Promise((r) => setTimeout(r, 40)); 'waited'", is("'waited'")],
    ],
  },
];

const ERRORS: readonly AdversarialGroup[] = [
  {
    name: "values that are no errors are thrown",
    cells: [
      ["throw 'a text'", {ename: "Thrown value", evalue: "a text"}],
      ["throw undefined", {ename: "Thrown value", evalue: "undefined"}],
      ["throw null", {ename: "Thrown value", evalue: "null"}],
      ["throw Object.freeze({code: 7})", {ename: "Thrown value", evalue: "{ code: 7 }"}],
      ["throw Symbol('s')", {ename: "Thrown value", evalue: "Symbol(s)"}],
    ],
  },
  {
    name: "an error tells its cause and its parts",
    cells: [
      [
        "throw new Error('outer', {cause: new RangeError('inner')})",
        throws("Error", "outer", "RangeError: inner"),
      ],
      [
        "throw new AggregateError([new Error('first part')], 'all')",
        throws("AggregateError", "all", "first part"),
      ],
      [
        "class MyError24 extends Error { name = 'MyError24' }\nthrow new MyError24('mine')",
        throws("MyError24", "mine"),
      ],
    ],
  },
  {
    name: "an error that cannot be read is still an error",
    cells: [
      [
        "const bad25 = new Error('x'); Object.defineProperty(bad25, 'message', {get() { throw 1 }}); throw bad25",
        {ename: "Error"},
      ],
      ["throw Object.create(null)", {ename: "Thrown value"}],
      ["throw new Proxy({}, {get() { throw new Error('trap') }})", {ename: "Thrown value"}],
    ],
  },
  {
    name: "the line that threw is named although types above it are erased",
    cells: [
      [
        "interface A26 {\n  a: number;\n}\n\ntype B26 = {\n  b: string;\n};\nconst fail26 = () => {\n  throw new Error('line 9');\n};\nfail26();",
        throws("Error", "line 9", "throw new Error('line 9')"),
      ],
      ["\n\nfail26()", throws("Error", "line 9", "]:3:1")],
      [
        "const x26: A26 = {a: 1};\n(x26 as any).nothing.there",
        throws("TypeError", "reading 'there'", "line 2"),
      ],
    ],
  },
  {
    name: "a syntax error and a type error name the line",
    cells: [
      ["const ok27 = 1;\nconst broken27 = ;", refuses("TS1109", "line 2")],
      ["ok27", refuses("TS2304", "run that cell first")],
      ["\nconst n27: number = 'text'", refuses("TS2322", "line 2")],
    ],
  },
  {
    name: "endless recursion is an error like any other",
    cells: [
      [
        "const deep28 = (): number => 1 + deep28(); deep28()",
        throws("RangeError", "Maximum call stack"),
      ],
      ["1 + 1", is("2")],
    ],
  },
];

const OUTPUT: readonly AdversarialGroup[] = [
  {
    name: "the console writes to both streams",
    cells: [
      [
        "console.log('out'); console.error('err'); console.warn('warn')",
        {stdout: "out\n", stderr: "err\nwarn\n"},
      ],
      ["console.dir({a: {b: {c: {d: 1}}}}, {depth: 0})", prints("{ a: [Object] }\n")],
      [
        "console.table([{a: 1}])",
        prints(
          "┌─────────┬───┐\n│ (index) │ a │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘\n",
        ),
      ],
      ["console.log('%s has %d', 'x', 2, {y: 1})", prints("x has 2 { y: 1 }\n")],
      ["console.group('g'); console.log('in'); console.groupEnd()", prints("g\n  in\n")],
    ],
  },
  {
    name: "bytes cut inside a character come out whole",
    cells: [
      [
        "const bytes30 = new TextEncoder().encode('é🙂')\nprocess.stdout.write(bytes30.slice(0, 1)); process.stdout.write(bytes30.slice(1, 4)); process.stdout.write(bytes30.slice(4))\nundefined",
        prints("é🙂"),
      ],
    ],
  },
  {
    name: "much output comes whole and in order",
    cells: [
      [
        "for (let i = 0; i < 20000; i++) console.log(i)",
        prints(Array.from({length: 20000}, (_, i) => `${i}\n`).join("")),
      ],
      ["'after'", is("'after'")],
    ],
  },
];

const TEXT: readonly AdversarialGroup[] = [
  {
    name: "cells of nothing, comments or types say nothing",
    cells: [
      ["", nothing],
      ["   \n\t\n", nothing],
      ["// only a comment", nothing],
      ["/* a */ /* b */", nothing],
      ["type Only32 = number; interface Also32 {}", nothing],
      [";;;", nothing],
    ],
  },
  {
    name: "the last expression is the result, whatever follows it",
    cells: [
      ["let x33 = 1; x33 = 5", is("5")],
      ["x33 // a comment", is("5")],
      ["x33;;", is("5")],
      ["x33 /* a */\n\n/* b */", is("5")],
      ["x33, 6", refuses("TS2695")],
      ["if (x33) x33", nothing],
      ["const y33 = 7", nothing],
      ["undefined", nothing],
      ["null", is("null")],
    ],
  },
  {
    name: "a brace opens a block, in brackets an object",
    cells: [
      ["{a34: 1}", nothing],
      ["({a34: 1})", is("{ a34: 1 }")],
      ["{}", nothing],
    ],
  },
  {
    name: "a cell may begin with a bracket or a template, also after an import",
    cells: [
      ['import {sep as sep35} from "node:path"\n;[1, 2].length', is("2")],
      ["[1, 2].length", is("2")],
      ["(() => 3)()", is("3")],
      ["`a${1}`", is("'a1'")],
      ["/x/.test('x')", is("true")],
      ['"use strict"', is("'use strict'")],
      ["const a35 = 1\n;(a35 as number).toFixed(1)", is("'1.0'")],
    ],
  },
  {
    name: "export is refused, as in tslab; a directive does no harm",
    cells: [
      ["export const shared36 = 1", refuses("TS2323", "Leave export out")],
      ["'use strict'; var u36 = 3; u36", is("3")],
    ],
  },
  {
    name: "this at the top level is the global object, as in tslab",
    cells: [["(this as unknown) === globalThis", is("true")]],
  },
  {
    name: "every end of a line, and names in every script",
    cells: [
      ["const a38 = 1\r\nconst b38 = 2\r\na38 + b38", is("3")],
      ["const c38 = 'xyz';\u2028c38.length\u2028", is("3")],
      ["const größe38 = 1, 名38 = 2; größe38 + 名38", is("3")],
      ["const smile38 = '🙂'; [...smile38].length", is("1")],
      ["\r\n\r\nthrow new Error('crlf')", throws("Error", "crlf", "line 3")],
    ],
  },
  {
    name: "BigInt, symbols, regular expressions and markup in texts",
    cells: [
      ["2n ** 64n", is("18446744073709551616n")],
      ["Symbol.for('s39')", is("Symbol(s39)")],
      ["'<div/>'.replace(/<(.*)\\/>/, '$1')", is("'div'")],
      ["<any>1", is("1")],
    ],
  },
  {
    name: "classes with private fields, accessors, statics and decorators",
    cells: [
      [
        "class Disk40 { #used = 1; static made = 0; constructor(readonly size = 4) { Disk40.made++ } get used() { return this.#used } }",
        nothing,
      ],
      ["const disk40 = new Disk40(); [disk40.used, disk40.size, Disk40.made]", is("[ 1, 4, 1 ]")],
      ["class Disk40 { kind = 'new' }; disk40 instanceof (Disk40 as any)", is("false")],
    ],
  },
  {
    name: "a text that looks like the kernel's own variables is a text",
    cells: [
      [
        "const exports41 = 'exports.x'; `${exports41} require(\"x\") tsLastExpr`",
        is(`'exports.x require("x") tsLastExpr'`),
      ],
      ["const tsLastExpr = 5; tsLastExpr + 1", is("6")],
    ],
  },
];

export const ADVERSARIAL_GROUPS: readonly AdversarialGroup[] = [
  ...VARIABLES,
  ...IMPORTS,
  ...ASYNC,
  ...ERRORS,
  ...OUTPUT,
  ...TEXT,
];

/** The groups as cells of one notebook. */
export function adversarialCells(groups: readonly AdversarialGroup[]): CodeCell[] {
  return groups.flatMap(({name, cells}) =>
    cells.map(([source], at) => codeCell(idOf(name, at), source)),
  );
}

/** The id of a cell in that notebook: nbformat allows letters, digits, - and _. */
export function idOf(group: string, at: number): string {
  return `${group.replaceAll(/\W+/g, "-").slice(0, 55)}-c${at}`;
}
