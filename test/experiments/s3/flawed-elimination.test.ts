import {gfMultiply} from "kernel-lib/erasure";
import {flawedElimination} from "kernel-lib/experiments/s3";
import type {FlawedEliminationRow} from "kernel-lib/experiments/s3";
import {describe, expect, it} from "vitest";

function entriesOf(text: string): number[] {
  return text.match(/\d+/g)!.map(Number);
}

function rowsOf({row0, row1, row2}: FlawedEliminationRow): number[][] {
  return [row0, row1, row2].map(entriesOf);
}

/** What the move makes of the rows before it, read from its words alone. */
function redo(before: number[][], move: string): number[][] {
  const [target, second, source] = entriesOf(move) as [number, number, number];
  const after = before.map((row) => [...row]);
  if (move.includes("↔")) [after[target], after[second]] = [before[second]!, before[target]!];
  else if (move.includes("×=")) after[target] = before[target]!.map((e) => gfMultiply(second, e));
  else {
    after[target] = before[target]!.map((e, i) => e ^ gfMultiply(second, before[source]![i]!));
  }
  return after;
}

const SEEDS = Array.from({length: 200}, (_, seed) => seed);

describe("flawedElimination", () => {
  it("flawedElimination() has exactly one entry that does not follow, whatever the seed", () => {
    for (const seed of SEEDS) {
      const trace = flawedElimination({seed});
      const wrong = trace.slice(1).flatMap((line, i) => {
        const right = redo(rowsOf(trace[i]!), line.move).flat();
        return rowsOf(line)
          .flat()
          .flatMap((entry, at) => (entry === right[at] ? [] : [{step: line.step, at}]));
      });
      expect(wrong, `seed ${seed}`).toHaveLength(1);
      expect(wrong[0]!.at % 6).toBeGreaterThanOrEqual(3);
    }
  });

  it("flawedElimination() ends with the identity on the left, so that its end gives nothing away", () => {
    for (const seed of SEEDS) {
      const left = rowsOf(flawedElimination({seed}).at(-1)!).map((row) => row.slice(0, 3));
      expect(left).toEqual([
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]);
    }
  });

  it("flawedElimination() puts the flaw at many different steps", () => {
    const traces = new Set(SEEDS.map((seed) => JSON.stringify(flawedElimination({seed}))));
    expect(traces.size).toBe(SEEDS.length);
    expect(flawedElimination({seed: 3})).toEqual(flawedElimination({seed: 3}));
  });
});
