import type {Implementation} from "./kernel.js";
import {Matrix} from "./matrix.js";
import {operationCount, straightLine} from "./straight-line.js";

/** What encoding costs by one routine, counted, not timed. */
export interface EncodingWork {
  implementation: Implementation;
  /** Data bytes that one operation works on at once. */
  bytesAtOnce: number;
  /** Operations (look-up, addition, shift, and, exclusive or) per byte of data. */
  operationsPerByte: number;
}

/** Per product: two logarithms, one addition, one power, one exclusive or. */
const TEXTBOOK_OPERATIONS = 5;

/**
 * Counts what the three routines do for one byte of data, so that a chapter can compare them on any
 * machine. Loads and stores of the shards themselves are left out: they are the same for all three.
 *
 * @param parity the parity rows, m × k
 * @returns one row per routine: textbook, plain, simd
 *
 * @example
 * import {encodingWork, vandermondeParity} from "kernel-lib/erasure";
 * const [textbook] = encodingWork(vandermondeParity({dataShards: 6, parityShards: 2}));
 * textbook.operationsPerByte // => 10
 */
export function encodingWork(parity: Matrix): EncodingWork[] {
  const rows = Array.from({length: parity.rows}, (_, row) => parity.row(row));
  const products = parity.data.filter((coefficient) => coefficient !== 0).length;
  const program = operationCount(straightLine(rows, parity.columns));
  const work = (
    implementation: Implementation,
    operations: number,
    bytesAtOnce: number,
  ): EncodingWork => ({
    implementation,
    bytesAtOnce,
    operationsPerByte: operations / (parity.columns * bytesAtOnce),
  });
  return [
    work("textbook", TEXTBOOK_OPERATIONS * products, 1),
    work("plain", program, 4),
    work("simd", program, 16),
  ];
}
