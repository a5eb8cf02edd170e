import {gfMultiply} from "./galois.js";
import type {Kernel} from "./kernel.js";
import type {Matrix} from "./matrix.js";

/** The definition as a loop: one `gfMultiply` per byte, row and column. */
export class TextbookKernel implements Kernel {
  private readonly matrix: Matrix;

  constructor(matrix: Matrix) {
    this.matrix = matrix;
  }

  multiply(sources: readonly Uint8Array[], targets: readonly Uint8Array[]): void {
    targets.forEach((target, row) => {
      target.fill(0);
      sources.forEach((source, column) => {
        addProducts(target, this.matrix.get(row, column), source);
      });
    });
  }
}

function addProducts(target: Uint8Array, coefficient: number, source: Uint8Array): void {
  if (coefficient === 0) return;
  for (let i = 0; i < target.length; i++) target[i]! ^= gfMultiply(coefficient, source[i]!);
}
