import {registerModel} from "kernel-lib/replication";
import {describe, expect, it} from "vitest";

const {init, step, describe: inWords} = registerModel({initial: "a"});

describe("registerModel", () => {
  it("registerModel() begins with its initial value, null by default", () => {
    expect(init()).toBe("a");
    expect(registerModel().init()).toBe(null);
  });

  it("registerModel().step(): read, write and cas, with known and unknown answers", () => {
    expect(step("a", {kind: "read"}, "a")).toEqual({ok: true, state: "a"});
    expect(step("a", {kind: "read"}, "b").ok).toBe(false);
    expect(step("a", {kind: "read"}, undefined).ok).toBe(true);
    expect(step("a", {kind: "write", value: null}, undefined)).toEqual({ok: true, state: null});
    const cas = {kind: "cas", from: "a", to: "c"} as const;
    expect(step("a", cas, true)).toEqual({ok: true, state: "c"});
    expect(step("b", cas, false)).toEqual({ok: true, state: "b"});
    expect(step("a", cas, false).ok).toBe(false);
    expect(step("b", cas, true).ok).toBe(false);
    expect(step("a", cas, undefined)).toEqual({ok: true, state: "c"});
    expect(step("b", cas, undefined)).toEqual({ok: true, state: "b"});
  });

  it("registerModel().describe() puts a call in words", () => {
    expect(inWords!({kind: "write", value: 1}, undefined)).toBe("write(1)");
    expect(inWords!({kind: "read"}, null)).toBe("read() → null");
    expect(inWords!({kind: "cas", from: 1, to: 2}, undefined)).toBe("cas(1, 2) → ?");
  });
});
