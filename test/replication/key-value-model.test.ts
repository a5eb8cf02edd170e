import {checkLinearizable, keyValueModel} from "kernel-lib/replication";
import type {KeyValueInput, KeyValueOutput, Operation} from "kernel-lib/replication";
import {describe, expect, it} from "vitest";

const {step, describe: inWords} = keyValueModel();

describe("keyValueModel", () => {
  it("keyValueModel().step(): get, put and append, with known and unknown answers", () => {
    expect(step(null, {kind: "get", key: "k"}, null)).toEqual({ok: true, state: null});
    expect(step("v", {kind: "get", key: "k"}, null).ok).toBe(false);
    expect(step("v", {kind: "get", key: "k"}, undefined).ok).toBe(true);
    expect(step("v", {kind: "put", key: "k", value: "w"}, undefined).state).toBe("w");
    expect(step("v", {kind: "append", key: "k", value: "w"}, undefined).state).toBe("vw");
    expect(step(null, {kind: "append", key: "k", value: "w"}, undefined).state).toBe("w");
  });

  it("keyValueModel({missing}) decides what a key never written reads as", () => {
    const get = (output: KeyValueOutput): Operation<KeyValueInput, KeyValueOutput>[] => [
      {input: {kind: "get", key: "k"}, output, callMs: 0, returnMs: 1},
    ];
    expect(checkLinearizable(keyValueModel(), get(null)).linearizable).toBe(true);
    expect(checkLinearizable(keyValueModel(), get("")).linearizable).toBe(false);
    expect(checkLinearizable(keyValueModel({missing: ""}), get("")).linearizable).toBe(true);
  });

  it("keyValueModel().describe() puts a call in words", () => {
    expect(inWords!({kind: "append", key: "k", value: "v"}, undefined)).toBe('append(k, "v")');
    expect(inWords!({kind: "get", key: "k"}, null)).toBe("get(k) → null");
    expect(inWords!({kind: "get", key: "k"}, undefined)).toBe("get(k) → ?");
  });
});
