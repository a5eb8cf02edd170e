import fc from "fast-check";
import {checkLinearizable, keyValueModel, registerModel} from "kernel-lib/replication";
import type {
  History,
  Operation,
  Placed,
  RegisterInput,
  RegisterOutput,
  SequentialModel,
} from "kernel-lib/replication";
import {describe, expect, it} from "vitest";

type Call = Operation<RegisterInput, RegisterOutput>;
const model = registerModel({initial: 0});

function write(value: number, callMs: number, returnMs?: number): Call {
  return {input: {kind: "write", value}, callMs, returnMs};
}
function read(output: number, callMs: number, returnMs?: number): Call {
  return {input: {kind: "read"}, output, callMs, returnMs};
}
function cas(from: number, to: number, output: boolean, callMs: number, returnMs?: number): Call {
  return {input: {kind: "cas", from, to}, output, callMs, returnMs};
}

/** Published or classic histories with a verdict that everybody can check by hand. */
const CLASSIC: [name: string, history: Call[], verdict: boolean][] = [
  ["nothing happened", [], true],
  [
    "6.824 quiz 2, 2017, VII: a slow write seen by one reader, not yet by another",
    [write(100, 0, 100), read(100, 25, 75), read(0, 30, 60)],
    true,
  ],
  [
    "6.824 quiz 2, 2017, VII: the value goes back",
    [write(200, 0, 100), read(200, 10, 30), read(0, 40, 90)],
    false,
  ],
  [
    "porcupine: operations of no length",
    [write(100, 0, 100), read(100, 25, 75), read(0, 30, 30), read(0, 30, 30)],
    true,
  ],
  [
    "porcupine: no length, and the value goes back",
    [write(200, 0, 100), read(200, 10, 10), read(200, 10, 10), read(0, 40, 90)],
    false,
  ],
  ["a stale read after the write has returned", [write(1, 0, 1), read(0, 2, 3)], false],
  ["intervals that touch overlap", [write(1, 0, 2), read(0, 2, 3)], true],
  ["a pending write may have happened", [write(1, 0), read(1, 5, 6)], true],
  ["a pending write may not have happened", [write(1, 0), read(0, 5, 6)], true],
  ["a pending write cannot un-happen", [write(1, 0), read(1, 5, 6), read(0, 7, 8)], false],
  ["a pending write cannot happen before its call", [write(1, 4), read(1, 1, 2)], false],
  ["a pending read may be left out", [write(1, 0, 1), {input: {kind: "read"}, callMs: 2}], true],
  ["one of two overlapping cas wins", [cas(0, 1, true, 0, 9), cas(0, 2, false, 1, 8)], true],
  ["both of two overlapping cas win", [cas(0, 1, true, 0, 9), cas(0, 2, true, 1, 8)], false],
  ["a chain of cas, answered late", [cas(1, 2, true, 0, 9), cas(0, 1, true, 1, 8)], true],
  [
    "two readers see two writes in different orders",
    [
      ...[write(1, 0, 10), write(2, 0, 10)],
      ...[read(1, 11, 12), read(2, 13, 14), read(2, 11, 12), read(1, 13, 14)],
    ],
    false,
  ],
];

