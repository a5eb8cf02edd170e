import {claim} from "kernel-lib/lesson";
import type {Claim, ClaimRow, Decision} from "kernel-lib/lesson";

/** A claim of the ledger as it would be with another number to decide it. */
export function movedClaim(id: string, change: Partial<Decision>): Claim {
  const original = claim(id);
  const {row} = original;
  if (row.decide === undefined) throw new RangeError(`Cannot move claim ${id}: it has no decision`);
  const constructor = original.constructor as new (row: ClaimRow) => Claim;
  return new constructor({...row, decide: {...row.decide, ...change}});
}
