import {Prediction} from "kernel-lib/lesson";
import {describe, expect, it} from "vitest";

describe("Prediction", () => {
  it.each([
    [9, 2.699, "You guessed 9 nines; it is 2.699, 6.301 fewer."],
    [2, 2.699, "You guessed 2 nines; it is 2.699, 0.699 more."],
    [2.7, 2.699, "You guessed 2.7 nines; it is 2.699: well predicted."],
    [undefined, 2.699, "No guess yet: the answer is 2.699 nines."],
  ])("Prediction.gap() of %j against %d is %j", (guess, actual, words) => {
    expect(new Prediction("?", {guess, unit: "nines"}).gap(actual)).toBe(words);
  });

  it("Prediction refuses a guess that is no number", () => {
    expect(() => new Prediction("?", {guess: "nine" as never, unit: "nines"})).toThrow(
      "Cannot take the guess: need a number, got nine",
    );
  });
});
