/**
 * Bytes that notice when somebody looks past their end: reading an index that is not there throws,
 * also in views made of them.
 */
export function guardedBytes(bytes: Uint8Array): Uint8Array {
  return new Proxy(bytes, {
    get(target, key) {
      if (typeof key === "string" && /^-?\d+$/.test(key)) {
        if (!(key in target)) throw new Error(`read at ${key} of ${target.length} bytes`);
        return target[Number(key)];
      }
      const value: unknown = Reflect.get(target, key, target);
      if (key === "subarray") {
        return (...ends: [number?, number?]) => guardedBytes(target.subarray(...ends));
      }
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
