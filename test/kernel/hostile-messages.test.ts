import {it} from "vitest";
import {sendHostileMessages} from "../support/hostile-messages.js";

it("the kernel serves on after 100 random and mutated messages", async () => {
  await sendHostileMessages({count: 100, seed: 1});
});
