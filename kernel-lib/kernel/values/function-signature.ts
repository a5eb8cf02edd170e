/** Longest signature that is shown. */
const MAX_SIGNATURE = 200;
/** No header is longer; the rest of a source is not looked at. */
const MAX_HEADER = 2_000;

/**
 * The line that declares a function, without its body: `function add(a, b = 1)`, `(x) =>`,
 * `class Disk extends Device`. Undefined for functions that have no source, such as `Math.max`.
 */
export function functionSignature(value: (...args: never[]) => unknown): string | undefined {
  const source = Function.prototype.toString.call(value).slice(0, MAX_HEADER);
  if (source.endsWith("{ [native code] }")) return undefined;
  const header = source.startsWith("class")
    ? source.slice(0, indexOrEnd(source, source.indexOf("{")))
    : source.slice(0, endOfParameters(source));
  const line = header.replace(/\s+/g, " ").trim();
  return line.length <= MAX_SIGNATURE ? line : `${line.slice(0, MAX_SIGNATURE - 1)}…`;
}

/** Where the parameter list ends: brackets may nest in default values and patterns. */
function endOfParameters(source: string): number {
  const arrow = /^(?:async\s+)?[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=>/u.exec(source);
  if (arrow) return arrow[0].length;
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!;
    if (character === '"' || character === "'" || character === "`") at = endOfText(source, at);
    else if ("([{".includes(character)) depth++;
    else if (")]}".includes(character) && --depth === 0 && character === ")") {
      const arrowAfter = /^\s*=>/.exec(source.slice(at + 1));
      return at + 1 + (arrowAfter?.[0].length ?? 0);
    }
  }
  return source.length;
}

/** Index of the quotation mark that closes the one at `start`. */
function endOfText(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === source[start]) return at;
  }
  return source.length;
}

function indexOrEnd(text: string, index: number): number {
  return index < 0 ? text.length : index;
}
