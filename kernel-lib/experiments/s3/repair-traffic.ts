/**
 * Repair traffic: bytes read to restore what failed disks held, by code.
 *
 * A lost block of RS(10,4) needs ten others, one of LRC(10,6,5) the five of its group, one of three
 * copies a copy. When several blocks of a stripe are gone they share their reads, and a local group
 * that has lost two no longer helps: both are counted, stripe by stripe.
 *
 * Published peer: Sathiamoorthy et al., "XORing elephants", VLDB 2013, Table 1: repair traffic 1×,
 * 10×, 5× for three copies, RS(10,4), LRC(10,6,5).
 *
 * Fidelity: public for the sizes of groups; placement is uniform at random. Reads are counted from
 * the groups, no block is decoded here; a stripe counts as lost once fewer than k blocks are left, which
 * for an LRC is optimistic.
 */
import {Random} from "../../random/index.js";

/** A code as far as repair is concerned. */
export interface RepairCode {
  /** As in "RS(10,4)". */
  code: string;
  /** k. */
  dataShards: number;
  /** All shards of a stripe. */
  totalShards: number;
  /** Local groups, as shard numbers: any one of a group is restored from the others. */
  groups: readonly (readonly number[])[];
}

export interface RepairTrafficOptions {
  seed: number;
  /** Default: three copies, RS(10,4), and LRC(10,6,5) of the paper. */
  codes?: readonly RepairCode[];
  /** How many disks fail at once, whole numbers >= 0. Default 1, 2, 3, 5, 10. */
  failedDisks?: readonly number[];
  /** Disks in all. Default 1,000. */
  disks?: number;
  /** Bytes of data stored, in blocks. Default 10 TB in blocks of 256 MB, as in the paper. */
  dataBytes?: number;
  blockBytes?: number;
}

/** One code, some failed disks. */
export interface RepairTrafficRow {
  code: string;
  failedDisks: number;
  lostBlocks: number;
  bytesRead: number;
  /** Bytes read per byte restored. */
  readsPerLostByte: number;
  /** Stripes that can no longer be restored; nothing is read for them. */
  stripesLost: number;
}

/** Group sizes of XORing elephants §2: blocks 0–9 data, 10–13 RS parity, 14 and 15 local parities. */
const DEFAULT_CODES: readonly RepairCode[] = [
  {
    code: "3 copies",
    dataShards: 1,
    totalShards: 3,
    groups: [
      [0, 1],
      [1, 2],
      [0, 2],
    ],
  },
  {code: "RS(10,4)", dataShards: 10, totalShards: 14, groups: []},
  {
    ...{code: "LRC(10,6,5)", dataShards: 10, totalShards: 16},
    // The third local parity is the sum of the first two, so it is not stored.
    groups: [
      [0, 1, 2, 3, 4, 14],
      [5, 6, 7, 8, 9, 15],
      [10, 11, 12, 13, 14, 15],
    ],
  },
];

/**
 * Places stripes at random, fails disks, and counts what repair reads.
 *
 * @returns rows by code, then by failed disks
 * @throws RangeError if an option is outside its range
 *
 * @example
 * import {repairTraffic} from "kernel-lib/experiments/s3";
 * const rows = repairTraffic({seed: 3, failedDisks: [1]});
 * rows.map((row) => `${row.code}: ${row.readsPerLostByte}`)
 * // => [ '3 copies: 1', 'RS(10,4): 10', 'LRC(10,6,5): 5' ]
 */
export function repairTraffic(options: RepairTrafficOptions): RepairTrafficRow[] {
  const {codes = DEFAULT_CODES, failedDisks = [1, 2, 3, 5, 10], disks = 1000} = options;
  const widest = Math.max(...codes.map(({totalShards}) => totalShards));
  if (
    !Number.isInteger(disks) ||
    disks < widest ||
    !failedDisks.every((n) => n >= 0 && n <= disks)
  ) {
    throw new RangeError(
      `Cannot fail disks: need disks >= ${widest} and failed ones in [0, disks], ` +
        `got ${disks} and ${failedDisks}`,
    );
  }
  return codes.flatMap((code) => failedDisks.map((failed) => count(code, failed, options)));
}

function count(
  code: RepairCode,
  failedDisks: number,
  options: RepairTrafficOptions,
): RepairTrafficRow {
  const {seed, disks = 1000, dataBytes = 10e12, blockBytes = 256e6} = options;
  const random = new Random(seed).fork(code.code);
  const stripes = Math.ceil(dataBytes / (blockBytes * code.dataShards));
  let [lostBlocks, blocksRead, restored, stripesLost] = [0, 0, 0, 0];
  for (let stripe = 0; stripe < stripes; stripe++) {
    // Disks 0 … failedDisks - 1 are the failed ones: placement is random, so any will do.
    const lost = placeAtRandom(code.totalShards, disks, random).flatMap((disk, shard) =>
      disk < failedDisks ? [shard] : [],
    );
    if (lost.length === 0) continue;
    lostBlocks += lost.length;
    const reads = readsFor(code, lost);
    if (reads === undefined) stripesLost++;
    else {
      blocksRead += reads;
      restored += lost.length;
    }
  }
  return {
    ...{code: code.code, failedDisks, lostBlocks, bytesRead: blocksRead * blockBytes},
    ...{readsPerLostByte: restored === 0 ? 0 : blocksRead / restored, stripesLost},
  };
}

/**
 * Blocks that repair reads for one stripe: groups with a single loss first, then k for all the rest.
 *
 * @returns `undefined` if fewer than k blocks are left
 */
function readsFor(
  {dataShards, totalShards, groups}: RepairCode,
  lost: readonly number[],
): number | undefined {
  const missing = new Set(lost);
  let reads = 0;
  for (let progress = true; progress && missing.size > 0;) {
    progress = false;
    for (const group of groups) {
      const absent = group.filter((shard) => missing.has(shard));
      if (absent.length !== 1) continue;
      reads += group.length - 1;
      missing.delete(absent[0]!);
      progress = true;
    }
  }
  if (missing.size === 0) return reads;
  return totalShards - missing.size < dataShards ? undefined : reads + dataShards;
}

/** As many different disks as there are shards, uniformly. */
function placeAtRandom(shards: number, disks: number, random: Random): number[] {
  const chosen: number[] = [];
  while (chosen.length < shards) {
    const disk = random.integer({min: 0, max: disks - 1});
    if (!chosen.includes(disk)) chosen.push(disk);
  }
  return chosen;
}
