import {partitionBy} from "./sequential-model.js";
import type {SequentialModel, StepResult} from "./sequential-model.js";

/** A call that names its key; `get` reads, every other kind may write. */
export interface KeyedInput {
  kind: string;
  key: string;
}

/** What distinguishes one store of keys from another. */
export interface KeyedRegisterOptions<State, Input extends KeyedInput, Output> {
  /** What each register holds at first. */
  initial: State;
  /** Every call but `get`, as `step` of a sequential model. */
  write(
    state: State,
    input: Exclude<Input, {kind: "get"}>,
    output: Output | undefined,
  ): StepResult<State>;
  /** An operation in words. */
  describe(input: Input, output: Output | undefined): string;
}

/**
 * One register for each key: `get` answers what it holds; what the other calls do is for the caller
 * to say. Each key is checked apart.
 *
 * @example
 * import {checkLinearizable, keyedRegisterModel} from "kernel-lib/replication";
 * const counters = keyedRegisterModel({
 *   initial: 0,
 *   write: (state) => ({ok: true, state: state + 1}),
 *   describe: ({kind, key}) => `${kind} ${key}`,
 * });
 * const call = (kind, key, output, at) => ({input: {kind, key}, output, callMs: at, returnMs: at + 1});
 * const history = [call("add", "a", undefined, 0), call("get", "a", 1, 2), call("get", "b", 0, 2)];
 * checkLinearizable(counters, history).linearizable // => true
 */
export function keyedRegisterModel<State, Input extends KeyedInput, Output>(
  options: KeyedRegisterOptions<State, Input, Output>,
): SequentialModel<State, Input, Output> {
  const {initial, write, describe} = options;
  return {
    init: () => initial,
    step(state, input, output) {
      if (input.kind !== "get") {
        return write(state, input as Exclude<Input, {kind: "get"}>, output);
      }
      return {ok: output === undefined || (output as unknown) === state, state};
    },
    readOnly: ({kind}) => kind === "get",
    partition: partitionBy((input) => input.key),
    describe,
  };
}
