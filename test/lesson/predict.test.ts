import {Prediction} from "kernel-lib/lesson";
import type {Guess} from "kernel-lib/lesson";
import {describe, expect, it} from "vitest";
import {collectShown} from "../support/shown.js";

describe("Prediction", () => {
  it.each<[Guess | undefined, unknown, string]>([
    [9, 2.699, "You guessed 9 nines; it is 2.699, 6.301 fewer."],
    [2, 2.699, "You guessed 2 nines; it is 2.699, 0.699 more."],
    [2.7, 2.699, "You guessed 2.7 nines; it is 2.699: well predicted."],
    [undefined, 2.699, "No guess yet: the answer is 2.699 nines."],
  ])("Prediction.gap() of %j against %j is %j", (guess, actual, words) => {
    expect(new Prediction("?", {guess, unit: "nines"}).gap(actual)).toBe(words);
  });

  it.each<[Guess, unknown, string]>([
    ["[1, 9, 10]", [1, 10, 9], 'You guessed "[1, 9, 10]"; it is [1, 10, 9].'],
    ["[1,10,9]", [1, 10, 9], 'You guessed "[1,10,9]"; it is [1, 10, 9]: well predicted.'],
    [
      "[1, NaN, NaN]",
      [1, NaN, NaN],
      'You guessed "[1, NaN, NaN]"; it is [1, NaN, NaN]: well predicted.',
    ],
    ["52", "52", 'You guessed "52"; it is "52": well predicted.'],
    [7, "52", 'You guessed 7; it is "52".'],
    [false, true, "You guessed false; it is true."],
    ["undefined", undefined, 'You guessed "undefined"; it is undefined: well predicted.'],
    [300, Uint8Array.of(44)[0], "You guessed 300; it is 44, 256 fewer."],
  ])("Prediction.gap() of the value %j against %j is %j", (guess, actual, words) => {
    expect(new Prediction("?", {guess}).gap(actual)).toBe(words);
  });

  it("Prediction.reveal() shows question and gap in one line", () => {
    const shown = collectShown();
    new Prediction("What is a < b?", {guess: true}).reveal(false);
    expect(shown[0]!["text/plain"]).toBe("What is a < b? You guessed true; it is false.");
    expect(shown[0]!["text/html"]).toContain("a &lt; b");
  });

  it("Prediction refuses a guess that is no value one can write", () => {
    expect(() => new Prediction("?", {guess: {} as never})).toThrow(
      "need a number or a text, got object",
    );
    expect(() => new Prediction("?", {guess: Number.NaN})).toThrow("got NaN");
  });
});
