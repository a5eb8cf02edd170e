import {linearizeObject} from "./linearize-object.js";
import type {ObjectSearch} from "./linearize-object.js";
import type {History, Operation, SequentialModel} from "./sequential-model.js";

export interface LinearizabilityOptions {
  /**
   * Gives up with "unknown" after asking the model so often, over all parts: a whole number >= 1.
   * The problem is NP-complete (Gibbons and Korach 1997), so some bound is needed; each question
   * may store one configuration, so it bounds memory too. Default 5 million: seconds.
   */
  maxSteps?: number;
}

/** An operation and an instant at which it can be said to have taken effect. */
export interface Placed<Input, Output> {
  operation: Operation<Input, Output>;
  /** Within [callMs, returnMs] of the operation. */
  atMs: number;
}

/** The verdict, and why. */
export interface LinearizabilityResult<Input, Output> {
  /** "unknown": no counter-example was found, but some part was not searched to the end. */
  linearizable: boolean | "unknown";
  /**
   * The witness: an order in which one copy would have given these answers, with the instant of
   * each operation. Of a history that is not linearizable, an order of the first bad part that
   * reaches as far in time as any does, and the longest of those that the search was stuck in.
   */
  linearization: Placed<Input, Output>[];
  /**
   * The operation that breaks the history. All answers known, the calls and returns before its
   * return can still be explained, and with its return they cannot. `undefined` unless not
   * linearizable.
   */
  offending: Operation<Input, Output> | undefined;
  /** The verdict in a sentence. */
  explanation: string;
  /** How often the model was asked. */
  steps: number;
}

/**
 * Says whether a history is linearizable: whether each operation can be given an instant between
 * its call and its return, such that a single copy serving them in that order gives those answers.
 *
 * Intervals are closed: operations that touch overlap. Exponential in the number of operations
 * that overlap, at worst; near linear for histories with little overlap.
 *
 * Source: Herlihy and Wing 1990 (definition); Wing and Gong 1993 (search); Lowe 2017 (memory).
 * Fidelity: public.
 *
 * @param model what a single copy may answer
 * @param history in any order; `callMs` finite, `returnMs` >= `callMs` or missing
 * @throws RangeError if a time is not in order, or maxSteps is no whole number >= 1
 * @throws TypeError if `model.partition` loses or repeats operations
 *
 * @example
 * import {checkLinearizable, registerModel} from "kernel-lib/replication";
 * const result = checkLinearizable(registerModel({initial: 0}), [
 *   {input: {kind: "write", value: 1}, callMs: 0, returnMs: 2},
 *   {input: {kind: "read"}, output: 0, callMs: 3, returnMs: 4},
 * ]);
 * result.linearizable // => false
 * result.explanation
 * // => 'Not linearizable: after write(1) the state is 1, and read() → 0 [3, 4] fits nowhere.'
 */
export function checkLinearizable<State, Input, Output>(
  model: SequentialModel<State, Input, Output>,
  history: History<Input, Output>,
  options: LinearizabilityOptions = {},
): LinearizabilityResult<Input, Output> {
  const {maxSteps = 5_000_000} = options;
  if (!Number.isInteger(maxSteps) || maxSteps < 1) {
    throw new RangeError(`Cannot check: need a whole number maxSteps >= 1, got ${maxSteps}`);
  }
  history.forEach(checkTimes);
  const parts = model.partition?.(history) ?? [history];
  checkParts(history, parts);
  const {searches, steps} = searchParts(model, parts, maxSteps);
  const bad = searches.findIndex(({linearizable}) => linearizable === false);
  if (bad >= 0) return refuted(model, parts[bad]!, searches[bad]!, steps);
  const placed = searches.flatMap(({order}, index) => place(parts[index]!, order));
  // Orders of independent objects are merged by instant (Herlihy and Wing 1990, §3.1).
  placed.sort((left, right) => left.atMs - right.atMs);
  const unknown = searches.some(({linearizable}) => linearizable === "unknown");
  const explanation = unknown
    ? `Unknown: no answer after ${steps} steps; raise maxSteps or shorten the history.`
    : `Linearizable: ${placed.length} operations in one legal order.`;
  const linearizable = unknown ? "unknown" : true;
  return {linearizable, linearization: placed, offending: undefined, explanation, steps};
}

