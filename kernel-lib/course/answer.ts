/** What a student's code gave for one question, as it leaves the process that ran it. */
export type Answer = {ok: true; value: unknown} | {ok: false; problem: string};

/** No answer is longer, as JSON. */
export const MAX_ANSWER_LENGTH: number = 1 << 20;

/** Marks a value that JSON has no words for; no plain object of an answer may have this key. */
const TAG = "$";

/** Lists and objects nest no deeper: nobody's answer does, and the judge reads them by recursion. */
const MAX_DEPTH = 200;

/** What to write in place of values that are often handed in and cannot be. */
const INSTEAD: Record<string, string> = {
  Promise: "return the answer itself, from a function that is not async",
  Map: "return Object.fromEntries(map), or [...map]",
  Set: "return [...set]",
  Date: "return date.toISOString(), or date.getTime()",
};

/**
 * An answer as JSON: numbers (also NaN, infinities and -0), texts, booleans, null, undefined,
 * bigints, byte arrays, lists and plain objects. The reader gets copies, so that nothing of what it
 * compares can be a getter or a proxy of the student's. A hole of a list is undefined.
 *
 * @throws TypeError for a function, a class instance (also a typed array other than `Uint8Array`) or
 *   a circle; RangeError beyond 1 MiB, or 200 values in each other
 */
export function answerJson(value: unknown): string {
  const text = JSON.stringify(encode(value, []));
  checkLength(text.length, "characters");
  return text;
}

/** The value that `answerJson` wrote. */
export function parseAnswer(text: string): unknown {
  return decode(JSON.parse(text));
}

function encode(value: unknown, above: readonly unknown[]): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (Number.isFinite(value) && !Object.is(value, -0)) return value;
      return {[TAG]: "number", text: Object.is(value, -0) ? "-0" : String(value)};
    case "undefined":
      return {[TAG]: "undefined"};
    case "bigint":
      return {[TAG]: "bigint", text: String(value)};
    case "object":
      if (value === null) return null;
      if (above.includes(value)) throw new TypeError("Cannot hand in a value that contains itself");
      if (above.length === MAX_DEPTH) {
        throw new RangeError(`Cannot hand in more than ${MAX_DEPTH} values in each other`);
      }
      return encodeObject(value, [...above, value]);
    default:
      throw new TypeError(`Cannot hand in a ${typeof value}: need numbers, texts, bytes or lists`);
  }
}

function encodeObject(value: object, above: readonly unknown[]): unknown {
  if (value instanceof Uint8Array) {
    checkLength(value.length, "bytes");
    return {[TAG]: "bytes", text: Buffer.from(value).toString("hex")};
  }
  if (Array.isArray(value)) {
    // Before it is copied: a list of a milliard holes is quickly made.
    checkLength(value.length, "elements");
    return Array.from(value, (part) => encode(part, above));
  }
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError(refusal(value));
  if (Object.hasOwn(value, TAG)) {
    throw new TypeError(`Cannot hand in an object with the key "${TAG}"`);
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encode(part, above)]));
}

function refusal(value: object): string {
  const {name} = (value.constructor as {name?: unknown} | undefined) ?? {};
  const kind = typeof name === "string" && name !== "" ? name : "without a name";
  const list = ArrayBuffer.isView(value) ? "return [...list]" : undefined;
  const instead = INSTEAD[kind] ?? list ?? "need numbers, texts, bytes, lists or plain objects";
  return `Cannot hand in a value of the class ${kind}: ${instead}`;
}

/** Each of them takes a character at least. */
function checkLength(length: number, what: string): void {
  if (length <= MAX_ANSWER_LENGTH) return;
  throw new RangeError(
    `Cannot hand in this answer: need at most ${MAX_ANSWER_LENGTH} ${what}, got ${length}`,
  );
}

function decode(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(decode);
  if (Object.hasOwn(value, TAG)) return decodeTagged(value as {[TAG]: unknown; text?: unknown});
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, decode(part)]));
}

function decodeTagged({[TAG]: tag, text}: {[TAG]: unknown; text?: unknown}): unknown {
  switch (tag) {
    case "number":
      return Number(text);
    case "bigint":
      return BigInt(String(text));
    case "bytes":
      return Uint8Array.from(Buffer.from(String(text), "hex"));
    case "undefined":
      return undefined;
    default:
      throw new SyntaxError(`Cannot read an answer: unknown kind ${String(tag)}`);
  }
}
