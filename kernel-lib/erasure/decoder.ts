import {makeKernel} from "./kernel.js";
import type {Implementation, Kernel} from "./kernel.js";
import type {Matrix} from "./matrix.js";

/** How to restore one set of lost shards. */
export interface Decoder {
  /** The k shards to read, by index. */
  readonly sources: readonly number[];
  /** Restores the lost shards, in order, from these. */
  readonly kernel: Kernel;
}

/** `invented for teaching`: more than all patterns of one or two losses for up to 15 shards. */
const MOST_PATTERNS = 128;

/** Decoders of a code, one per erasure pattern, made when first needed; the oldest are dropped. */
export class DecoderCache {
  private readonly generator: Matrix;
  private readonly implementation: Implementation | undefined;
  private readonly decoders = new Map<string, Decoder>();
  private latest: {pattern: string; decoder: Decoder} | undefined;

  constructor(generator: Matrix, implementation: Implementation | undefined) {
    this.generator = generator;
    this.implementation = implementation;
  }

  /**
   * @param lost indices of the lost shards, in order
   * @throws RangeError if the others do not determine the data
   */
  decoder(lost: readonly number[]): Decoder {
    const pattern = String.fromCharCode(...lost);
    if (pattern === this.latest?.pattern) return this.latest.decoder;
    const decoder = this.decoders.get(pattern) ?? this.makeDecoder(lost);
    // Taken out and put in again, so that the first of the map is the one unused for longest.
    this.decoders.delete(pattern);
    this.decoders.set(pattern, decoder);
    if (this.decoders.size > MOST_PATTERNS) {
      this.decoders.delete(this.decoders.keys().next().value!);
    }
    this.latest = {pattern, decoder};
    return decoder;
  }

  private makeDecoder(lost: readonly number[]): Decoder {
    const all = Array.from({length: this.generator.rows}, (_, index) => index);
    const present = all.filter((index) => !lost.includes(index));
    const {sources, inverse} = invertRows(this.generator, present);
    // Row i of the generator times the inverse gives shard i, data or parity, from the sources.
    const rows = this.generator.selectRows(lost).multiply(inverse);
    return {sources, kernel: makeKernel(rows, this.implementation)};
  }
}

/** Picks as many of the rows present as there are columns, independent ones, and inverts those. */
function invertRows(
  generator: Matrix,
  present: readonly number[],
): {sources: number[]; inverse: Matrix} {
  const firstRows = present.slice(0, generator.columns);
  const square = firstRows.length === generator.columns;
  const direct = square ? generator.selectRows(firstRows).invert() : undefined;
  if (direct !== undefined) return {sources: firstRows, inverse: direct};
  const rows = independentRows(generator, present);
  const inverse =
    rows.length === generator.columns ? generator.selectRows(rows).invert() : undefined;
  if (inverse === undefined) {
    throw new RangeError(
      `Cannot reconstruct ${generator.rows} shards: the ${present.length} present hold only ` +
        `${rows.length} independent rows of this matrix, need ${generator.columns}`,
    );
  }
  return {sources: rows, inverse};
}

/** A largest set of independent rows, chosen from the candidates in order. */
function independentRows(matrix: Matrix, candidates: readonly number[]): number[] {
  const chosen: number[] = [];
  for (const candidate of candidates) {
    if (matrix.selectRows([...chosen, candidate]).rank() > chosen.length) chosen.push(candidate);
  }
  return chosen;
}
