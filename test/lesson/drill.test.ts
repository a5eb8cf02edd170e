import {drill} from "kernel-lib/lesson";
import type {DrillMaker} from "kernel-lib/lesson";
import {describe, expect, it} from "vitest";
import {collectShown} from "../support/shown.js";

const parity: DrillMaker = (random) => {
  const [a, b] = [random.integer({min: 1, max: 99}), random.integer({min: 1, max: 99})];
  return {question: `${a} ⊕ ${b}?`, answer: a ^ b, unit: "", worked: [`${a} ⊕ ${b}, bit by bit`]};
};

describe("drill", () => {
  it("drill() asks the same question for a seed, another for the next, and never runs out", () => {
    collectShown();
    let one = drill(parity, {seed: 2 ** 32 - 3});
    expect(drill(parity, {seed: 2 ** 32 - 3}).item).toEqual(one.item);
    const questions = new Set<string>();
    for (let count = 0; count < 50; count++, one = one.next()) questions.add(one.item.question);
    expect(questions.size).toBeGreaterThan(45);
    expect(one.seed).toBe(47);
  });

  it("Drill.answer() marks, and Drill.worked() folds the way to that seed's answer", () => {
    const shown = collectShown();
    const one = drill(parity, {seed: 1});
    expect(one.answer(one.item.answer)).toBe(true);
    expect(one.answer(one.item.answer + 1)).toBe(false);
    expect(one.answer(undefined)).toBeUndefined();
    one.worked();
    expect(shown.at(-1)!["text/html"]).toMatch(/^<details><summary>Drill 1, worked<\/summary>/);
    expect(shown.at(-1)!["text/plain"]).toContain(`Answer: ${one.item.answer}`);
  });
});
