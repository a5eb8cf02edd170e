import {describe, expect, it} from "vitest";
import {readLimits} from "../../../kernel-lib/dist/kernel/protocol/limits.js";
import {KernelClient, streamText, typesOf} from "../../support/kernel-client.js";

describe("readLimits()", () => {
  it("sets no limit where a variable is not set or empty", () => {
    const none = {
      cellMs: Infinity,
      memoryBytes: Infinity,
      outputBytes: Infinity,
      outputLines: 10_000,
    };
    expect(readLimits({})).toEqual(none);
    expect(readLimits({GLASS_CLOUD_MAX_CELL_SECONDS: ""})).toEqual(none);
  });

  it("reads seconds, MiB and bytes", () => {
    const env = {
      GLASS_CLOUD_MAX_CELL_SECONDS: "1.5",
      GLASS_CLOUD_MAX_MEMORY_MB: "300",
      GLASS_CLOUD_MAX_OUTPUT_BYTES: "1000",
    };
    expect(readLimits(env)).toEqual({
      cellMs: 1500,
      memoryBytes: 300 * 2 ** 20,
      outputBytes: 1000,
      outputLines: 10_000,
    });
  });

  it.each(["0", "-1", "much", "NaN"])("refuses %s", (text) => {
    expect(() => readLimits({GLASS_CLOUD_MAX_MEMORY_MB: text})).toThrow(
      `Cannot set a limit: need a positive number in GLASS_CLOUD_MAX_MEMORY_MB, got ${text}`,
    );
  });
});

describe("a kernel with limits", () => {
  it("ends a cell that runs too long, in a loop or waiting, and goes on", async () => {
    const kernel = await KernelClient.start({env: {GLASS_CLOUD_MAX_CELL_SECONDS: "1"}});
    for (const code of ["while (true) {}", "await new Promise(() => {});"]) {
      const {reply, published} = await kernel.execute(code);
      expect(reply).toMatchObject({
        status: "error",
        ename: "TimeLimitError",
        evalue: "The cell ran longer than 1 s, the limit set here",
      });
      expect(typesOf(published)).toContain("error");
    }
    expect((await kernel.execute("1 + 1")).reply["status"]).toBe("ok");
  });

  it("ends with a cell that no interrupt can end, after it was answered", async () => {
    const kernel = await KernelClient.start({env: {GLASS_CLOUD_MAX_CELL_SECONDS: "1"}});
    const code = 'import {execSync} from "node:child_process"; execSync("sleep 30");';
    const {reply} = await kernel.execute(code);
    expect(reply).toMatchObject({status: "error", ename: "TimeLimitError"});
    await kernel.exited();
  });

  it("ends a cell that takes too much memory, and goes on", async () => {
    const kernel = await KernelClient.start({env: {GLASS_CLOUD_MAX_MEMORY_MB: "400"}});
    const code =
      "const kept: Uint8Array[] = []; while (true) kept.push(new Uint8Array(2 ** 20).fill(1));";
    const {reply} = await kernel.execute(code);
    expect(reply).toMatchObject({status: "error", ename: "MemoryLimitError"});
    expect(reply["evalue"]).toMatch(/400 MiB is the limit set here$/);
  });

  it("ends a cell that fills the heap of JavaScript, without any limit set, and goes on", async () => {
    const kernel = await KernelClient.start();
    const code = "let kept: object[] = []; for (let i = 0; true; i++) kept.push({i, list: [i]});";
    const {reply} = await kernel.execute(code);
    expect(reply).toMatchObject({status: "error", ename: "MemoryLimitError"});
    expect((await kernel.execute("kept = []; 1 + 1")).reply["status"]).toBe("ok");
  });

  it("cuts a flood of lines at 10,000, says so once, and keeps the result", async () => {
    const kernel = await KernelClient.start();
    const code = "for (let i = 1; i <= 30_000; i++) console.log(i); 'end'";
    const {published} = await kernel.execute(code);
    const streams = published.filter((message) => message.header.msg_type === "stream");
    const text = streams.map((message) => String(message.content["text"])).join("");
    expect(text.split("\n").slice(9_999)).toEqual([
      ...["10000", "", "[Output cut: a cell may write 10,000 lines here.]", ""],
    ]);
    expect(typesOf(published)).toContain("execute_result");
  });

  it("leaves a cell alone that makes much garbage and holds little", async () => {
    const kernel = await KernelClient.start();
    const code =
      "let last: object[] = []; for (let i = 0; i < 300; i++) last = Array.from({length: 50_000}, (_, j) => ({i, j}));";
    expect((await kernel.execute(code)).reply["status"]).toBe("ok");
  });

  it("cuts output once, says so, and gives the next cell its own allowance", async () => {
    const kernel = await KernelClient.start({env: {GLASS_CLOUD_MAX_OUTPUT_BYTES: "1000"}});
    const {reply, published} = await kernel.execute(
      "for (let i = 0; i < 1000; i++) console.log('ééééé'); console.error('x'); 'y'.repeat(2000)",
    );
    expect(reply["status"]).toBe("ok");
    const text = streamText(published);
    const [cut, notice] = text.split("\n[");
    expect(new TextEncoder().encode(cut).length).toBeLessThanOrEqual(1000);
    expect(cut!.length).toBeGreaterThan(500);
    expect(notice).toBe("Output cut: a cell may write 1,000 bytes here.]\n");
    expect(streamText(published, "stderr")).toBe("");
    expect(typesOf(published)).not.toContain("execute_result");
    expect(streamText((await kernel.execute("console.log(1)")).published)).toBe("1\n");
  });

  it("does not start with a limit that is no number, and says which", async () => {
    const starting = KernelClient.start({env: {GLASS_CLOUD_MAX_OUTPUT_BYTES: "many"}});
    await expect(starting).rejects.toThrow("GLASS_CLOUD_MAX_OUTPUT_BYTES, got many");
  });
});
