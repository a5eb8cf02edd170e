import type {WordRoutine} from "./plain-kernel.js";
import type {Step, StraightLine} from "./straight-line.js";

/** `measured`: values of 2 KiB stay in the first-level cache, and a loop over one is long enough. */
const BLOCK_WORDS = 512;

/** The program block by block: each step is a loop over one block of its operands. */
export function interpretWords({inputs, steps, outputs}: StraightLine): WordRoutine {
  const blocks = steps.map(() => new Int32Array(BLOCK_WORDS));
  return (count, sources, targets) => {
    for (let start = 0; start < count; start += BLOCK_WORDS) {
      const end = Math.min(count, start + BLOCK_WORDS);
      const values = [...sources.map((source) => source.subarray(start, end)), ...blocks];
      steps.forEach((step, index) => runStep(step, values[inputs + index]!, values, end - start));
      outputs.forEach((value, row) => {
        targets[row]!.set(values[value]!.subarray(0, end - start), start);
      });
    }
  };
}

function runStep(
  {doubled, terms}: Step,
  target: Int32Array,
  values: readonly Int32Array[],
  count: number,
): void {
  if (doubled >= 0) double(target, values[doubled]!, count);
  else target.fill(0);
  for (const term of terms) add(target, values[term]!, count);
}

function add(target: Int32Array, term: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) target[i]! ^= term[i]!;
}

/** 2 · x in each of four bytes: shifted, less the polynomial where a top bit was set. */
function double(target: Int32Array, value: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const x = value[i]!;
    target[i] = ((x & 0x7f7f7f7f) << 1) ^ Math.imul((x >>> 7) & 0x01010101, 0x1d);
  }
}
