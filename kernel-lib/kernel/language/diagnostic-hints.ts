/**
 * What to do about a diagnostic, where TypeScript's own message does not say it.
 *
 * Most are for readers who come from Python, or who do not know what a notebook may import. Each was
 * found by giving the cell in `test/kernel/diagnostic-hints.test.ts` to tslab's compiler.
 */

/** A diagnostic and where it stands. */
export interface DiagnosticContext {
  /** TypeScript's number, such as 2304. */
  code: number;
  message: string;
  /** The part of the source that is meant. */
  span: string;
  /** The whole line on which it begins. */
  line: string;
  /** The line above, where an unfinished statement may have begun. */
  lineBefore: string;
}

/** Names that Python has and JavaScript has not. */
const PYTHON_NAMES: Record<string, string> = {
  print: "Write console.log(x); the cell's last expression is shown without it.",
  None: "Write null or undefined.",
  True: "Write true.",
  False: "Write false.",
  len: "Write x.length for arrays and strings, x.size for maps and sets.",
  elif: "Write else if (condition) { … }.",
  def: "Write function name(x) { … }.",
  lambda: "Write (x) => expression.",
  and: "Write && for and.",
  or: "Write || for or.",
  not: "Write ! for not; !list.includes(x) for not in.",
  is: "Write === for is.",
  self: "Write this.",
  pass: "An empty block is { }: leave pass out.",
  raise: 'Write throw new Error("…").',
  assert: 'Write if (!condition) throw new Error("…").',
  except: "Write try { … } catch (error) { … }.",
  del: "Write delete object.key; a variable cannot be deleted.",
  nonlocal: "Leave it out: an inner function sees the outer variables.",
  range: "Write for (let i = 0; i < n; i++) { … }.",
  window: "Cells run in Node, where there is no browser window.",
  document: "Cells run in Node, where there is no page; show a figure with show(figure).",
  from: 'Write import {name} from "module".',
  matplotlib: "There are no magic commands: cells are TypeScript.",
  pip: "There are no shell commands in a cell.",
};

/** Python's types, in an annotation or as a call: a variable may well have such a name. */
const PYTHON_TYPES: Record<string, string> = {
  str: "The type is string; String(x) converts.",
  int: "The type is number; Math.trunc(Number(x)) converts.",
  float: "The type is number; Number(x) converts.",
  bool: "The type is boolean; Boolean(x) converts.",
  list: "The type is number[], string[] …; [...x] makes an array.",
  dict: "Use {name: value} or new Map().",
};

/** Methods of Python's strings, lists and dictionaries. */
const PYTHON_METHODS: Record<string, string> = {
  append: "Write list.push(x).",
  extend: "Write list.push(...others).",
  insert: "Write list.splice(index, 0, x).",
  remove: "Write list.splice(list.indexOf(x), 1).",
  index: "Write list.indexOf(x).",
  upper: "Write text.toUpperCase().",
  lower: "Write text.toLowerCase().",
  strip: "Write text.trim().",
  startswith: "Write text.startsWith(x).",
  endswith: "Write text.endsWith(x).",
  items: "Write Object.entries(object), or map.entries().",
  keys: "Write Object.keys(object).",
  values: "Write Object.values(object).",
  format: "Write a template: `${value} and text`.",
};

/** Methods that came after ES2022, with what did the same before. */
const LATER_THAN_ES2022: Record<string, string> = {
  toSorted: "copy, then sort: [...list].sort(order)",
  toReversed: "copy, then reverse: [...list].reverse()",
  toSpliced: "copy, then splice: const copy = [...list]",
  with: "copy, then assign: const copy = [...list]; copy[i] = x",
  findLast: "[...list].reverse().find(test)",
  findLastIndex: "write a loop from the end",
  groupBy: "fill a Map in a loop, or use arquero's groupby",
  withResolvers: "new Promise((resolve, reject) => { … })",
  union: "new Set([...a, ...b])",
  intersection: "new Set([...a].filter((x) => b.has(x)))",
  difference: "new Set([...a].filter((x) => !b.has(x)))",
};

/** Of a name that nothing is known about. */
export const UNKNOWN_NAME: string =
  "If another cell declares it, run that cell first: a cell that did not compile declares nothing.";

type Rule = (context: DiagnosticContext) => string | undefined | false;

/** Any failure to read the text: TypeScript's numbers below 2000 are about grammar. */
const isSyntax = ({code}: DiagnosticContext): boolean => code < 2000;

