import type {SequentialModel, StepResult} from "./sequential-model.js";

/** What a register holds; null for nothing. */
export type RegisterValue = number | string | boolean | null;

/** A call of a register. */
export type RegisterInput =
  | {kind: "read"}
  | {kind: "write"; value: RegisterValue}
  | {kind: "cas"; from: RegisterValue; to: RegisterValue};

/** `read`: the value. `cas`: whether it took place. `write`: not looked at. */
export type RegisterOutput = RegisterValue | undefined;

/**
 * One register with read, write and compare-and-set.
 *
 * @param options initial: what it holds at first, default null
 *
 * @example
 * import {checkLinearizable, registerModel} from "kernel-lib/replication";
 * const history = [
 *   {input: {kind: "write", value: 1}, callMs: 0, returnMs: 10},
 *   {input: {kind: "read"}, output: 1, callMs: 2, returnMs: 4},
 *   {input: {kind: "read"}, output: null, callMs: 5, returnMs: 8},
 * ];
 * checkLinearizable(registerModel(), history).linearizable // => false
 */
export function registerModel(
  options: {initial?: RegisterValue} = {},
): SequentialModel<RegisterValue, RegisterInput, RegisterOutput> {
  const {initial = null} = options;
  return {init: () => initial, step, describe, readOnly: ({kind}) => kind === "read"};
}

function step(
  state: RegisterValue,
  input: RegisterInput,
  output: RegisterOutput,
): StepResult<RegisterValue> {
  if (input.kind === "read") return {ok: output === undefined || output === state, state};
  if (input.kind === "write") return {ok: true, state: input.value};
  const matches = state === input.from;
  return {ok: output === undefined || output === matches, state: matches ? input.to : state};
}

function describe(input: RegisterInput, output: RegisterOutput): string {
  if (input.kind === "write") return `write(${input.value})`;
  const call = input.kind === "read" ? "read()" : `cas(${input.from}, ${input.to})`;
  return `${call} → ${output ?? (output === null ? "null" : "?")}`;
}
