import {hint} from "kernel-lib/lesson";
import {expect, it} from "vitest";
import {collectShown} from "../support/shown.js";

it("hint() folds one to three hints, escaped, and refuses none and four", () => {
  const shown = collectShown();
  hint(["a < b", "more"]);
  expect(shown[0]!["text/html"]).toBe(
    "<details><summary>Hint 1 of 2</summary><p>a &lt; b</p></details>" +
      "<details><summary>Hint 2 of 2</summary><p>more</p></details>",
  );
  expect(() => hint([])).toThrow(RangeError);
  expect(() => hint(["1", "2", "3", "4"])).toThrow("need one to three, got 4");
});
