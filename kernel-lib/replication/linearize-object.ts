/**
 * The search of Wing and Gong with the memory of Lowe, for the history of one object.
 *
 * Events lie in a doubly linked list in order of time. From the front, every call before the first
 * return is an operation that may come next: try it, lift its call and return out of the list and
 * start again. At a return whose operation is not lifted the search is stuck: that operation should
 * have had its turn. Undo the last choice and go on behind it.
 *
 * Two cuts of ours, both sound. A read-only operation that is legal now may as well come now: it may
 * be moved to here from any later place in any order, and nobody notices. And a pending operation
 * that would change nothing here may as well not happen here.
 */
import type {History, SequentialModel} from "./sequential-model.js";
import {VisitedConfigurations} from "./visited-configurations.js";

/** What the search found, as positions in the history. */
export interface ObjectSearch<State> {
  linearizable: boolean | "unknown";
  /** A legal order; if not linearizable, the longest of those that reach furthest in time. */
  order: number[];
  /** The state after that order. */
  state: State;
  /** Where `order` is stuck: the operation returns here without having had its turn. */
  stuckAt: number | undefined;
  /** How often the model was asked. */
  steps: number;
}

interface Choice<State> {
  event: number;
  stateBefore: State;
  /** Nothing else need be tried in its place. */
  forced: boolean;
}

/** @param maxSteps gives up with "unknown" after asking the model so often */
export function linearizeObject<State, Input, Output>(
  model: SequentialModel<State, Input, Output>,
  history: History<Input, Output>,
  maxSteps: number,
): ObjectSearch<State> {
  const events = new EventList(history);
  const linearized = new BitSet(history.length);
  const visited = new VisitedConfigurations<State>(model);
  const choices: Choice<State>[] = [];
  let state = model.init();
  let steps = 0;
  let furthest = -1;
  let best: {order: number[]; state: State; stuckAt: number | undefined} = {
    order: [],
    state,
    stuckAt: undefined,
  };
  const order = (): number[] => choices.map((choice) => events.operationAt(choice.event));
  let event = events.first();
  while (events.completeLeft > 0) {
    if (events.isCall(event)) {
      if (steps >= maxSteps) return {linearizable: "unknown", ...best, steps};
      const index = events.operationAt(event);
      const operation = history[index]!;
      const next = model.step(state, operation.input, operation.output);
      steps++;
      const useless = events.isPending(index) && Object.is(next.state, state);
      const forced = model.readOnly?.(operation.input) ?? false;
      if (next.ok && !useless) {
        linearized.flip(index);
        if (forced || visited.add(linearized.words, linearized.hash, next.state)) {
          choices.push({event, stateBefore: state, forced});
          state = next.state;
          events.lift(event);
          event = events.first();
          continue;
        }
        linearized.flip(index);
      }
      event = events.after(event);
      continue;
    }
    // A return, or the end of the list: stuck.
    if (event > furthest || (event === furthest && choices.length > best.order.length)) {
      furthest = event;
      best = {order: order(), state, stuckAt: events.operationAt(event)};
    }
    let choice: Choice<State> | undefined;
    do {
      choice = choices.pop();
      if (choice === undefined) return {linearizable: false, ...best, steps};
      events.unlift(choice.event);
      linearized.flip(events.operationAt(choice.event));
      state = choice.stateBefore;
    } while (choice.forced);
    event = events.after(choice.event);
  }
  return {linearizable: true, order: order(), state, stuckAt: undefined, steps};
}

/** Calls and returns in order of time, as a list from which an operation can be lifted in O(1). */
class EventList {
  /** Completed operations still in the list. */
  completeLeft = 0;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  /** By event: operation · 2, plus 1 for a return. */
  private readonly codes: Int32Array;
  /** By operation: the event of its return. */
  private readonly returns: Int32Array;
  private readonly pending: boolean[];

  constructor(history: History<unknown, unknown>) {
    this.pending = history.map(({returnMs = Infinity}) => returnMs === Infinity);
    this.completeLeft = this.pending.filter((pending) => !pending).length;
    const timeOf = (code: number): number =>
      code % 2 === 0 ? history[code >> 1]!.callMs : (history[code >> 1]!.returnMs ?? Infinity);
    // Intervals are closed: at one instant calls come before returns, so that both overlap.
    const codes = Array.from({length: history.length * 2}, (_, code) => code).sort(
      (a, b) => compare(timeOf(a), timeOf(b)) || (a % 2) - (b % 2) || a - b,
    );
    this.codes = Int32Array.from([-1, ...codes]);
    this.next = Int32Array.from(this.codes, (_, event) => event + 1);
    this.previous = Int32Array.from(this.codes, (_, event) => event - 1);
    this.returns = new Int32Array(history.length);
    this.codes.forEach((code, event) => {
      if (code >= 0 && code % 2 === 1) this.returns[code >> 1] = event;
    });
  }

  first(): number {
    return this.next[0]!;
  }

  after(event: number): number {
    return this.next[event]!;
  }

  isCall(event: number): boolean {
    return this.codes[event]! % 2 === 0;
  }

  operationAt(event: number): number {
    return this.codes[event]! >> 1;
  }

  isPending(operation: number): boolean {
    return this.pending[operation]!;
  }

  lift(call: number): void {
    const operation = this.operationAt(call);
    this.unlink(call);
    this.unlink(this.returns[operation]!);
    if (!this.pending[operation]) this.completeLeft--;
  }

  unlift(call: number): void {
    const operation = this.operationAt(call);
    this.link(this.returns[operation]!);
    this.link(call);
    if (!this.pending[operation]) this.completeLeft++;
  }

  private unlink(event: number): void {
    const previous = this.previous[event]!;
    const next = this.next[event]!;
    this.next[previous] = next;
    if (next < this.codes.length) this.previous[next] = previous;
  }

  private link(event: number): void {
    this.next[this.previous[event]!] = event;
    const next = this.next[event]!;
    if (next < this.codes.length) this.previous[next] = event;
  }
}

function compare(left: number, right: number): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A set of operations with a hash that follows each change (Zobrist). */
class BitSet {
  readonly words: Int32Array;
  hash = 0;

  constructor(size: number) {
    this.words = new Int32Array(Math.ceil(size / 32));
  }

  flip(index: number): void {
    this.words[index >> 5]! ^= 1 << (index & 31);
    this.hash ^= scatter(index);
  }
}

/** The finalizer of MurmurHash3: spreads a small number over 32 bits. */
function scatter(index: number): number {
  let hash = Math.imul(index + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
