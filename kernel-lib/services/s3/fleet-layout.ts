/**
 * How a fleet is laid out: which nodes there are, and which of them a shard may go to.
 *
 * Never two shards of a stripe on one node, and zones as even as their number allows (Huang et al.,
 * "Erasure coding in Windows Azure Storage", ATC 2012, §4.3). Fidelity: inferred; AWS says that S3
 * keeps objects "across a minimum of three Availability Zones", not how.
 */
import type {Random} from "../../random/index.js";
import type {Simulation} from "../../sim/index.js";
import {totalShards} from "./erasure-code.js";
import type {ErasureCode} from "./erasure-code.js";
import {StorageNode} from "./storage-node.js";
import type {DrawMs, ShardStore} from "./storage-node.js";

export interface StorageFleetOptions {
  code: ErasureCode;
  random: Random;
  /** Number of zones, a whole number >= 1. Default 3, `documented`. */
  zones?: number;
  /** Nodes in each zone; zones · nodesPerZone >= k + m. Default: two spare nodes or more in all. */
  nodesPerZone?: number;
  /** Default: lognormal, median 10 ms, σ 0.3. All durations here are `invented for teaching`. */
  shardReadMs?: DrawMs;
  /** Default: as `shardReadMs`. */
  shardWriteMs?: DrawMs;
  /** How many shard requests a node serves at once. Default 16. */
  nodeConcurrency?: number;
  /** After this long a reader takes a node for dead. Default 500 ms. */
  timeoutMs?: number;
  /** Hedges that the fleet pays for, a second; up to one second's worth at once. Default 100. */
  hedgesPerSecond?: number;
  /** A node's disk. Default: memory. */
  store?: (nodeName: string) => ShardStore;
}

/**
 * The nodes of a fleet, dealt to zones in turn: a1, b1, c1, a2 …
 *
 * @throws RangeError if there are fewer nodes than shards
 */
export function makeNodes(simulation: Simulation, options: StorageFleetOptions): StorageNode[] {
  const {code, zones = 3} = options;
  const need = totalShards(code);
  const {nodesPerZone = Math.ceil((need + 2) / zones)} = options;
  if (!(zones >= 1 && nodesPerZone * zones >= need)) {
    throw new RangeError(
      `Cannot build a fleet: need a node for each of ${need} shards, ` +
        `got ${zones} zones of ${nodesPerZone}`,
    );
  }
  return Array.from({length: nodesPerZone * zones}, (_, index) =>
    makeNode(simulation, zoneName(index % zones), Math.floor(index / zones) + 1, options),
  );
}

/**
 * Free nodes in the order in which shards should go to them: each time one in the zone that holds
 * fewest.
 *
 * @param held nodes that hold other shards of the stripe
 * @param turn where to begin, so that stripes differ
 */
export function spreadOverZones(
  free: readonly StorageNode[],
  held: readonly StorageNode[],
  turn: number,
): StorageNode[] {
  const perZone = new Map<string, number>();
  const count = (node: StorageNode): number => perZone.get(node.zone) ?? 0;
  for (const node of held) perZone.set(node.zone, count(node) + 1);
  const start = free.length === 0 ? 0 : turn % free.length;
  const left = [...free.slice(start), ...free.slice(0, start)];
  const ordered: StorageNode[] = [];
  while (left.length > 0) {
    const fewest = left.reduce((best, node) => (count(node) < count(best) ? node : best));
    left.splice(left.indexOf(fewest), 1);
    perZone.set(fewest.zone, count(fewest) + 1);
    ordered.push(fewest);
  }
  return ordered;
}

function makeNode(
  simulation: Simulation,
  zone: string,
  number: number,
  options: StorageFleetOptions,
): StorageNode {
  const {random, store, nodeConcurrency = 16} = options;
  const {shardReadMs = (draw: Random): number => draw.lognormal({median: 10, sigma: 0.3})} =
    options;
  const {shardWriteMs = shardReadMs} = options;
  const name = `${zone}${number}`;
  return new StorageNode(simulation, {
    ...{name, zone, random: random.fork(name), readMs: shardReadMs, writeMs: shardWriteMs},
    ...(store && {store: store(name)}),
    concurrency: nodeConcurrency,
  });
}

/** "a", "b", … "z", "zone27" … */
function zoneName(zone: number): string {
  return zone < 26 ? String.fromCharCode(97 + zone) : `zone${zone + 1}-`;
}
