import {predict, Prediction} from "kernel-lib/lesson";
import type {Guess, PredictOptions} from "kernel-lib/lesson";
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

  const objects = {unit: "objects"};
  it.each<[unknown, PredictOptions, string]>([
    ["a hundred", objects, 'Your guess is "a hundred"; a number is asked for'],
    ["100", objects, 'Your guess is "100"; a number is asked for, without quotes or unit.'],
    [true, objects, "Your guess is true; a number is asked for"],
    [Infinity, objects, "Your guess is ∞; a number is asked for"],
    [-5, objects, "Your guess is -5; the answer is not below 0."],
    [200, {unit: "percent"}, "Your guess is 200; the answer is from 0 to 100."],
    [-1, {unit: "%"}, "Your guess is -1; the answer is from 0 to 100."],
    [85, {unit: "sets", range: [0, 84]}, "Your guess is 85; the answer is from 0 to 84."],
    [{}, {}, "Your guess is an object, and no value."],
    [Number.NaN, {}, "Your guess is NaN, and no value."],
  ])("predict() sets the guess %j aside, says why, and goes on", (guess, options, refusal) => {
    const shown = collectShown();
    const prediction = predict("How many?", {...options, guess: guess as never});
    expect(prediction.guess).toBeUndefined();
    expect(prediction.refusal).toContain(refusal);
    expect(shown[0]!["text/plain"]).toContain(refusal);
    expect(shown[0]!["text/plain"]).toMatch(/Write .* above and run this cell again/);
    expect(prediction.gap(42)).toMatch(/^No guess yet: the answer is 42/);
  });

  it.each<[number, PredictOptions]>([
    [0, objects],
    [100, {unit: "%"}],
    [-3, {unit: "to spare", range: [-9, 9]}],
    [-3, {}],
  ])("predict() takes the guess %j with %j", (guess, options) => {
    collectShown();
    expect(predict("How many?", {...options, guess})).toMatchObject({guess, refusal: undefined});
  });
});
