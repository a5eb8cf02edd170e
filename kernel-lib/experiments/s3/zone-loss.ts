/**
 * Zone loss: what is left of a stripe when whole availability zones go dark.
 *
 * Every "survives" in a row, and every "does not", was decided by encoding real bytes, taking the
 * shards of every choice of zones away and decoding what remains. Wrong bytes would be an error.
 *
 * Decides claims 3.9, 3.10 and, with a node in place of a zone, 3.12. Published peer:
 * data/published/s3/az-arithmetic.csv.
 *
 * Fidelity: the code is real; the placement, the repair time and above all the rate at which zones
 * are lost are a teaching model. No provider publishes that rate.
 */
import {annualLossProbability, placeRoundRobin, shardsPerZone} from "../../erasure/index.js";
import {Random} from "../../random/index.js";
import {binomialDistribution, combinations, nines} from "../../stats/index.js";
import {Stripe} from "./stripe.js";
import type {Code} from "./stripe.js";

export interface ZoneLossOptions {
  /** Which codes to place; each gives one row per entry of `zones`. */
  codes: readonly Code[];
  /** Over how many zones to place them, whole numbers >= 1. */
  zones: readonly number[];
  /** Decides the bytes of the object, nothing else. */
  seed: number;
  /** Fraction of disks that fail in a year. Default 0.01, `invented for teaching`: of the order that
   * operators report (f4, OSDI 2014, quotes about 1 %; unconfirmed). */
  annualFailureRate?: number;
  /** Hours to repair a shard. Default 6, `invented for teaching`. */
  repairHours?: number;
  /** Expected losses of one zone in a year. Default 1e-3, `invented for teaching`. */
  zoneFailuresPerYear?: number;
  /** P(a shard cannot be read just now). Default 1e-3, `invented for teaching`. */
  shardUnavailability?: number;
}

/** One code over one number of zones. Losses are for the worst choice of zones. */
export interface ZoneLossRow {
  /** As in "RS(6,2)". */
  code: string;
  zones: number;
  /** As in "3+3+2". */
  shardsPerZone: string;
  /** Stored bytes per byte of data. */
  overhead: number;
  shardsLostWithOneZoneDown: number;
  /** True if the object came back whole for every choice of one zone. */
  survivesOneZone: boolean;
  /** Further shards that may be lost after the worst zone; negative: already too many. */
  spareAfterOneZone: number;
  shardsLostWithTwoZonesDown: number;
  /** True if the object came back whole for every choice of two zones. */
  survivesTwoZones: boolean;
  /** P(the stripe cannot be read), all zones up, shards independent. */
  unreadableAllUp: number;
  /** The same with the worst zone down. */
  unreadableOneZoneDown: number;
  /** P(a stripe is lost in a year) by disks alone. */
  annualLossByDisks: number;
  /** The same when zones are lost too. */
  annualLoss: number;
  /** -log10 of `annualLossByDisks`, per stripe and year. */
  ninesByDisks: number;
  /** -log10 of `annualLoss`, per stripe and year. */
  nines: number;
}

/**
 * Places each code over each number of zones, takes zones away and decodes.
 *
 * @returns one row per code and number of zones, codes outermost
 * @throws RangeError if a code or a number of zones is outside its range
 *
 * @example
 * import {zoneLoss} from "kernel-lib/experiments/s3";
 * const rows = zoneLoss({codes: [{dataShards: 6, parityShards: 2}], zones: [2, 4], seed: 3});
 * rows.map((row) => row.survivesOneZone) // => [ false, true ]
 */
export function zoneLoss(options: ZoneLossOptions): ZoneLossRow[] {
  return options.codes.flatMap((code) =>
    options.zones.map((zones) => zoneLossRow(code, zones, options)),
  );
}

function zoneLossRow(code: Code, zones: number, options: ZoneLossOptions): ZoneLossRow {
  const {annualFailureRate = 0.01, repairHours = 6} = options;
  const {zoneFailuresPerYear = 1e-3, shardUnavailability = 1e-3} = options;
  const {dataShards, parityShards} = code;
  const shards = dataShards + parityShards;
  const placement = placeRoundRobin({shards, zones});
  const perZone = shardsPerZone(placement);
  const stripe = new Stripe(code, new Random(options.seed).fork("object"));
  const outlives = (count: number): boolean =>
    chooseZones(zones, count).every((down) => stripe.read(shardsIn(down, placement)) === "whole");
  const [largest = 0, second = 0] = [...perZone].sort((a, b) => b - a);
  const disks = {shardsPerZone: perZone, parityShards, annualFailureRate, repairHours};
  const annualLossByDisks = annualLossProbability(disks);
  const annualLoss = annualLossProbability({...disks, zoneFailuresPerYear});
  return {
    code: stripe.name,
    zones,
    shardsPerZone: perZone.join("+"),
    overhead: shards / dataShards,
    shardsLostWithOneZoneDown: largest,
    survivesOneZone: outlives(1),
    spareAfterOneZone: parityShards - largest,
    shardsLostWithTwoZonesDown: largest + second,
    survivesTwoZones: outlives(2),
    unreadableAllUp: unreadable(shards, parityShards, shardUnavailability),
    unreadableOneZoneDown: unreadable(
      shards - largest,
      parityShards - largest,
      shardUnavailability,
    ),
    annualLossByDisks,
    annualLoss,
    ninesByDisks: nines(annualLossByDisks),
    nines: nines(annualLoss),
  };
}

/** P(more than `spare` of `shards` are unavailable); 1 if none may be spared any more. */
function unreadable(shards: number, spare: number, unavailability: number): number {
  if (spare < 0) return 1;
  const tail = binomialDistribution(shards, unavailability).slice(spare + 1);
  return tail.reduceRight((sum, p) => sum + p, 0);
}

/** The shards that these zones hold. */
function shardsIn(zones: readonly number[], placement: readonly number[]): number[] {
  return placement.flatMap((zone, shard) => (zones.includes(zone) ? [shard] : []));
}

/** All sets of `count` zones, or the set of all zones if there are fewer. */
function chooseZones(zones: number, count: number): number[][] {
  const all = Array.from({length: zones}, (_, zone) => zone);
  return combinations(all, Math.min(count, zones));
}
