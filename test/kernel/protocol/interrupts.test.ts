import {describe, expect, it} from "vitest";
import {interruptAtTheEnd, interruptEndlessCells} from "../../support/interrupts.js";
import {KernelClient, typesOf} from "../../support/kernel-client.js";

describe("interrupt_request", () => {
  it("ends every kind of loop and wait, and the reader's variables survive", async () => {
    await interruptEndlessCells();
  });

  it("ends a loop that an earlier cell left in a timer", async () => {
    const kernel = await KernelClient.start();
    const left = kernel.sendExecute("setTimeout(() => { console.log(1); while (true) {} }, 0)");
    await left.done;
    await kernel.until(() => typesOf(kernel.under(left.id)).includes("stream"));
    await kernel.ask("interrupt_request", {}, "control");
    expect((await kernel.execute("1 + 1")).reply).toMatchObject({status: "ok"});
  });

  it("is answered while nothing runs, and ends no later cell", async () => {
    const kernel = await KernelClient.start();
    for (let round = 0; round < 5; round++) {
      await kernel.ask("interrupt_request", {}, "control");
      expect((await kernel.execute("1 + 1")).reply).toMatchObject({status: "ok"});
    }
  });

  it("leaves no question unanswered that was asked meanwhile", async () => {
    const kernel = await KernelClient.start();
    const run = kernel.sendExecute("console.log(1); while (true) {}");
    await kernel.until(() => typesOf(kernel.under(run.id)).includes("stream"));
    const questions = ["complete_request", "inspect_request", "is_complete_request"].map((type) =>
      kernel.ask(type, {code: "Math.abs", cursor_pos: 8}),
    );
    await kernel.ask("interrupt_request", {}, "control");
    const answers = await Promise.all(questions);
    expect(answers.map(({reply}) => reply["status"])).toEqual(["ok", "ok", "complete"]);
    await run.done;
  });

  it("that lands as a cell ends hits that cell or none, 200 times", async () => {
    await interruptAtTheEnd(200);
  });
});