/**
 * Searches all parts a little, then those without an answer four times as far, and so on: a
 * counter-example in one part is found however hard the others are, for a third more work.
 * Ends at the first part that is not linearizable, or when all questions are used up.
 */
function searchParts<State, Input, Output>(
  model: SequentialModel<State, Input, Output>,
  parts: readonly History<Input, Output>[],
  maxSteps: number,
): {searches: ObjectSearch<State>[]; steps: number} {
  const searches: ObjectSearch<State>[] = [];
  let steps = 0;
  for (let bound = 4096; ; bound *= 4) {
    for (const [index, part] of parts.entries()) {
      if (searches[index]?.linearizable === true) continue;
      const search = linearizeObject(model, part, Math.min(bound, maxSteps - steps));
      steps += search.steps;
      searches[index] = search;
      if (search.linearizable === false) return {searches, steps};
    }
    if (searches.every(({linearizable}) => linearizable === true) || steps >= maxSteps) {
      return {searches, steps};
    }
  }
}

function refuted<State, Input, Output>(
  model: SequentialModel<State, Input, Output>,
  part: History<Input, Output>,
  search: ObjectSearch<State>,
  steps: number,
): LinearizabilityResult<Input, Output> {
  const offending = part[search.stuckAt!]!;
  const describe = ({input, output, callMs, returnMs}: Operation<Input, Output>): string =>
    `${describeCall(model, input, output)} [${callMs}, ${returnMs}]`;
  const last = search.order.at(-1);
  const after =
    last === undefined
      ? "at first"
      : `after ${describeCall(model, part[last]!.input, part[last]!.output)}`;
  const explanation =
    `Not linearizable: ${after} the state is ${describeValue(search.state)}, ` +
    `and ${describe(offending)} fits nowhere.`;
  const linearization = place(part, search.order);
  return {linearizable: false, linearization, offending, explanation, steps};
}

/** The earliest instants that an order allows: each as soon as it is called, but not before the last. */
function place<Input, Output>(
  part: History<Input, Output>,
  order: readonly number[],
): Placed<Input, Output>[] {
  let atMs = -Infinity;
  return order.map((index) => {
    const operation = part[index]!;
    atMs = Math.max(atMs, operation.callMs);
    return {operation, atMs};
  });
}

function describeCall<State, Input, Output>(
  model: SequentialModel<State, Input, Output>,
  input: Input,
  output: Output | undefined,
): string {
  return model.describe?.(input, output) ?? `${describeValue(input)} → ${describeValue(output)}`;
}

function describeValue(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

function checkTimes({callMs, returnMs = Infinity}: Operation<unknown, unknown>): void {
  if (!Number.isFinite(callMs) || !(returnMs >= callMs)) {
    throw new RangeError(
      `Cannot check: need a finite callMs and returnMs >= callMs, got ${callMs} and ${returnMs}`,
    );
  }
}

/** A part left out would be a part never checked. */
function checkParts<Input, Output>(
  history: History<Input, Output>,
  parts: readonly History<Input, Output>[],
): void {
  const missing = new Map<Operation<Input, Output>, number>();
  for (const operation of history) missing.set(operation, (missing.get(operation) ?? 0) + 1);
  for (const part of parts) {
    for (const operation of part) missing.set(operation, (missing.get(operation) ?? 0) - 1);
  }
  if ([...missing.values()].some((count) => count !== 0)) {
    throw new TypeError("Cannot check: the parts must hold each operation of the history once");
  }
}
