/**
 * Judges of chapter 3's checks: each says whether an answer is right, or what is wrong with it.
 *
 * The right answer is searched for by the mechanism and never shown: these live here, and not in a
 * cell, so that a reader does not meet it on the way to the question.
 */
import {placeRoundRobin, shardsPerZone} from "../../erasure/index.js";
import {zoneLoss} from "./zone-loss.js";

/** What check 5 asks for. */
const ZONES = 3;
const MOST_SHARDS = 9;

/**
 * Judges a code for three zones: at most nine shards, a zone and one more disk may be lost, and no
 * code that can do that stores fewer bytes. Whether it outlives them is decided by decoding.
 *
 * @param answer `[data, parity]`, two whole numbers >= 1; anything else is told so
 * @returns true, or what is wrong, as the end of a sentence
 *
 * @example
 * import {judgeThreeZoneCode} from "kernel-lib/experiments/s3";
 * judgeThreeZoneCode([6, 2]) // => 'a zone and a disk are fatal to it'
 */
export function judgeThreeZoneCode(answer: unknown): true | string {
  if (!Array.isArray(answer) || answer.length !== 2 || !answer.every(isCount)) {
    return "write two whole numbers, as in [6, 2]: data shards, parity shards";
  }
  const [dataShards, parityShards] = answer as [number, number];
  if (dataShards + parityShards > MOST_SHARDS) return "that is more than nine shards";
  const codes = [{dataShards, parityShards}];
  const [{spareAfterOneZone, overhead}] = zoneLoss({codes, zones: [ZONES], seed: 3}) as [
    ReturnType<typeof zoneLoss>[number],
  ];
  if (spareAfterOneZone < 1) return "a zone and a disk are fatal to it";
  return overhead <= leastOverhead() || "it survives, and a cheaper code does too";
}

/** Fewest stored bytes per byte among the codes that lose a zone and still have one to spare. */
function leastOverhead(): number {
  let least = Infinity;
  for (let shards = 2; shards <= MOST_SHARDS; shards++) {
    const fullest = Math.max(...shardsPerZone(placeRoundRobin({shards, zones: ZONES})));
    const dataShards = shards - (fullest + 1);
    if (dataShards >= 1) least = Math.min(least, shards / dataShards);
  }
  return least;
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1;
}
