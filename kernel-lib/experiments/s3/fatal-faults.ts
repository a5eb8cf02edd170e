/**
 * Fatal faults: the smallest thing that has to go wrong before an object is lost.
 *
 * Enumerates sets of events in order of size, an event being one whole zone or one disk (one
 * shard), and decodes real bytes after each. The first set that makes the object unreadable is
 * therefore minimal already: leave any event out and the object is whole.
 *
 * Fidelity: the code is real, the placement is round robin; nothing is said about how likely an
 * event is.
 */
import {placeRoundRobin} from "../../erasure/index.js";
import {Random} from "../../random/index.js";
import {combinations} from "../../stats/index.js";
import {Stripe} from "./stripe.js";
import type {Code} from "./stripe.js";

export interface FatalFaultOptions {
  codes: readonly Code[];
  /** Over how many zones to place them, whole numbers >= 1. */
  zones: readonly number[];
  /** Decides the bytes of the object, nothing else. */
  seed: number;
}

/** The smallest fatal fault of one layout. */
export interface FatalFaultRow {
  /** As in "RS(6,2)". */
  code: string;
  zones: number;
  /** How many events it takes. */
  events: number;
  /** Those events, first found in order: "zone 1, disk 3". Counted from 1. */
  fault: string;
  shardsLost: number;
  /** How many of all sets of that many events are fatal. */
  fatalSets: number;
  setsTried: number;
}

/**
 * Finds the smallest fatal fault of each code over each number of zones.
 *
 * @returns one row per code and number of zones, codes outermost
 * @throws RangeError if a code or a number of zones is outside its range
 *
 * @example
 * import {fatalFaults} from "kernel-lib/experiments/s3";
 * const [row] = fatalFaults({codes: [{dataShards: 6, parityShards: 2}], zones: [4], seed: 3});
 * row.fault // => 'zone 1, zone 2'
 * row.events // => 2
 */
export function fatalFaults({codes, zones, seed}: FatalFaultOptions): FatalFaultRow[] {
  return codes.flatMap((code) => zones.map((count) => smallestFatalFault(code, count, seed)));
}

interface FaultEvent {
  name: string;
  shards: number[];
}

function smallestFatalFault(code: Code, zones: number, seed: number): FatalFaultRow {
  const stripe = new Stripe(code, new Random(seed).fork("object"));
  const placement = placeRoundRobin({shards: code.dataShards + code.parityShards, zones});
  const events = eventsOf(placement, zones);
  for (let size = 1; ; size++) {
    const sets = combinations(events, size);
    const fatal = sets.filter(
      (set) => stripe.read(set.flatMap((event) => event.shards)) === "refused",
    );
    const [first] = fatal;
    // Losing all disks is fatal, so the loop ends at the number of shards at the latest.
    if (first === undefined) continue;
    return {
      code: stripe.name,
      zones,
      events: size,
      fault: first.map((event) => event.name).join(", "),
      shardsLost: new Set(first.flatMap((event) => event.shards)).size,
      fatalSets: fatal.length,
      setsTried: sets.length,
    };
  }
}

function eventsOf(placement: readonly number[], zones: number): FaultEvent[] {
  const wholeZones = Array.from({length: zones}, (_, zone) => ({
    name: `zone ${zone + 1}`,
    shards: placement.flatMap((at, shard) => (at === zone ? [shard] : [])),
  }));
  const disks = placement.map((_, shard) => ({name: `disk ${shard + 1}`, shards: [shard]}));
  return [...wholeZones, ...disks];
}