describe("checkLinearizable", () => {
  it.each(CLASSIC)("checkLinearizable(): %s", (_, history, verdict) => {
    const result = checkLinearizable(model, history);
    expect(result.linearizable, result.explanation).toBe(verdict);
    expectLegal(model, result.linearization);
  });

  it("checkLinearizable() agrees with trying every order, on random histories", () => {
    fc.assert(
      fc.property(histories({ties: true}), (history) => {
        const result = checkLinearizable(model, history);
        expect(result.linearizable).toBe(bruteForce(model, history));
        expectLegal(model, result.linearization);
        if (result.linearizable === true) expectWitness(history, result.linearization);
      }),
      {numRuns: 2000},
    );
  });

  it("checkLinearizable() names the answer that breaks the history, not an earlier or later one", () => {
    fc.assert(
      fc.property(histories({ties: false}), (history) => {
        const {linearizable, offending} = checkLinearizable(model, history);
        fc.pre(linearizable === false);
        const atMs = offending!.returnMs!;
        expect(bruteForce(model, until(history, atMs - 0.5))).toBe(true);
        expect(bruteForce(model, until(history, atMs))).toBe(false);
      }),
      {numRuns: 1000},
    );
  });

  it("checkLinearizable() merges the orders of independent keys by instant", () => {
    const history = [
      {input: {kind: "put", key: "a", value: "1"} as const, callMs: 0, returnMs: 9},
      {input: {kind: "put", key: "b", value: "2"} as const, callMs: 1, returnMs: 2},
      {input: {kind: "get", key: "b"} as const, output: "2", callMs: 3, returnMs: 4},
      {input: {kind: "get", key: "a"} as const, output: null, callMs: 5, returnMs: 6},
    ];
    const {linearizable, linearization} = checkLinearizable(keyValueModel(), history);
    expect(linearizable).toBe(true);
    expect(linearization.map(({operation}) => history.indexOf(operation as never))).toEqual([
      1, 2, 3, 0,
    ]);
    expectWitness(history, linearization);
  });

  it("checkLinearizable() explains itself", () => {
    const result = checkLinearizable(model, [write(1, 0, 1), read(1, 2, 3), read(0, 4, 5)]);
    expect(result.explanation).toBe(
      "Not linearizable: after read() → 1 the state is 1, and read() → 0 [4, 5] fits nowhere.",
    );
    expect(result.offending).toEqual(read(0, 4, 5));
    expect(checkLinearizable(model, [read(7, 0, 1)]).explanation).toBe(
      "Not linearizable: at first the state is 0, and read() → 7 [0, 1] fits nowhere.",
    );
  });

  it("checkLinearizable() gives up with 'unknown' at the bound, and never oversteps it", () => {
    const history = Array.from({length: 30}, (_, value) => write(value + 1, 0, 10));
    const hard = [...history, read(99, 0, 10)];
    const result = checkLinearizable(model, hard, {maxSteps: 10_000});
    expect(result).toMatchObject({linearizable: "unknown", steps: 10_000, offending: undefined});
    expect(result.explanation).toContain("raise maxSteps");
  });

  it("checkLinearizable() finds the bad key however hard the others are", () => {
    const input = (kind: "put" | "get", key: string, value?: string): never =>
      ({kind, key, value}) as never;
    const hard = Array.from({length: 25}, (_, i) => ({
      input: input("put", "hard", `${i}`),
      callMs: 0,
      returnMs: 10,
    }));
    const history = [
      ...hard,
      {input: input("get", "hard"), output: "99", callMs: 0, returnMs: 10},
      {input: input("get", "bad"), output: "1", callMs: 0, returnMs: 10},
    ];
    const result = checkLinearizable(keyValueModel(), history);
    expect(result.linearizable).toBe(false);
    expect(result.offending!.input.key).toBe("bad");
    expect(result.steps).toBeLessThan(10_000);
  });

  it("checkLinearizable() with states that are objects: equal and hash change speed, not the verdict", () => {
    const boxed: SequentialModel<{value: unknown}, RegisterInput, RegisterOutput> = {
      init: () => ({value: 0}),
      step(state, input, output) {
        const next = model.step(state.value as number, input, output);
        return {ok: next.ok, state: {value: next.state}};
      },
    };
    const equal = (a: {value: unknown}, b: {value: unknown}): boolean => a.value === b.value;
    fc.assert(
      fc.property(histories({ties: true}), (history) => {
        const verdict = checkLinearizable(model, history).linearizable;
        expect(checkLinearizable(boxed, history).linearizable).toBe(verdict);
        expect(checkLinearizable({...boxed, equal}, history).linearizable).toBe(verdict);
        const hash = (state: {value: unknown}): string => String(state.value);
        expect(checkLinearizable({...boxed, equal, hash}, history).linearizable).toBe(verdict);
      }),
    );
  });

  it("checkLinearizable() refuses times out of order, bad bounds, and parts that lose operations", () => {
    expect(() => checkLinearizable(model, [read(0, 2, 1)])).toThrow(RangeError);
    expect(() => checkLinearizable(model, [read(0, NaN, 1)])).toThrow(RangeError);
    expect(() => checkLinearizable(model, [], {maxSteps: 0})).toThrow(RangeError);
    expect(() => checkLinearizable({...model, partition: () => []}, [read(0, 0, 1)])).toThrow(
      TypeError,
    );
  });
});

