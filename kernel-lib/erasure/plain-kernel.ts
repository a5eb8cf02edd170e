import type {Kernel} from "./kernel.js";
import type {Matrix} from "./matrix.js";
import {straightLine} from "./straight-line.js";
import type {StraightLine} from "./straight-line.js";
import {TextbookKernel} from "./textbook-kernel.js";
import {compileWords} from "./word-compiler.js";
import {interpretWords} from "./word-interpreter.js";

/** Runs a program on the first `count` words of the inputs; writes the outputs, by row. */
export type WordRoutine = (
  count: number,
  inputs: readonly Int32Array[],
  outputs: readonly Int32Array[],
) => void;

/**
 * The straight-line program in JavaScript, four bytes at once in a 32-bit word (SIMD within a
 * register; Anvin, "The mathematics of RAID-6", §3). As one compiled loop where the host allows to
 * make a function from text, else step by step.
 */
export class PlainKernel implements Kernel {
  private readonly program: StraightLine;
  private readonly textbook: TextbookKernel;
  private readonly routine: WordRoutine;

  constructor(matrix: Matrix) {
    const rows = Array.from({length: matrix.rows}, (_, row) => matrix.row(row));
    this.program = straightLine(rows, matrix.columns);
    this.textbook = new TextbookKernel(matrix);
    this.routine = compileWords(this.program) ?? interpretWords(this.program);
  }

  multiply(sources: readonly Uint8Array[], targets: readonly Uint8Array[]): void {
    const length = targets[0]?.length ?? 0;
    const words = length >> 2;
    if (words > 0) {
      const outputs = targets.map((target) => alignedWords(target, words));
      this.routine(
        words,
        sources.map((source) => alignedWords(source, words)),
        outputs,
      );
      outputs.forEach((output, row) => copyBack(output, targets[row]!));
    }
    const rest = (shard: Uint8Array): Uint8Array => shard.subarray(4 * words);
    if (length > 4 * words) this.textbook.multiply(sources.map(rest), targets.map(rest));
  }
}

/** The first words of a shard: a view where it is aligned, else a copy. */
function alignedWords(shard: Uint8Array, words: number): Int32Array {
  if (shard.byteOffset % 4 === 0) return new Int32Array(shard.buffer, shard.byteOffset, words);
  return new Int32Array(shard.slice(0, 4 * words).buffer);
}

/** Into a target that was not aligned. */
function copyBack(words: Int32Array, target: Uint8Array): void {
  if (words.buffer === target.buffer) return;
  target.set(new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
}
