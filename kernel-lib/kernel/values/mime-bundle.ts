/**
 * What a cell's last value looks like, in every form that a front end may choose from.
 *
 * `text/plain` is always there. `text/html` is added where a table says more than the text: rows,
 * bytes, maps, sets, instances. A value that knows better has a method
 * `Symbol.for("Jupyter.display")`, the convention of Deno's kernel: it may return a promise.
 */
import {types} from "node:util";
import {binaryValue} from "./binary-value.js";
import {functionSignature} from "./function-signature.js";
import {className, inspectValue, isObject, messageOf} from "./inspect-value.js";
import {keyedValue} from "./keyed-value.js";
import type {MimeBundle} from "../messages.js";
import {tabularValue} from "./tabular-value.js";

const DISPLAY = Symbol.for("Jupyter.display");

/**
 * The representations of a value; of `undefined` there are none.
 *
 * Never rejects, and costs milliseconds however large the value is. Only the value's own display
 * method may take longer, since that is code of its author; it is awaited.
 */
export async function mimeBundle(value: unknown): Promise<MimeBundle | undefined> {
  if (value === undefined) return undefined;
  if (!isObject(value)) return bundle({"text/plain": inspectValue(value)});
  const display = ownDisplay(value);
  return display === undefined ? describe(value) : showItself(value, display);
}

function describe(value: object): MimeBundle {
  try {
    if (typeof value === "function") return bundle({"text/plain": functionText(value as never)});
    // A proxy answers what it likes; `inspect` looks behind it.
    if (types.isProxy(value)) return bundle({"text/plain": inspectValue(value)});
    const rows = tabularValue(value);
    const html = rows?.html ?? binaryValue(value) ?? keyedValue(value);
    const text = rows?.text ?? inspectValue(value);
    return bundle(
      html === undefined ? {"text/plain": text} : {"text/plain": text, "text/html": html},
    );
  } catch {
    return bundle({"text/plain": inspectValue(value)});
  }
}

function functionText(value: (...args: never[]) => unknown): string {
  const signature = functionSignature(value);
  return signature === undefined ? inspectValue(value) : `${inspectValue(value)}\n${signature}`;
}

/** Undefined also where asking for the method fails: then the value is shown like any other. */
function ownDisplay(value: object): (() => unknown) | undefined {
  if (types.isProxy(value)) return undefined;
  try {
    const display = (value as {[DISPLAY]?: unknown})[DISPLAY];
    return typeof display === "function" ? (display as () => unknown) : undefined;
  } catch {
    return undefined;
  }
}

async function showItself(value: object, display: () => unknown): Promise<MimeBundle> {
  try {
    const data = checkedData(await display.call(value));
    if (!("text/plain" in data)) data["text/plain"] = inspectValue(value);
    return bundle(data);
  } catch (error) {
    const why = `${className(value)} could not show itself: ${messageOf(error)}`;
    return bundle({"text/plain": `${inspectValue(value)}\n${why}`});
  }
}

/**
 * A copy of what a display method returned, which can be sent: texts, bytes as base64, and JSON.
 *
 * @throws TypeError that says what is wrong with it
 */
function checkedData(returned: unknown): Record<string, unknown> {
  if (typeof returned !== "object" || returned === null || Object.keys(returned).length === 0) {
    throw new TypeError("need an object of MIME types and their values");
  }
  const entries = Object.entries(returned).map(([type, value]) => [type, sendable(type, value)]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function sendable(type: string, value: unknown): unknown {
  if (typeof value === "string") return value;
  if (types.isUint8Array(value)) return base64(value);
  if (!/^[^/]+\/(?:json|.*\+json)$/.test(type)) {
    throw new TypeError(
      `need a string or bytes for ${type}, got ${inspectValue(value).slice(0, 80)}`,
    );
  }
  const json = JSON.stringify(value);
  if (json === undefined) throw new TypeError(`${type} is no JSON`);
  return JSON.parse(json);
}

function bundle(data: Record<string, unknown>): MimeBundle {
  return {data, metadata: {}};
}

/** By `btoa`, since a browser has no Buffer. */
function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