/** At most six operations on values 0…2, some pending. */
function histories({ties}: {ties: boolean}): fc.Arbitrary<Call[]> {
  const value = fc.integer({min: 0, max: 2});
  const call = fc.oneof(
    value.map((v): Omit<Call, "callMs"> => ({input: {kind: "write", value: v}})),
    value.map((v): Omit<Call, "callMs"> => ({input: {kind: "read"}, output: v})),
    fc.tuple(value, value, fc.boolean()).map(([from, to, output]): Omit<Call, "callMs"> => ({
      input: {kind: "cas", from, to},
      output,
    })),
  );
  const times = ties
    ? fc.array(fc.integer({min: 0, max: 6}), {minLength: 12, maxLength: 12})
    : fc.shuffledSubarray([...Array(12).keys()], {minLength: 12, maxLength: 12});
  return fc
    .tuple(fc.array(fc.tuple(call, fc.integer({min: 0, max: 7})), {maxLength: 6}), times)
    .map(([calls, at]) =>
      calls.map(([half, chance], index) => {
        const [callMs, returnMs] = [at[2 * index]!, at[2 * index + 1]!].sort((a, b) => a - b);
        if (chance > 0) return {...half, callMs: callMs!, returnMs};
        return {input: half.input, callMs: callMs!};
      }),
    );
}

/** What had been called by an instant; answers that were still to come are known, but optional. */
function until(history: History<RegisterInput, RegisterOutput>, atMs: number): Call[] {
  return history
    .filter(({callMs}) => callMs <= atMs)
    .map((call) => ((call.returnMs ?? Infinity) <= atMs ? call : {...call, returnMs: undefined}));
}

/** The definition: some order of all completed and some pending operations keeps time and model. */
function bruteForce(
  sequential: SequentialModel<never, RegisterInput, RegisterOutput> | typeof model,
  history: History<RegisterInput, RegisterOutput>,
): boolean {
  const {step, init} = sequential as typeof model;
  const search = (state: never, left: readonly Call[]): boolean =>
    left.every(({returnMs = Infinity}) => returnMs === Infinity) ||
    left.some((call) => {
      if (left.some((other) => (other.returnMs ?? Infinity) < call.callMs)) return false;
      const next = step(state, call.input, call.output);
      return (
        next.ok &&
        search(
          next.state as never,
          left.filter((other) => other !== call),
        )
      );
    });
  return search(init() as never, history);
}

/** Every order that is handed out, whole or partial, is one the model accepts. */
function expectLegal<State, I, O>(
  sequential: SequentialModel<State, I, O>,
  placed: readonly Placed<I, O>[],
): void {
  let state = sequential.init();
  let before = -Infinity;
  for (const {operation, atMs} of placed) {
    const next = sequential.step(state, operation.input, operation.output);
    expect(next.ok).toBe(true);
    expect(atMs).toBeGreaterThanOrEqual(Math.max(before, operation.callMs));
    expect(atMs).toBeLessThanOrEqual(operation.returnMs ?? Infinity);
    before = atMs;
    state = next.state;
  }
}

/** A witness holds each completed operation once, at an instant of its own interval. */
function expectWitness<I, O>(history: History<I, O>, placed: readonly Placed<I, O>[]): void {
  const operations = placed.map(({operation}) => operation);
  expect(new Set(operations).size).toBe(operations.length);
  for (const call of history) {
    if (call.returnMs !== undefined) expect(operations).toContain(call);
  }
  for (const {operation, atMs} of placed) {
    expect(atMs).toBeGreaterThanOrEqual(operation.callMs);
    expect(atMs).toBeLessThanOrEqual(operation.returnMs ?? Infinity);
  }
}
