import {Matrix} from "./matrix.js";
import {PlainKernel} from "./plain-kernel.js";
import {hasSimd, SimdKernel} from "./simd-kernel.js";
import {TextbookKernel} from "./textbook-kernel.js";

/**
 * Which of three routines multiplies shards. They agree byte for byte and differ in speed only:
 * "textbook" looks up two logarithms a product, "plain" works on four bytes at once in JavaScript,
 * "simd" on sixteen in WebAssembly.
 */
export type Implementation = "textbook" | "plain" | "simd";

/** Multiplies shards by a matrix that it was made for. */
export interface Kernel {
  /**
   * Overwrites target r with Σ matrix(r, c) · source c, byte by byte. Targets and sources are of
   * equal length; no target shares bytes with another array.
   */
  multiply(sources: readonly Uint8Array[], targets: readonly Uint8Array[]): void;
}

/**
 * `measured`: a kernel that has multiplied so many pairs of bytes, some 0.2 ms of the textbook
 * routine, is worth the planning of the steps of a fast one.
 */
const FEW_PRODUCTS = 20_000;

/** The fastest implementation that this host has. */
export function bestImplementation(): Implementation {
  return hasSimd() ? "simd" : "plain";
}

/**
 * @param implementation the one to use for shards of any length; without it, the textbook until
 *   enough has been multiplied to be worth preparing the best one
 */
export function makeKernel(matrix: Matrix, implementation?: Implementation): Kernel {
  if (implementation === undefined) return new KernelByUse(matrix);
  if (implementation === "textbook") return new TextbookKernel(matrix);
  if (implementation === "plain" || !hasSimd()) return new PlainKernel(matrix);
  try {
    return new SimdKernel(matrix);
  } catch {
    // Some browsers compile no module of more than 4 KiB at once; and addresses may have run out.
    return new PlainKernel(matrix);
  }
}

class KernelByUse implements Kernel {
  private readonly matrix: Matrix;
  private readonly textbook: Kernel;
  private fast: Kernel | undefined;
  private productsSoFar = 0;

  constructor(matrix: Matrix) {
    this.matrix = matrix;
    this.textbook = new TextbookKernel(matrix);
  }

  multiply(sources: readonly Uint8Array[], targets: readonly Uint8Array[]): void {
    if (this.fast === undefined) {
      const length = targets[0]?.length ?? 0;
      this.productsSoFar += length * this.matrix.rows * this.matrix.columns;
      if (this.productsSoFar > FEW_PRODUCTS) {
        this.fast = makeKernel(this.matrix, bestImplementation());
      }
    }
    (this.fast ?? this.textbook).multiply(sources, targets);
  }
}