/** The first that answers is taken: forms of a whole line before single names. */
const RULES: readonly Rule[] = [
  ({line, lineBefore, message}) =>
    (/'=' expected/.test(message) || /private name ''/.test(message)) &&
    [line, lineBefore].some((text) => /^\s*import\s+\w+\s*$/.test(text)) &&
    'Write import * as name from "module"; Math needs no import.',
  ({code, span}) =>
    code === 1127 && span.startsWith("#") && "A comment begins with //, not with #.",
  ({line}) => /^\s*%/.test(line) && PYTHON_NAMES["matplotlib"],
  ({line}) => /^\s*!\s*(pip|npm|ls|cd|cat)\b/.test(line) && PYTHON_NAMES["pip"],
  (at) =>
    isSyntax(at) &&
    /\[.+\bfor\b.+\bin\b.+\]/.test(at.line) &&
    "Write list.map((x) => …) or list.filter((x) => …) for a list comprehension.",
  (at) =>
    isSyntax(at) &&
    /^\s*for\s+[\w, ]+\s+in\b/.test(at.line) &&
    "Write for (const x of list) { … }.",
  (at) => isSyntax(at) && /^\s*def\s/.test(at.line) && PYTHON_NAMES["def"],
  (at) => isSyntax(at) && /^\s*elif\b/.test(at.line) && PYTHON_NAMES["elif"],
  (at) =>
    isSyntax(at) &&
    /^\s*(if|elif|else|while|for|try|except|finally|with|class)\b.*:\s*(#.*|\/\/.*)?$/.test(
      at.line,
    ) &&
    "A block stands in braces: if (condition) { … }, without a colon.",
  (at) => isSyntax(at) && /^\s*from\s+[\w.]+\s+import\b/.test(at.line) && PYTHON_NAMES["from"],
  (at) => isSyntax(at) && /\blambda\b/.test(at.line) && PYTHON_NAMES["lambda"],
  (at) => isSyntax(at) && /[=(,]\s*.+\sif\s.+\selse\s/.test(at.line) && "Write condition ? a : b.",
  (at) =>
    isSyntax(at) && /\[\s*-?\w*\s*:\s*-?\w*\s*\]/.test(at.line) && "Write list.slice(from, to).",
  (at) =>
    isSyntax(at) && /"""|'''/.test(at.line) && "A text of several lines stands in `backticks`.",
  (at) => isSyntax(at) && /:=/.test(at.line) && "Write = to assign.",
  ({code, line, span}) =>
    (code === 1434 || code === 2304) &&
    /^[fFrRbB]$/.test(span) &&
    /\b[fFrRbB]["']/.test(line) &&
    "Write a template in backticks: `text ${value}`.",
  ({code, line}) =>
    (code === 1005 || code === 2695) &&
    /^\s*\{\s*["'\w]+\s*:/.test(line) &&
    "A { at the start of a statement opens a block: write ({key: value}).",
  (at) =>
    isSyntax(at) &&
    /^\s*(const|let|var)\s*\(/.test(at.line) &&
    "Write const [a, b] = pair to take apart an array.",
  pythonName,
  method,
  ({code, message}) => {
    const name = code === 2307 && /module '([^']*)'/.exec(message)?.[1];
    return typeof name === "string" && moduleHint(name);
  },
  ({code}) => code === 2588 && "Declare it with let if it shall change.",
  ({code}) => code === 2451 && "Declare a name once in a cell; another cell may declare it again.",
  ({code}) => code === 2323 && "Leave export out: later cells see every name of a cell.",
  ({code}) => code === 1308 && "Write async before the function that awaits.",
  ({code}) => code === 1108 && "Leave return out: a cell shows its last expression.",
  ({message}) =>
    /Type 'Promise<|on type 'Promise</.test(message) && "It is a promise: await it first.",
  ({code, line}) =>
    (code === 2362 || code === 2363) &&
    /\bfor\s*\(\s*(const|let|var)\s+\w+\s+in\b/.test(line) &&
    "for … in goes through the keys, as strings: write for (const x of list).",
  ({code, message}) =>
    (code === 2365 || code === 2367) &&
    /\d+n'|'bigint'/.test(message) &&
    "BigInt and number do not mix: write 1n, or convert with Number(x) or BigInt(x).",
  ({code}) => code === 17006 && "Write (-x) ** 2 or -(x ** 2).",
  ({code, message}) =>
    /using private name '[^']/.test(message) &&
    code >= 4000 &&
    code < 4100 &&
    "Give the variable a type that can be named here.",
  ({code}) => (code === 2304 || code === 2552) && UNKNOWN_NAME,
];

/** What to do about it, as one sentence or two; undefined where TypeScript's message is enough. */
export function hintFor(context: DiagnosticContext): string | undefined {
  for (const rule of RULES) {
    const hint = rule(context);
    if (typeof hint === "string") return hint;
  }
  return undefined;
}

/** Own keys only: a reader may have a variable named `constructor`. */
function lookUp(table: Record<string, string>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function pythonName({code, message, span, line}: DiagnosticContext): string | undefined {
  if (![1005, 1434, 1435, 2304, 2552, 2584, 2670].includes(code)) return undefined;
  const name = /^\w+$/.test(span) ? span : (/name '(\w+)'/.exec(message)?.[1] ?? "");
  const isType = new RegExp(`[:<]\\s*${name}\\b|\\b${name}\\s*\\(`).test(line);
  return lookUp(PYTHON_NAMES, name) ?? (isType ? lookUp(PYTHON_TYPES, name) : undefined);
}

/** Only of what the language itself made: a reader's own class may lack a method of that name. */
function method({code, message, span}: DiagnosticContext): string | undefined {
  if (code !== 2339 && code !== 2550 && code !== 2551) return undefined;
  const type = /on type '(?:readonly )?(.*?)'/.exec(message)?.[1] ?? "";
  if (!/\[\]$|^(string|"|\{|Map<|Set<|\w+Array$|\w+Constructor$)/.test(type)) return undefined;
  const later = lookUp(LATER_THAN_ES2022, span);
  if (later !== undefined)
    return `${span} is newer than ES2022, which tslab knows. Before: ${later}.`;
  return lookUp(PYTHON_METHODS, span);
}

function moduleHint(name: string): string {
  if (name.startsWith(".") || name.startsWith("/")) {
    return "A notebook imports packages by name, not files: kernel-lib/<area>, arquero, mathjs.";
  }
  if (name.startsWith("kernel-lib")) {
    return 'Import an area of the library, such as "kernel-lib/sim".';
  }
  return "A notebook may import kernel-lib/<area>, arquero, mathjs, tslab and Node's own modules.";
}
