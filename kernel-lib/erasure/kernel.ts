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
 * `invented for teaching`: up to so many products of two bytes, about 0.2 ms of the textbook
 * routine, the steps of the fast ones would take longer to plan than they save.
 */
const FEW_PRODUCTS = 20_000;

/** The fastest implementation that this host has. */
export function bestImplementation(): Implementation {
  return hasSimd() ? "simd" : "plain";
}

/**
 * @param implementation the one to use for shards of any length; without it, the best one for long
 *   shards and the textbook for short ones
 */
export function makeKernel(matrix: Matrix, implementation?: Implementation): Kernel {
  if (implementation === undefined) return new KernelByLength(matrix);
  if (implementation === "textbook") return new TextbookKernel(matrix);
  return implementation === "simd" && hasSimd() ? new SimdKernel(matrix) : new PlainKernel(matrix);
}

class KernelByLength implements Kernel {
  private readonly matrix: Matrix;
  private readonly textbook: Kernel;
  private fast: Kernel | undefined;

  constructor(matrix: Matrix) {
    this.matrix = matrix;
    this.textbook = new TextbookKernel(matrix);
  }

  multiply(sources: readonly Uint8Array[], targets: readonly Uint8Array[]): void {
    if (this.fast === undefined && this.products(targets) > FEW_PRODUCTS) {
      this.fast = makeKernel(this.matrix, bestImplementation());
    }
    (this.fast ?? this.textbook).multiply(sources, targets);
  }

  private products(targets: readonly Uint8Array[]): number {
    return (targets[0]?.length ?? 0) * this.matrix.rows * this.matrix.columns;
  }
}
