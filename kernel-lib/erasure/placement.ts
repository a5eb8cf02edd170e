/**
 * Placement: which failure domain (here: availability zone) holds which shard of a stripe.
 *
 * The rule of the literature is at most one shard per failure domain wherever there are domains
 * enough (Huang et al., "Erasure Coding in Windows Azure Storage", USENIX ATC 2012, §4.3;
 * Muralidhar et al., "f4", OSDI 2014).
 * Round robin comes as close to it as the number of zones allows.
 */

/** Far beyond any real number of zones; stops a wrong number from filling the memory. */
const MAX_ZONES = 65536;

/**
 * Deals shards to zones in turn: shard i goes to zone i mod zones.
 *
 * @param options shards >= 1 and zones >= 1, whole numbers
 * @returns one zone number per shard, in [0, zones)
 * @throws RangeError if an argument is outside its range
 *
 * @example
 * import {placeRoundRobin} from "kernel-lib/erasure";
 * placeRoundRobin({shards: 8, zones: 3}).join(" ") // => '0 1 2 0 1 2 0 1'
 */
export function placeRoundRobin({shards, zones}: {shards: number; zones: number}): number[] {
  if (!Number.isInteger(shards) || shards < 1) {
    throw new RangeError(`Cannot place: need shards >= 1, got ${shards}`);
  }
  if (!Number.isInteger(zones) || zones < 1) {
    throw new RangeError(`Cannot place: need zones >= 1, got ${zones}`);
  }
  return Array.from({length: shards}, (_, shard) => shard % zones);
}

/**
 * Counts the shards in each zone.
 *
 * @param placement one zone number per shard, whole numbers in [0, 65536)
 * @returns one count per zone, zone 0 first
 * @throws RangeError if a zone number is outside its range
 *
 * @example
 * import {shardsPerZone} from "kernel-lib/erasure";
 * shardsPerZone([0, 1, 2, 0, 1, 2, 0, 1]) // => [ 3, 3, 2 ]
 */
export function shardsPerZone(placement: readonly number[]): number[] {
  const counts: number[] = [];
  for (const zone of placement) {
    if (!Number.isInteger(zone) || zone < 0 || zone >= MAX_ZONES) {
      throw new RangeError(`Cannot count: need zones in [0, ${MAX_ZONES}), got ${zone}`);
    }
    while (counts.length <= zone) counts.push(0);
    counts[zone]!++;
  }
  return counts;
}
