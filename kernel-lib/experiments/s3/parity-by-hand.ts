/**
 * Parity by hand: each parity shard, added up byte by byte from the data shards, beside the one that
 * the encoder made.
 *
 * The sum here shares no code with the encoder: it multiplies as on paper, bit by bit, without
 * logarithms or tables. If both agree on every byte, a parity shard is a linear combination of the
 * data shards over that field, and nothing else.
 *
 * Decides claim 3.8.
 *
 * Fidelity: public. Code and field are real; whether Amazon S3 calculates in this field is not
 * published.
 */
import {ReedSolomon} from "../../erasure/index.js";
import type {Matrix} from "../../erasure/index.js";
import {Random} from "../../random/index.js";
import type {Code} from "./stripe.js";

export interface ParityByHandOptions {
  /** Which codes to try; each gives one row per parity shard. */
  codes: readonly Code[];
  /** Decides the bytes of the object. */
  seed: number;
  /** Length of the object in bytes, a whole number >= 0. Default 6000, `invented for teaching`. */
  objectBytes?: number;
  /**
   * The field to add up in: its polynomial as a number, in [0x100, 0x1ff]. Default 0x11d,
   * `documented`: the encoder's own, as in Backblaze's JavaReedSolomon.
   */
  polynomial?: number;
}

/** One parity shard of one code. */
export interface ParityByHandRow {
  /** As in "RS(6,2)". */
  code: string;
  /** As in "p1". */
  parity: string;
  /** What the data shards are multiplied with, as in "7 6 5 4 3 2". */
  coefficients: string;
  /** Length of the shard. */
  bytes: number;
  /** In how many bytes the sum by hand and the encoder disagree. */
  bytesThatDiffer: number;
}

/**
 * Adds up every parity shard by hand and counts the bytes in which the encoder disagrees.
 *
 * @returns one row per parity shard, codes outermost
 * @throws RangeError if a code, the length or the polynomial is outside its range
 *
 * @example
 * import {parityByHand} from "kernel-lib/experiments/s3";
 * const [p1] = parityByHand({codes: [{dataShards: 6, parityShards: 2}], seed: 3});
 * p1.coefficients // => '7 6 5 4 3 2'
 * p1.bytesThatDiffer // => 0
 */
export function parityByHand(options: ParityByHandOptions): ParityByHandRow[] {
  const {codes, seed, objectBytes = 6000, polynomial = 0x11d} = options;
  if (!Number.isInteger(polynomial) || polynomial < 0x100 || polynomial > 0x1ff) {
    throw new RangeError(
      `Cannot add up parity: need a polynomial in [0x100, 0x1ff], got ${polynomial}`,
    );
  }
  if (!Number.isInteger(objectBytes) || objectBytes < 0) {
    throw new RangeError(`Cannot add up parity: need a length >= 0, got ${objectBytes}`);
  }
  const object = new Random(seed).fork("object").bytes(objectBytes);
  return codes.flatMap((code) => rowsOf(code, object, polynomial));
}

function rowsOf(code: Code, object: Uint8Array, polynomial: number): ParityByHandRow[] {
  const encoder = new ReedSolomon(code);
  const data = encoder.split(object);
  return encoder.encode(data).map((encoded, index) => {
    const byHand = addUp(encoder.matrix, index, data, polynomial);
    return {
      code: `RS(${code.dataShards},${code.parityShards})`,
      parity: `p${index + 1}`,
      coefficients: [...encoder.matrix.row(index)].join(" "),
      bytes: encoded.length,
      bytesThatDiffer: encoded.filter((byte, at) => byte !== byHand[at]).length,
    };
  });
}

/** p_i = Σ coefficient(i, j) · d_j, where adding is exclusive or. */
function addUp(
  matrix: Matrix,
  row: number,
  data: readonly Uint8Array[],
  polynomial: number,
): Uint8Array {
  const coefficients = matrix.row(row);
  const sum = new Uint8Array(data[0]!.length);
  data.forEach((shard, column) =>
    shard.forEach((byte, at) => {
      sum[at]! ^= multiplyByHand(coefficients[column]!, byte, polynomial);
    }),
  );
  return sum;
}

/** Long multiplication of polynomials over {0, 1}, reduced as soon as it outgrows a byte. */
function multiplyByHand(a: number, b: number, polynomial: number): number {
  let product = 0;
  for (let shifted = a, left = b; left > 0; left >>= 1) {
    if (left & 1) product ^= shifted;
    shifted <<= 1;
    if (shifted > 255) shifted ^= polynomial;
  }
  return product;
}
