/** The kernel as Jupyter sees it: the real process, over zeromq. */
import {describe, expect, it} from "vitest";
import {KernelClient, streamText, typeOf, typesOf} from "../support/kernel-client.js";
import type {Exchange} from "../support/kernel-client.js";

/** Content of the one message of a type. */
function contentOf({published}: Exchange, type: string): Record<string, unknown> {
  const found = published.filter((message) => typeOf(message) === type);
  expect(found.map(typeOf)).toEqual([type]);
  return found[0]!.content;
}

describe("the kernel", () => {
  it("says who it is, and answers questions about itself", async () => {
    const kernel = await KernelClient.start();
    const info = await kernel.ask("kernel_info_request");
    expect(info.reply).toMatchObject({
      status: "ok",
      protocol_version: "5.4",
      implementation: "tslab",
      implementation_version: "1.0.22",
      language_info: {name: "typescript", version: "5.0.4", file_extension: ".ts"},
    });
    expect(typesOf(info.published)).toEqual(["busy", "idle"]);
    const comms = await kernel.ask("comm_info_request", {target_name: "jupyter.widget"});
    expect(comms.reply).toEqual({status: "ok", comms: {}});
    const connect = await kernel.ask("connect_request");
    expect(Object.keys(connect.reply).sort()).toEqual([
      ...["control_port", "hb_port", "iopub_port", "shell_port", "stdin_port"],
    ]);
    const unknown = await kernel.ask("debug_request", {}, "control");
    expect(unknown.reply).toMatchObject({status: "error", ename: "NotSupportedError"});
    expect(unknown.reply["evalue"]).toBe("This kernel does not know debug_request");
    await kernel.heartbeat.send("are you there?");
    expect(String((await kernel.heartbeat.receive())[0])).toBe("are you there?");
  });

  it("runs a cell: input, streams, display, result, in the order of the cell", async () => {
    const kernel = await KernelClient.start();
    const run = await kernel.execute(
      'import * as tslab from "tslab";\nconsole.log("a"); console.error("b"); tslab.display.html("<i>c</i>"); console.log("d"); 6 * 7',
    );
    expect(typesOf(run.published)).toEqual([
      ...["busy", "execute_input", "stream", "stream", "display_data", "stream"],
      ...["execute_result", "idle"],
    ]);
    expect(contentOf(run, "execute_input")).toMatchObject({execution_count: 1});
    expect(contentOf(run, "display_data")["data"]).toEqual({"text/html": "<i>c</i>"});
    expect(contentOf(run, "execute_result")).toMatchObject({
      execution_count: 1,
      data: {"text/plain": "42"},
    });
    expect([streamText(run.published), streamText(run.published, "stderr")]).toEqual([
      "a\nd\n",
      "b\n",
    ]);
    expect(run.reply).toEqual({
      status: "ok",
      execution_count: 1,
      payload: [],
      user_expressions: {},
    });
  });

  it("reports an error as an error, in the output and in the reply", async () => {
    const kernel = await KernelClient.start();
    const run = await kernel.execute('throw new RangeError("too far")');
    expect(typesOf(run.published)).toEqual(["busy", "execute_input", "error", "idle"]);
    const {traceback, ...error} = contentOf(run, "error");
    expect(error).toEqual({ename: "RangeError", evalue: "too far"});
    expect(run.reply).toMatchObject({status: "error", ...error, traceback, execution_count: 1});
    const typeError = await kernel.execute("const n: number = 'one'");
    expect(typeError.reply).toMatchObject({status: "error", execution_count: 2});
  });

  it("counts what is stored, shows nothing of what is silent, and keeps history", async () => {
    const kernel = await KernelClient.start();
    expect((await kernel.execute("1 + 1")).reply["execution_count"]).toBe(1);
    const silent = await kernel.execute("console.log(1); 2 + 2", {silent: true});
    expect(typesOf(silent.published)).toEqual(["busy", "idle"]);
    expect(silent.reply).toMatchObject({status: "ok", execution_count: 1});
    const unstored = await kernel.execute("3 + 3", {store_history: false});
    expect(unstored.reply["execution_count"]).toBe(1);
    expect((await kernel.execute("4 + 4")).reply["execution_count"]).toBe(2);
    const tail = {hist_access_type: "tail", n: 5, output: true, raw: true};
    expect((await kernel.ask("history_request", tail)).reply).toEqual({
      status: "ok",
      history: [
        [1, 1, ["1 + 1", "2"]],
        [1, 2, ["4 + 4", "8"]],
      ],
    });
    const range = {hist_access_type: "range", session: 0, start: 2, stop: 3};
    expect((await kernel.ask("history_request", range)).reply["history"]).toEqual([
      [1, 2, "4 + 4"],
    ]);
    const search = {hist_access_type: "search", pattern: "1*"};
    expect((await kernel.ask("history_request", search)).reply["history"]).toEqual([
      [1, 1, "1 + 1"],
    ]);
  });

  it("evaluates user expressions, each on its own", async () => {
    const kernel = await KernelClient.start();
    const run = await kernel.execute("const n = 20", {
      user_expressions: {double: "n * 2", bad: "(() => { throw new Error('no') })()"},
    });
    expect(run.reply["user_expressions"]).toMatchObject({
      double: {status: "ok", data: {"text/plain": "40"}},
      bad: {status: "error", ename: "Error", evalue: "no"},
    });
    expect(typesOf(run.published)).toEqual(["busy", "execute_input", "idle"]);
  });

  it("completes, inspects and judges code, with positions in code points", async () => {
    const kernel = await KernelClient.start();
    await kernel.execute("/** How far. */\nconst distance = 3;");
    const code = '"🌩️"; dist';
    const position = [...code].length;
    const {reply} = await kernel.ask("complete_request", {code, cursor_pos: position});
    expect(reply).toMatchObject({
      status: "ok",
      matches: ["distance"],
      cursor_start: position - 4,
      cursor_end: position,
    });
    const types = (reply["metadata"] as Record<string, {text: string; type: string}[]>)[
      "_jupyter_types_experimental"
    ]!;
    expect(types.map(({text}) => text)).toEqual(["distance"]);
    expect(types[0]!.type).not.toBe("");
    const inspect = {code: "distance", cursor_pos: 3, detail_level: 0};
    const inspected = (await kernel.ask("inspect_request", inspect)).reply;
    expect(inspected).toMatchObject({status: "ok", found: true});
    expect(JSON.stringify(inspected["data"])).toContain("How far.");
    const nothing = await kernel.ask("inspect_request", {code: " ", cursor_pos: 0});
    expect(nothing.reply).toEqual({status: "ok", found: false, data: {}, metadata: {}});
    const open = await kernel.ask("is_complete_request", {code: "function f() {"});
    expect(open.reply["status"]).toBe("incomplete");
    const whole = await kernel.ask("is_complete_request", {code: "f(1)"});
    expect(whole.reply).toEqual({status: "complete"});
  });

  it("closes a comm that it does not know", async () => {
    const kernel = await KernelClient.start();
    const {id} = kernel.send("comm_open", {comm_id: "c1", target_name: "widget", data: {}});
    await kernel.until(() => typesOf(kernel.under(id)).includes("idle"));
    expect(typesOf(kernel.under(id))).toEqual(["busy", "comm_close", "idle"]);
    expect(kernel.under(id)[1]!.content).toEqual({comm_id: "c1", data: {}});
  });

  it("answers while a cell runs, shows its text at once, and says that it is still busy", async () => {
    const kernel = await KernelClient.start();
    const run = kernel.sendExecute("console.log('live'); while (true) {}");
    await kernel.until(() => streamText(kernel.under(run.id)) === "live\n");
    await kernel.heartbeat.send("busy?");
    await kernel.heartbeat.receive();
    expect((await kernel.ask("kernel_info_request")).reply["status"]).toBe("ok");
    await kernel.until(() => typesOf(kernel.heard).at(-1) === "busy");
    expect(kernel.heard.at(-1)!.parentHeader).toMatchObject({msg_id: run.id});
    await kernel.ask("interrupt_request", {}, "control");
    await run.done;
  });

  it("gives late output, and late errors, to the cell that left them behind", async () => {
    const kernel = await KernelClient.start();
    const first = kernel.sendExecute(
      "setTimeout(() => { console.log('late'); throw new Error('later') }, 100)",
    );
    await first.done;
    const second = kernel.sendExecute("await new Promise((go) => setTimeout(go, 300)); 2");
    const {published, reply} = await second.done;
    expect(reply["status"]).toBe("ok");
    expect(typesOf(published)).toEqual(["busy", "execute_input", "execute_result", "idle"]);
    expect(streamText(kernel.under(first.id))).toBe("late\n");
    expect(typesOf(kernel.under(first.id))).toContain("error");
  });

  it("keeps 10 MB of lines whole and in order, in few messages", async () => {
    const kernel = await KernelClient.start({env: {GLASS_CLOUD_MAX_OUTPUT_LINES: "Infinity"}});
    const run = await kernel.execute(
      "for (let i = 0; i < 100_000; i++) process.stdout.write(String(i).padStart(99) + '\\n');",
    );
    const lines = streamText(run.published).split("\n");
    expect(lines.length).toBe(100_001);
    expect(lines.slice(0, -1).every((line, i) => Number(line) === i)).toBe(true);
    expect(run.published.length).toBeLessThan(1000);
  });

  it("works over ipc, and unsigned where the key is empty", async () => {
    const kernel = await KernelClient.start({transport: "ipc", key: ""});
    expect((await kernel.execute("1 + 1")).reply["status"]).toBe("ok");
  });
});

