/**
 * Code frontier: what a code costs, twice, and what it buys.
 *
 * The two costs are the bytes stored per byte of data, and the shards read to repair one, the
 * everyday work. Local reconstruction codes stand beside Reed-Solomon ones. Their losses are not
 * decided by counting alone, so every set of lost shards is looked at.
 *
 * Published peers: Huang et al., USENIX ATC 2012, §2: LRC(12,2,2) stores 1.33 and reads 6, RS(12,4)
 * reads 12; data/published/s3/az-arithmetic.csv for the chance that a stripe cannot be read.
 *
 * Fidelity: as `zoneLoss`: the codes are real, placement and rates are a teaching model.
 */
import {equalBytes} from "../../bytes/index.js";
import {LocallyRepairable, placeRoundRobin, shardsPerZone} from "../../erasure/index.js";
import type {LocallyRepairableOptions} from "../../erasure/index.js";
import {Random} from "../../random/index.js";
import {nines} from "../../stats/index.js";
import {HOURS_PER_YEAR} from "../../units/index.js";
import type {Code} from "./stripe.js";
import {zoneLoss} from "./zone-loss.js";

export interface CodeFrontierOptions {
  /** Reed-Solomon codes; k = 1 is plain copies. */
  codes: readonly Code[];
  /** Local reconstruction codes, of at most 16 shards. Default none. */
  localCodes?: readonly LocallyRepairableOptions[];
  /** Over how many zones each code lies, a whole number >= 1. Default 3. */
  zones?: number;
  /** Decides the bytes of the objects, nothing else. */
  seed: number;
  /** Fraction of disks that fail in a year, in [0, 1]. Default 0.01, `invented for teaching`. */
  annualFailureRate?: number;
  /** Hours to repair a shard, > 0. Default 6, `invented for teaching`. */
  repairHours?: number;
  /** Expected losses of one zone in a year, >= 0. Default 1e-3, `invented for teaching`. */
  zoneFailuresPerYear?: number;
}

/** One code. */
export interface CodeFrontierRow {
  /** As in "RS(6,3)" or "LRC(12,2,2)". */
  code: string;
  /** Stored bytes per byte of data. */
  overhead: number;
  /** Shards read to repair one, on average over all shards. */
  readsToRepairOne: number;
  /** As in "3+3+3". */
  shardsPerZone: string;
  /** True if the object came back whole for every choice of one zone. */
  survivesOneZone: boolean;
  /** -log10 of P(lost in a year) by disks alone, per stripe. */
  ninesByDisks: number;
  /** The same when zones are lost too. */
  nines: number;
}

/** 2^16 sets of lost shards take a tenth of a second; each further shard doubles that. */
const MOST_SHARDS = 16;

/**
 * The costs and the nines of each code over the same zones.
 *
 * @returns Reed-Solomon codes first, then the local ones, each in the order given
 * @throws RangeError if an option is outside its range
 *
 * @example
 * import {codeFrontier} from "kernel-lib/experiments/s3";
 * const rows = codeFrontier({
 *   codes: [{dataShards: 12, parityShards: 4}], seed: 3,
 *   localCodes: [{dataShards: 12, localParities: 2, globalParities: 2}],
 * });
 * rows.map((row) => `${row.code}: ${row.overhead.toFixed(2)}, ${row.readsToRepairOne}`)
 * // => [ 'RS(12,4): 1.33, 12', 'LRC(12,2,2): 1.33, 6.75' ]
 */
export function codeFrontier(options: CodeFrontierOptions): CodeFrontierRow[] {
  const {codes, localCodes = [], zones = 3} = options;
  const rows = zoneLoss({...options, codes, zones: [zones]});
  return [
    ...rows.map((row, index) => ({
      ...{code: row.code, overhead: row.overhead},
      readsToRepairOne: codes[index]!.dataShards,
      ...{shardsPerZone: row.shardsPerZone, survivesOneZone: row.survivesOneZone},
      ...{ninesByDisks: row.ninesByDisks, nines: row.nines},
    })),
    ...localCodes.map((size) => localRow(size, zones, options)),
  ];
}

function localRow(
  size: LocallyRepairableOptions,
  zones: number,
  options: CodeFrontierOptions,
): CodeFrontierRow {
  const {annualFailureRate = 0.01, repairHours = 6, zoneFailuresPerYear = 1e-3} = options;
  const code = new LocallyRepairable(size);
  const shards = code.totalShards;
  if (shards > MOST_SHARDS) {
    throw new RangeError(
      `Cannot try all losses: need at most ${MOST_SHARDS} shards, got ${shards}`,
    );
  }
  const zoneOf = placeRoundRobin({shards, zones});
  const windowsPerYear = HOURS_PER_YEAR / repairHours;
  const disk = annualFailureRate / windowsPerYear;
  const yearly = (zone: number): number => {
    const perWindow = lossPerWindow(code, zoneOf, zones, disk, zone / windowsPerYear);
    return -Math.expm1(windowsPerYear * Math.log1p(-perWindow));
  };
  return {
    code: `LRC(${size.dataShards},${size.localParities},${size.globalParities})`,
    overhead: shards / size.dataShards,
    readsToRepairOne: code.averageRepairCost(),
    shardsPerZone: shardsPerZone(zoneOf).join("+"),
    survivesOneZone: survivesEachZone(code, zoneOf, zones, options.seed),
    ninesByDisks: nines(yearly(0)),
    nines: nines(yearly(zoneFailuresPerYear)),
  };
}

/** P(what is lost in one window cannot be decoded): the sum over all sets of lost shards. */
function lossPerWindow(
  code: LocallyRepairable,
  zoneOf: readonly number[],
  zones: number,
  disk: number,
  zone: number,
): number {
  const shards = zoneOf.length;
  let sum = 0;
  for (let set = 1; set < 2 ** shards; set++) {
    const lost = zoneOf.flatMap((_, shard) => ((set >> shard) & 1 ? [shard] : []));
    if (!code.isDecodableByCounting(lost)) sum += probabilityOf(lost, zoneOf, zones, disk, zone);
  }
  return Math.min(1, sum);
}

/** P(exactly these shards are lost): zones are independent, and each is lost or loses disks. */
function probabilityOf(
  lost: readonly number[],
  zoneOf: readonly number[],
  zones: number,
  disk: number,
  zone: number,
): number {
  let probability = 1;
  for (let at = 0; at < zones; at++) {
    const held = zoneOf.filter((home) => home === at).length;
    const gone = lost.filter((shard) => zoneOf[shard] === at).length;
    const byDisks = (1 - zone) * disk ** gone * (1 - disk) ** (held - gone);
    probability *= byDisks + (gone === held ? zone : 0);
  }
  return probability;
}

/** Takes each zone away in turn and decodes real bytes. */
function survivesEachZone(
  code: LocallyRepairable,
  zoneOf: readonly number[],
  zones: number,
  seed: number,
): boolean {
  const random = new Random(seed).fork("object");
  const data = Array.from({length: code.dataShards}, () => random.bytes(8));
  const whole = [...data, ...code.encode(data)];
  return Array.from({length: zones}, (_, zone) => zone).every((down) => {
    const left = whole.map((shard, index) => (zoneOf[index] === down ? undefined : shard));
    const lost = zoneOf.flatMap((zone, shard) => (zone === down ? [shard] : []));
    if (!code.isDecodable(lost)) return false;
    return code.reconstruct(left).every((shard, index) => equalBytes(shard, whole[index]!));
  });
}
