import {crc32c} from "../../bytes/index.js";
import type {Random} from "../../random/index.js";
import {Interrupt, TokenBucket} from "../../sim/index.js";
import type {Simulation, Steps} from "../../sim/index.js";
import type {ErasureCode, MaybeShard} from "./erasure-code.js";
import {noCounts} from "./fleet-counts.js";
import type {FleetCounts} from "./fleet-counts.js";
import {makeNodes, spreadOverZones} from "./fleet-layout.js";
import type {StorageFleetOptions} from "./fleet-layout.js";
import type {StorageNode} from "./storage-node.js";
import {StripeRead} from "./stripe-read.js";
import type {ReadContext, ReadPolicy} from "./stripe-read.js";
import {shardId} from "./stripe.js";
import type {Stripe} from "./stripe.js";

/** One stripe, read. */
export interface StripeBytes {
  /** `undefined`: too few shards could be had. */
  bytes: Uint8Array | undefined;
  /** True if parity was needed. */
  decoded: boolean;
}

/** Called for a shard that a reader found damaged or missing. */
export type DamageListener = (stripe: Stripe, shard: number) => void;

/** Storage nodes by zone, and the stripes on them. Used by `S3`; a reader may look inside. */
export class StorageFleet {
  readonly code: ErasureCode;
  readonly nodes: readonly StorageNode[];
  readonly zones: readonly string[];
  readonly counts: FleetCounts = noCounts();
  /** By id: every stripe that is stored. */
  readonly stripes: ReadonlyMap<string, Stripe> = new Map();
  /** Nodes that did not answer, until they restart. */
  readonly suspected: ReadonlySet<StorageNode> = new Set();
  readonly onDamage: DamageListener[] = [];
  readonly onCrash: ((node: StorageNode) => void)[] = [];
  readonly simulation: Simulation;
  /** Called with the duration of each shard read that arrived, in ms. */
  onShardRead: (durationMs: number) => void = () => undefined;
  private readonly random: Random;
  private readonly timeoutMs: number;
  private readonly context: ReadContext;
  private written = 0;

  /** @throws RangeError if there are fewer nodes than shards */
  constructor(simulation: Simulation, options: StorageFleetOptions) {
    const {code, timeoutMs = 500, hedgesPerSecond = 100, random} = options;
    this.simulation = simulation;
    this.code = code;
    this.random = random.fork("placement");
    this.timeoutMs = timeoutMs;
    this.nodes = makeNodes(simulation, options);
    this.zones = [...new Set(this.nodes.map((node) => node.zone))];
    const {counts, suspected} = this;
    const hedgeTokens = new TokenBucket({
      ...{ratePerSecond: hedgesPerSecond, burst: Math.max(1, hedgesPerSecond)},
      ...{nowMs: simulation.nowMs, tokens: Math.min(hedgesPerSecond, Math.max(1, hedgesPerSecond))},
    });
    this.context = {
      ...{simulation, code, counts, hedgeTokens, readTimeoutMs: timeoutMs},
      isSuspected: (node) => suspected.has(node),
      onTimeout: (node) => this.suspect(node),
      onDamaged: (stripe, shard) => this.onDamage.forEach((listener) => listener(stripe, shard)),
      onShard: (durationMs) => this.onShardRead(durationMs),
    };
  }

  /** @throws RangeError if there is no such node */
  node(name: string): StorageNode {
    const node = this.nodes.find((candidate) => candidate.name === name);
    if (node === undefined) throw new RangeError(`Cannot find node ${name}`);
    return node;
  }

  /** Crashes a node, now. */
  crash(name: string): void {
    const node = this.node(name);
    node.crash();
    this.onCrash.forEach((listener) => listener(node));
  }

  /** Brings a node back, with what is on its disk. */
  restart(name: string): void {
    const node = this.node(name);
    node.restart();
    (this.suspected as Set<StorageNode>).delete(node);
  }

  /**
   * Encodes bytes and writes all shards at once. A node that does not answer is replaced.
   *
   * @returns the stripe, or `undefined` if not even k + ⌈m / 2⌉ shards found a node
   */
  *writeStripe(bytes: Uint8Array): Steps<Stripe | undefined> {
    const data = this.code.split(bytes);
    const shards = [...data, ...this.code.encode(data)];
    const stripe: Stripe = {
      id: `s${++this.written}`,
      lengthBytes: bytes.length,
      shardBytes: shards[0]!.length,
      checksums: shards.map((shard) => crc32c(shard)),
      nodes: shards.map(() => undefined),
    };
    const spares = this.spareNodes([]);
    const writers = shards.map((shard, index) =>
      this.simulation.spawn(this.writeSomewhere(stripe, index, shard, spares)),
    );
    yield* this.simulation.allOf(writers);
    const stored = stripe.nodes.filter((node) => node !== undefined).length;
    if (stored < this.code.dataShards + Math.ceil(this.code.parityShards / 2)) {
      this.drop(stripe);
      return undefined;
    }
    (this.stripes as Map<string, Stripe>).set(stripe.id, stripe);
    stripe.nodes.forEach((node, shard) => {
      if (node === undefined) this.context.onDamaged(stripe, shard);
    });
    return stripe;
  }

