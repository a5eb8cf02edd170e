import {escapeHtml, formatNumber} from "../plot/index.js";
import {Random} from "../random/index.js";
import {check} from "./check.js";
import type {CheckResult} from "./check.js";
import {emit} from "./display.js";

/** One question with its answer, as a maker draws it from chance. */
export interface DrillItem {
  question: string;
  answer: number;
  /** Unit of the answer, as in "shards". */
  unit: string;
  /** The way to the answer, step by step. */
  worked: readonly string[];
}

/** Draws a question. The same random stream must give the same question. */
export type DrillMaker = (random: Random) => DrillItem;

/** One question of a drill: ask, answer, see it worked, and go on to the next. */
export class Drill {
  readonly seed: number;
  readonly item: DrillItem;
  private readonly make: DrillMaker;

  constructor(make: DrillMaker, seed: number) {
    this.make = make;
    this.seed = seed;
    this.item = make(new Random(seed).fork("drill"));
  }

  /** Marks an answer; `undefined` says that there is none yet. */
  answer(value: number | undefined): CheckResult {
    const {answer, unit} = this.item;
    const tolerance = 0.005 * Math.abs(answer);
    return check(`drill ${this.seed}`, value, {expect: answer, tolerance, unit});
  }

  /** Shows the way to the answer of this seed, folded. */
  worked(): void {
    const {worked, answer, unit} = this.item;
    const steps = [...worked, `Answer: ${formatNumber(answer)} ${unit}.`];
    emit({
      "text/html":
        `<details><summary>Drill ${this.seed}, worked</summary><ol>` +
        `${steps.map((step) => `<li>${escapeHtml(step)}</li>`).join("")}</ol></details>`,
      "text/plain": steps.join("\n"),
    });
  }

  /** The next question: there is always one. */
  next(): Drill {
    return drill(this.make, {seed: (this.seed + 1) % 2 ** 32});
  }
}

/**
 * Asks a question drawn from a seed. Another seed is another question: a drill never runs out, and
 * its answer key is the maker itself.
 *
 * @param make draws question, answer and worked solution
 * @param options seed, a whole number in [0, 2^32)
 *
 * @example
 * import {drill} from "kernel-lib/lesson";
 * const sum = (random) => {
 *   const [a, b] = [random.integer({min: 1, max: 9}), random.integer({min: 1, max: 9})];
 *   return {question: `${a} ⊕ ${b}?`, answer: a ^ b, unit: "", worked: ["Exclusive or, bit by bit."]};
 * };
 * const first = drill(sum, {seed: 1});
 * first.answer(first.item.answer) // => true
 * first.next().seed // => 2
 */
export function drill(make: DrillMaker, {seed}: {seed: number}): Drill {
  const one = new Drill(make, seed);
  emit({
    "text/html": `<p><strong>Drill ${seed}.</strong> ${escapeHtml(one.item.question)}</p>`,
    "text/plain": `Drill ${seed}. ${one.item.question}`,
  });
  return one;
}
