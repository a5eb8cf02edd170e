/**
 * What `kernel/values` takes from Node's `util`, for a browser: `inspect` as extracted from Node's
 * source, and `types` by the tags that the engine gives its own classes. The bundler puts this in
 * the place of `node:util`.
 *
 * Fidelity: a browser cannot tell a proxy from its target, nor an object that lies about its tag.
 */
export {inspect} from "node-inspect-extracted";

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

const hasTag =
  (...tags: string[]) =>
  (value: unknown): boolean =>
    typeof value === "object" && value !== null && tags.includes(tagOf(value));

export const types: Record<string, (value: unknown) => boolean> = {
  isProxy: () => false,
  isMap: hasTag("Map"),
  isSet: hasTag("Set"),
  isDate: hasTag("Date"),
  isRegExp: hasTag("RegExp"),
  isPromise: hasTag("Promise"),
  isNativeError: (value) => value instanceof Error,
  isBoxedPrimitive: hasTag("Number", "String", "Boolean", "BigInt", "Symbol"),
  isAnyArrayBuffer: hasTag("ArrayBuffer", "SharedArrayBuffer"),
  isDataView: hasTag("DataView"),
  isTypedArray: (value) => ArrayBuffer.isView(value) && tagOf(value) !== "DataView",
  isUint8Array: hasTag("Uint8Array"),
  isUint8ClampedArray: hasTag("Uint8ClampedArray"),
};
