import type {Random} from "./random.js";

/** `invented for teaching`: its table then takes 80 MB, the most that a small laptop can spare. */
const MAX_ITEMS = 1e7;

/**
 * A Zipf distribution: item i of `items` is drawn with a probability proportional to
 * 1 / (i + 1)^exponent, so item 0 is the most popular. Draws by binary search in the table of sums,
 * exactly.
 *
 * @example
 * import {Random, Zipf} from "kernel-lib/random";
 * const popularity = new Zipf({items: 1000, exponent: 1});
 * popularity.probability(0) / popularity.probability(9) // => 10
 * popularity.draw(new Random(2)) < 1000 // => true
 */
export class Zipf {
  readonly items: number;
  readonly exponent: number;
  /** Sums of the weights up to each item; the last is the total. */
  private readonly sums: Float64Array;

  /**
   * @param options items: a whole number in [1, 10^7]; exponent: in [0, ∞), 0 is uniform
   * @throws RangeError if an option is outside its range
   */
  constructor({items, exponent}: {items: number; exponent: number}) {
    if (!Number.isInteger(items) || items < 1 || items > MAX_ITEMS) {
      throw new RangeError(`Cannot draw: need a whole number of items in [1, 10^7], got ${items}`);
    }
    if (!(exponent >= 0 && exponent < Infinity)) {
      throw new RangeError(`Cannot draw: need an exponent in [0, ∞), got ${exponent}`);
    }
    this.items = items;
    this.exponent = exponent;
    this.sums = new Float64Array(items);
    let sum = 0;
    for (let item = 0; item < items; item++) {
      sum += (item + 1) ** -exponent;
      this.sums[item] = sum;
    }
  }

  /** A whole number in [0, items): which item. */
  draw(random: Random): number {
    const target = random.float() * this.sums[this.items - 1]!;
    let low = 0;
    let high = this.items - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sums[middle]! <= target) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * P(this item is drawn).
   *
   * @throws RangeError if the item is no whole number in [0, items)
   */
  probability(item: number): number {
    if (!Number.isInteger(item) || item < 0 || item >= this.items) {
      throw new RangeError(`Cannot look up: need an item in [0, ${this.items}), got ${item}`);
    }
    return (item + 1) ** -this.exponent / this.sums[this.items - 1]!;
  }
}
