import {encodingWork, pqParity, vandermondeParity} from "kernel-lib/erasure";
import {describe, expect, it} from "vitest";

const six = {dataShards: 6, parityShards: 2};

describe("encodingWork", () => {
  it("encodingWork() counts ten operations a byte for the textbook, and a quarter for SIMD of plain", () => {
    const [textbook, plain, simd] = encodingWork(vandermondeParity(six));
    expect(textbook).toEqual({implementation: "textbook", bytesAtOnce: 1, operationsPerByte: 10});
    expect(plain!.operationsPerByte).toBe(4 * simd!.operationsPerByte);
    expect(plain!.operationsPerByte).toBeLessThan(textbook!.operationsPerByte);
  });

  it("P+Q of six shards takes thirty operations for 24 bytes, as counted by hand", () => {
    // P: 5 exclusive ors. Q by Horner: 5 doublings of 4 operations each, 5 exclusive ors.
    expect(encodingWork(pqParity(six))[1]!.operationsPerByte).toBeCloseTo(30 / 24, 10);
  });

  it("Vandermonde of six shards takes fewer: its coefficients are below 8, two doublings a row", () => {
    const [, vandermonde] = encodingWork(vandermondeParity(six));
    expect(vandermonde!.operationsPerByte).toBeLessThan(1);
  });
});
