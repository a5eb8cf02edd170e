/** How the kernel's process begins and ends, other than by a message. */
import {spawn} from "node:child_process";
import {once} from "node:events";
import {describe, expect, it} from "vitest";
import {KernelClient, typesOf} from "../support/kernel-client.js";

describe("the kernel's process", () => {
  it("ends when the Jupyter server that it was started for is gone, busy or not", async () => {
    const server = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const env = {JPY_PARENT_PID: String(server.pid)};
    const kernels = [await KernelClient.start({env}), await KernelClient.start({env})];
    const busy = kernels[1]!.sendExecute("while (true) {}");
    await kernels[1]!.until(() => typesOf(kernels[1]!.under(busy.id)).includes("execute_input"));
    server.kill("SIGKILL");
    await once(server, "exit");
    for (const kernel of kernels) await kernel.exited();
  });

  it("takes SIGINT as an interrupt of a cell that waits, and lives on", async () => {
    const kernel = await KernelClient.start();
    const run = kernel.sendExecute("console.log(1); await new Promise(() => {});");
    await kernel.until(() => typesOf(kernel.under(run.id)).includes("stream"));
    kernel.child.kill("SIGINT");
    expect((await run.done).reply).toMatchObject({status: "error", ename: "KeyboardInterrupt"});
    expect((await kernel.execute("1 + 1")).reply["status"]).toBe("ok");
  });

  it("does not start without a connection file, and says so", async () => {
    const kernel = await KernelClient.start();
    const [node, ...args] = kernel.child.spawnargs;
    const child = spawn(node!, args.slice(0, -1));
    let stderr = "";
    child.stderr.on("data", (chunk) => (stderr += chunk));
    expect(await once(child, "close")).toEqual([1, null]);
    expect(stderr).toContain("Say where Jupyter's connection file is");
  });
});
