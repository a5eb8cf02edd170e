/**
 * What a history is, and what it is held against: an object that serves one call at a time.
 */

/** One call of a client, as the client saw it. */
export interface Operation<Input, Output> {
  /** What was asked. */
  input: Input;
  /** What was answered; `undefined` where the answer is unknown, so any would do. */
  output?: Output | undefined;
  /** When the client called, in ms (any clock that all clients share). */
  callMs: number;
  /**
   * When the answer arrived, in ms, at or after `callMs`. `undefined` or Infinity: never. Such a
   * pending operation may have taken effect at any time after its call, or not at all.
   */
  returnMs?: number | undefined;
  /** Which client: for the reader of a counter-example; the check does not use it. */
  client?: string | number;
}

/** Operations in any order: their times decide. */
export type History<Input, Output> = readonly Operation<Input, Output>[];

/** Whether an answer is legal in a state, and the state after it. */
export interface StepResult<State> {
  ok: boolean;
  /** Not read unless `ok`. */
  state: State;
}

/** A sequential specification: the object as it would be with one client and one copy. */
export interface SequentialModel<State, Input, Output> {
  /** The state before the first operation. */
  init(): State;
  /**
   * May `input` be answered with `output` in `state`, and what is the state then? Must be pure and
   * must not change `state`. An `output` of `undefined` is an unknown answer: accept it, and give
   * the state that `input` leads to.
   */
  step(state: State, input: Input, output: Output | undefined): StepResult<State>;
  /** True for an operation that leaves every state as it is: makes the search faster. Default: none. */
  readOnly?(input: Input): boolean;
  /** Whether two states are the same. Default `Object.is`: right, but slow, for states that are objects. */
  equal?(left: State, right: State): boolean;
  /** A number or text that equal states share: makes the search's memory fast. Default: primitive states themselves. */
  hash?(state: State): number | string;
  /**
   * Cuts a history into histories of independent objects, each with a state of its own. A history is
   * linearizable exactly if each of its objects is (Herlihy and Wing 1990, §3.1, locality), and the
   * parts are far easier to check than the whole. Default: one part.
   */
  partition?(history: History<Input, Output>): History<Input, Output>[];
  /** An operation in words. Default: its fields. */
  describe?(input: Input, output: Output | undefined): string;
}

/**
 * A `partition` by key: operations with the same key are about the same object.
 *
 * @param keyOf the key of an input
 * @returns a function from a history to one history per key, in order of first appearance
 *
 * @example
 * import {partitionBy} from "kernel-lib/replication";
 * const byName = partitionBy((input) => input.name);
 * const call = (name) => ({input: {name}, callMs: 0, returnMs: 1});
 * byName([call("a"), call("b"), call("a")]).map((part) => part.length) // => [ 2, 1 ]
 */
export function partitionBy<Input, Output>(
  keyOf: (input: Input) => string,
): (history: History<Input, Output>) => History<Input, Output>[] {
  return (history) => {
    const parts = new Map<string, Operation<Input, Output>[]>();
    for (const operation of history) {
      const key = keyOf(operation.input);
      const part = parts.get(key);
      if (part === undefined) parts.set(key, [operation]);
      else part.push(operation);
    }
    return [...parts.values()];
  };
}
