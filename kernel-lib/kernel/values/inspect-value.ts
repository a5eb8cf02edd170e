/**
 * A value as text, as `console.log` would print it, but never at any price.
 *
 * Node's `util.inspect` limits depth, arrays and strings, but not the product of them, nor the number
 * of an object's properties. Here the depth falls until what would be visited fits a budget.
 */
import {inspect, types} from "node:util";

/** Deepest nesting that is shown, if the budget allows; `console.log` shows 2. */
const MAX_DEPTH = 4;
/** Most values that one text may visit: some tens of milliseconds. */
const MAX_VISITS = 20_000;
/** A proxy's target cannot be looked at without running its traps, so it counts as this many. */
const PROXY_VISITS = 300;
const MAX_ELEMENTS = 100;
const MAX_PROPERTIES = 200;
const MAX_TEXT = 100_000;
/** A text alone may be longer than one inside an object. */
const MAX_STRING = 10_000;
const CUSTOM = inspect.custom;

const OPTIONS = {
  // 80 columns, as `console.log`: the same value looks the same in both.
  breakLength: 80,
  maxArrayLength: MAX_ELEMENTS,
  maxStringLength: 1_000,
  // A getter may be slow, may throw, and may change what it shows.
  getters: false,
} as const;

/** The value as text; never throws, and hardly costs more for a large value. */
export function inspectValue(value: unknown): string {
  const text = isObject(value)
    ? inspectObject(value)
    : inspectSafely(value, 0, {maxStringLength: MAX_STRING});
  return cutText(text, MAX_TEXT);
}

/** The value on one line of at most `maxLength` characters, for the cell of a table. */
export function inspectBriefly(value: unknown, maxLength: number): string {
  if (typeof value === "string") return cutLine(inspect(value.slice(0, maxLength + 1)), maxLength);
  const depth = isObject(value) ? affordableDepth(value, 1, 200) : 0;
  if (depth < 0) return `[${className(value as object)}]`;
  return cutLine(inspectSafely(value, depth, {breakLength: Infinity}), maxLength);
}

/** Name of the class whose instance an object is, without running code of its own. */
export function className(value: object): string {
  if (types.isProxy(value)) return "Proxy";
  for (
    let at: object | null = value;
    at !== null;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    if (types.isProxy(at)) break;
    const maker = Object.getOwnPropertyDescriptor(at, "constructor")?.value as unknown;
    if (typeof maker !== "function" || types.isProxy(maker)) continue;
    const name = Object.getOwnPropertyDescriptor(maker, "name")?.value as unknown;
    if (typeof name === "string" && name !== "") return name;
  }
  return "Object";
}

/** Whether the object says itself how `util.inspect` shall print it. */
export function hasCustomInspect(value: object): boolean {
  try {
    return typeof (value as {[CUSTOM]?: unknown})[CUSTOM] === "function";
  } catch {
    return false;
  }
}

/** `… 3 more rows`, `… 1 more row`. */
export function moreOf(count: number, noun: string, plural: string = `${noun}s`): string {
  return `… ${count.toLocaleString("en-US")} more ${count === 1 ? noun : plural}`;
}

/** What a thrown value says, whatever it is. */
export function messageOf(thrown: unknown): string {
  try {
    if (types.isNativeError(thrown)) return `${thrown.name}: ${thrown.message}`;
    return inspect(thrown, {depth: 0});
  } catch {
    return "something that cannot be shown was thrown";
  }
}

function inspectObject(value: object): string {
  if (types.isNativeError(value)) return withoutFrames(inspectSafely(value, MAX_DEPTH));
  const keys = propertiesIfMany(value);
  const shown = keys === undefined ? value : withProperties(value, keys.slice(0, MAX_ELEMENTS));
  // Nothing below the first level if even that is too much: arrays are cut by `inspect`.
  const depth = Math.max(0, affordableDepth(shown, MAX_DEPTH, MAX_VISITS));
  const text = inspectSafely(shown, depth);
  if (keys === undefined) return text;
  return `${text}\n${moreOf(keys.length - MAX_ELEMENTS, "property", "properties")}`;
}

function inspectSafely(value: unknown, depth: number, changes: object = {}): string {
  try {
    return inspect(value, {...OPTIONS, depth, ...changes});
  } catch (error) {
    const why = `(its own text cannot be had: ${messageOf(error)})`;
    try {
      return `${inspect(value, {...OPTIONS, depth, ...changes, customInspect: false})} ${why}`;
    } catch {
      return `[${isObject(value) ? className(value) : typeof value}] ${why}`;
    }
  }
}

/**
 * Greatest depth ≤ `most` whose visits fit the budget; -1 if not even the first level does.
 *
 * Level by level, so that each value is looked at once, and one too wide is found at once.
 */
function affordableDepth(value: object, most: number, budget: number): number {
  let level: unknown[] = [value];
  let left = budget;
  for (let depth = 0; depth <= most; depth++) {
    const next: unknown[] = [];
    for (const item of level) {
      if (!isObject(item)) continue;
      if (types.isProxy(item)) left -= PROXY_VISITS;
      else for (const child of children(item)) if (next.push(child) > left) return depth - 1;
      if (left < 0) return depth - 1;
    }
    left -= next.length;
    level = next;
  }
  return most;
}

/** What `inspect` would print inside an object, under the same limits and without getters. */
function* children(value: object): Generator<unknown> {
  if (ArrayBuffer.isView(value)) return;
  if (types.isMap(value)) {
    let count = 0;
    for (const [key, item] of Map.prototype.entries.call(value) as Iterable<[unknown, unknown]>) {
      if (++count > MAX_ELEMENTS) break;
      yield key;
      yield item;
    }
  } else if (types.isSet(value)) {
    let count = 0;
    for (const item of Set.prototype.values.call(value) as Iterable<unknown>) {
      if (++count > MAX_ELEMENTS) break;
      yield item;
    }
  }
  const keys = Array.isArray(value)
    ? Array.from({length: Math.min(value.length, MAX_ELEMENTS)}, (_, index) => String(index))
    : Object.keys(value);
  for (const key of keys) yield Object.getOwnPropertyDescriptor(value, key)?.value;
}

/**
 * Names of an object's properties if there are too many to show, which `inspect` would all print.
 * The engine has to list them for that: the one cost that grows with the value, 1 ms per 2,000.
 */
function propertiesIfMany(value: object): string[] | undefined {
  if (types.isProxy(value) || Array.isArray(value) || ArrayBuffer.isView(value)) return undefined;
  if (hasCustomInspect(value)) return undefined;
  const keys = Object.keys(value);
  return keys.length > MAX_PROPERTIES ? keys : undefined;
}

/** An object of the same class with some of the properties. */
function withProperties(value: object, keys: readonly string[]): object {
  const part = Object.create(Object.getPrototypeOf(value) as object | null) as object;
  for (const key of keys) {
    Object.defineProperty(part, key, Object.getOwnPropertyDescriptor(value, key)!);
  }
  return part;
}

/** An error that is shown as a value did not happen here: its stack says nothing. */
function withoutFrames(text: string): string {
  return text.replace(/(?:\n +(?:at |\.\.\. \d+ lines matching)[^\n]+)+/g, (frames) =>
    frames.endsWith(" {") ? " {" : "",
  );
}

/** Whether a value has properties of its own. */
export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)}\n${moreOf(text.length - most, "character")}`;
}

function cutLine(text: string, most: number): string {
  const line = text.replace(/\s*\n\s*/g, " ");
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
