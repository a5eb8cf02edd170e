import {keyedRegisterModel} from "./keyed-register-model.js";
import type {SequentialModel} from "./sequential-model.js";

/** A call of a key-value store; `append` puts its value after the one that is there. */
export type KeyValueInput =
  | {kind: "get"; key: string}
  | {kind: "put"; key: string; value: string}
  | {kind: "append"; key: string; value: string};

/** `get`: the value, or null where there is none. `put`, `append`: not looked at. */
export type KeyValueOutput = string | null | undefined;

/**
 * A store of texts by key with get, put and append; each key is checked apart.
 *
 * @param options missing: what `get` answers for a key never written, default null
 *
 * @example
 * import {checkLinearizable, keyValueModel} from "kernel-lib/replication";
 * const history = [
 *   {input: {kind: "append", key: "a", value: "x"}, callMs: 0, returnMs: 3},
 *   {input: {kind: "append", key: "a", value: "y"}, callMs: 1, returnMs: 2},
 *   {input: {kind: "get", key: "a"}, output: "yx", callMs: 4, returnMs: 5},
 *   {input: {kind: "get", key: "b"}, output: null, callMs: 4, returnMs: 5},
 * ];
 * checkLinearizable(keyValueModel(), history).linearizable // => true
 */
export function keyValueModel(
  options: {missing?: string | null} = {},
): SequentialModel<string | null, KeyValueInput, KeyValueOutput> {
  return keyedRegisterModel<string | null, KeyValueInput, KeyValueOutput>({
    initial: options.missing ?? null,
    write: (state, {kind, value}) => ({
      ok: true,
      state: kind === "put" ? value : (state ?? "") + value,
    }),
    describe,
  });
}

function describe(input: KeyValueInput, output: KeyValueOutput): string {
  if (input.kind !== "get") return `${input.kind}(${input.key}, "${input.value}")`;
  if (output === undefined) return `get(${input.key}) → ?`;
  return `get(${input.key}) → ${output === null ? "null" : `"${output}"`}`;
}
