import {keyedRegisterModel} from "kernel-lib/replication";
import type {KeyedInput, Operation} from "kernel-lib/replication";
import {describe, expect, it} from "vitest";

const counters = keyedRegisterModel<number, KeyedInput, number>({
  initial: 5,
  write: (state, {kind}, output) => ({ok: output !== 0, state: kind === "add" ? state + 1 : 0}),
  describe: ({kind, key}) => `${kind} ${key}`,
});
const call = (kind: string, key: string): Operation<KeyedInput, number> => ({
  input: {kind, key},
  callMs: 0,
  returnMs: 1,
});

describe("keyedRegisterModel", () => {
  it("get answers what the register holds and changes nothing; an unknown answer is accepted", () => {
    const get = {kind: "get", key: "k"};
    expect(counters.init()).toBe(5);
    expect(counters.step(5, get, 5)).toEqual({ok: true, state: 5});
    expect(counters.step(5, get, 6)).toEqual({ok: false, state: 5});
    expect(counters.step(5, get, undefined)).toEqual({ok: true, state: 5});
  });

  it("every other call is the caller's to answer", () => {
    expect(counters.step(5, {kind: "add", key: "k"}, undefined)).toEqual({ok: true, state: 6});
    expect(counters.step(5, {kind: "clear", key: "k"}, 0)).toEqual({ok: false, state: 0});
  });

  it("only get is read-only, and each key is a history of its own", () => {
    expect(["get", "add"].map((kind) => counters.readOnly!({kind, key: "k"}))).toEqual([
      true,
      false,
    ]);
    const parts = counters.partition!([call("add", "a"), call("get", "b"), call("get", "a")]);
    expect(parts.map((part) => part.map(({input}) => input.key))).toEqual([["a", "a"], ["b"]]);
  });
});
