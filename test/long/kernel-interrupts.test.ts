/** What test/kernel/interrupts.test.ts shows on this Node, shown on the other supported ones. */
import {join} from "node:path";
import {describe, it} from "vitest";
import {interruptAtTheEnd, interruptEndlessCells} from "../support/interrupts.js";
import {NODES, nodeBin} from "./nodes.js";

describe.each(NODES.supported)("interrupt_request on Node %s", (version) => {
  it("ends every kind of loop and wait", async () => {
    await interruptEndlessCells({node: join(nodeBin(version), "node")});
  });

  it("that lands as a cell ends hits that cell or none, 200 times", async () => {
    await interruptAtTheEnd(200, {node: join(nodeBin(version), "node")});
  });
});