  /** Reads a stripe, through parity where it must. */
  *readStripe(stripe: Stripe, policy: ReadPolicy = {}): Steps<StripeBytes> {
    const {code} = this;
    let bytes: Uint8Array | undefined;
    let decoded = false;
    const decode = (shards: readonly MaybeShard[]): boolean => {
      const data = shards.slice(0, code.dataShards);
      decoded = data.some((shard) => shard === undefined);
      const whole = decoded ? tryReconstruct(code, shards) : (data as Uint8Array[]);
      if (whole !== undefined) bytes = code.join(whole, stripe.lengthBytes);
      return whole !== undefined;
    };
    yield* new StripeRead(this.context, stripe, policy).run(code.dataShards, decode);
    if (decoded && bytes !== undefined) this.counts.decodes++;
    return {bytes, decoded};
  }

  /**
   * Restores one shard from others and writes it to another node.
   *
   * @returns false if the others do not suffice, or no node has room for it
   */
  *repairShard(stripe: Stripe, shard: number): Steps<boolean> {
    const {code} = this;
    const others = stripe.nodes.flatMap((_, other) => (other === shard ? [] : [other]));
    const local = code.repairReads?.(shard) ?? [];
    const order = [...local, ...others.filter((other) => !local.includes(other))];
    const need = local.length > 0 ? local.length : code.dataShards;
    let restored: MaybeShard;
    const decode = (shards: readonly MaybeShard[]): boolean => {
      restored = tryReconstruct(code, shards)?.[shard];
      return restored !== undefined;
    };
    yield* new StripeRead(this.context, stripe, {}, order).run(need, decode);
    if (restored === undefined || crc32c(restored) !== stripe.checksums[shard]) return false;
    const old = stripe.nodes[shard];
    const spares = this.spareNodes(stripe.nodes.filter((_, other) => other !== shard));
    const spread = spares.filter((node) => node !== old);
    yield* this.writeSomewhere(stripe, shard, restored, spread);
    if (old !== stripe.nodes[shard]) old?.store.delete(shardId(stripe, shard));
    return old !== stripe.nodes[shard];
  }

  /** Forgets a stripe and frees its bytes. */
  drop(stripe: Stripe): void {
    (this.stripes as Map<string, Stripe>).delete(stripe.id);
    stripe.nodes.forEach((node, shard) => node?.store.delete(shardId(stripe, shard)));
  }

  /** One line per node. */
  describe(): string {
    return this.nodes
      .map((node) => `${node.name} ${node.up ? "up" : "down"}, zone ${node.zone}`)
      .join("\n");
  }

  /** Writes a shard to the first spare node that takes it, and removes that node from the spares. */
  private *writeSomewhere(
    stripe: Stripe,
    shard: number,
    bytes: Uint8Array,
    spares: StorageNode[],
  ): Steps {
    for (let node = spares.shift(); node !== undefined; node = spares.shift()) {
      this.counts.writes++;
      if (!(yield* this.writeTo(node, shardId(stripe, shard), bytes))) continue;
      this.counts.bytesWritten += bytes.length;
      stripe.nodes[shard] = node;
      return;
    }
  }

  private *writeTo(node: StorageNode, id: string, bytes: Uint8Array): Steps<boolean> {
    const writing = this.simulation.spawn(untilInterrupted(node.write(id, bytes)));
    const timeout = this.simulation.timeout(this.timeoutMs);
    const {index} = yield* this.simulation.firstOf([writing, timeout]);
    timeout.cancel();
    if (index === 0) return true;
    this.counts.timeouts++;
    writing.interrupt("no answer in time");
    this.suspect(node);
    return false;
  }

  private spareNodes(taken: readonly (StorageNode | undefined)[]): StorageNode[] {
    const held = taken.filter((node) => node !== undefined);
    const free = this.nodes.filter((node) => !held.includes(node) && !this.suspected.has(node));
    const turn = this.random.integer({min: 0, max: this.nodes.length - 1});
    return spreadOverZones(free, held, turn);
  }

  /** Asks this node last, and writes nothing to it, until it restarts. */
  suspect(node: StorageNode): void {
    (this.suspected as Set<StorageNode>).add(node);
  }
}

function* untilInterrupted(steps: Steps): Steps {
  try {
    yield* steps;
  } catch (error) {
    if (!(error instanceof Interrupt)) throw error;
  }
}

/** Too few shards, or the wrong ones, is an answer here, not an error. */
function tryReconstruct(
  code: ErasureCode,
  shards: readonly MaybeShard[],
): Uint8Array[] | undefined {
  try {
    return code.reconstruct(shards);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
