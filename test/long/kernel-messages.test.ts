/** What 100 messages show in test/kernel/hostile-messages.test.ts, shown with ten times as many. */
import {it} from "vitest";
import {sendHostileMessages} from "../support/hostile-messages.js";

it.each([1, 2, 3])("the kernel serves on after 1,000 hostile messages, seed %i", async (seed) => {
  await sendHostileMessages({count: 1000, seed});
});