describe("stop_on_error", () => {
  const queue = (kernel: KernelClient, stop: boolean): Promise<Exchange>[] => [
    kernel.sendExecute("await new Promise((go) => setTimeout(go, 200)); throw new Error('no')", {
      stop_on_error: stop,
    }).done,
    kernel.sendExecute("console.log('second')").done,
    kernel.sendExecute("console.log('third')").done,
  ];

  it("true: what waits is aborted, what comes later is answered", async () => {
    const kernel = await KernelClient.start();
    const [first, second, third] = await Promise.all(queue(kernel, true));
    expect(first!.reply["status"]).toBe("error");
    for (const run of [second!, third!]) {
      expect(run.reply).toEqual({status: "aborted"});
      expect(typesOf(run.published)).toEqual(["busy", "idle"]);
    }
    const {reply, published} = await kernel.execute("console.log('fourth')");
    expect([reply["status"], streamText(published)]).toEqual(["ok", "fourth\n"]);
    expect(reply["execution_count"]).toBe(2);
  });

  it("false: every cell gives its real output", async () => {
    const kernel = await KernelClient.start();
    const runs = await Promise.all(queue(kernel, false));
    expect(runs.map(({reply}) => reply["status"])).toEqual(["error", "ok", "ok"]);
    expect(runs.map(({published}) => streamText(published))).toEqual(["", "second\n", "third\n"]);
  });

  it("true: a cell sent once the failure is known is answered, however fast, 200 times", async () => {
    const kernel = await KernelClient.start();
    for (let round = 0; round < 200; round++) {
      const failing = kernel.sendExecute("throw 1");
      // Others of all ages: each is aborted or answered, none is lost.
      const others = [kernel.sendExecute("1").done];
      if (round % 2 > 0) others.push(kernel.sendExecute("1").done);
      expect((await failing.replied)["status"], `round ${round}`).toBe("error");
      expect((await kernel.execute("1")).reply["status"], `round ${round}`).toBe("ok");
      const statuses = (await Promise.all(others)).map(({reply}) => reply["status"]);
      expect(["ok", "aborted"]).toEqual(expect.arrayContaining(statuses));
    }
  });
});

describe("shutdown_request", () => {
  it.each([
    ["idle", undefined],
    ["in a busy loop", "console.log(1); while (true) {}"],
  ])("ends a kernel that is %s, and tells every client", async (_, code) => {
    const kernel = await KernelClient.start();
    if (code !== undefined) {
      const run = kernel.sendExecute(code);
      await kernel.until(() => typesOf(kernel.under(run.id)).includes("stream"));
    }
    const {reply, published} = await kernel.ask("shutdown_request", {restart: true}, "control");
    expect(reply).toEqual({status: "ok", restart: true});
    expect(typesOf(published)).toContain("shutdown_reply");
    await kernel.exited();
    expect(kernel.stderr.text).toBe("");
  });

  it("is not needed: process.exit() of a cell ends the kernel, and the cell is answered", async () => {
    const kernel = await KernelClient.start();
    const {reply, published} = await kernel.execute("console.log('bye'); process.exit(3)");
    expect(reply).toMatchObject({status: "error", ename: "KernelExit"});
    expect(streamText(published)).toBe("bye\n");
    expect(await kernel.exited()).toEqual({code: 3, signal: null});
  });
});
