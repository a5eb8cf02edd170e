/**
 * Reading one stripe: which shards to ask for, when to ask for more, when to stop.
 *
 * ```
 * start   the first k + extra shards at once, data shards first
 * answer  checksum right → kept; missing, damaged or no answer in time → ask for another
 * hedge   after hedge.afterMs: one more for each that has not answered, while there are tokens
 * stop    as soon as those at hand suffice; what is still on its way is cancelled
 * ```
 *
 * Sources: Dean and Barroso, "The tail at scale", CACM 2013 (hedged requests); Huang et al.,
 * "Erasure coding in Windows Azure Storage", ATC 2012, §5 (reading k of the first k + 1).
 * Fidelity: public mechanisms, invented latencies.
 */
import {crc32c} from "../../bytes/index.js";
import {Interrupt, SimulationEvent} from "../../sim/index.js";
import type {Process, ScheduledEvent, Simulation, Steps, TokenBucket} from "../../sim/index.js";
import type {ErasureCode, MaybeShard} from "./erasure-code.js";
import {shardId} from "./stripe.js";
import type {Stripe} from "./stripe.js";
import type {FleetCounts} from "./fleet-counts.js";
import type {StorageNode} from "./storage-node.js";

const TIMED_OUT = "no answer in time";

/** How a stripe is read. */
export interface ReadPolicy {
  /** δ: how many shards more than k are asked for at once, a whole number >= 0. Default 0. */
  extraReads?: number;
  /** Ask for more when these milliseconds have passed without an end, > 0. Default: never. */
  hedgeAfterMs?: number;
}

/** What a stripe's reader needs of the fleet. */
export interface ReadContext {
  simulation: Simulation;
  code: ErasureCode;
  counts: FleetCounts;
  /** Pays for hedges: one token each. */
  hedgeTokens: TokenBucket;
  /** After this long without an answer a read is given up. */
  readTimeoutMs: number;
  /** True for nodes that did not answer lately: they are asked last. */
  isSuspected(node: StorageNode): boolean;
  onTimeout(node: StorageNode): void;
  onDamaged(stripe: Stripe, shard: number): void;
  /** Duration of each shard that arrived. */
  onShard(durationMs: number): void;
}

/** The shards at hand at the end: enough of them, or all that could be had. */
export interface StripeShards {
  enough: boolean;
  shards: MaybeShard[];
}

/** One reading of one stripe. */
export class StripeRead {
  private readonly context: ReadContext;
  private readonly stripe: Stripe;
  private readonly policy: ReadPolicy;
  private readonly shards: MaybeShard[];
  private readonly candidates: number[];
  private readonly onTheirWay: Map<number, Process<void>> = new Map();
  private arrived = 0;
  private changed: SimulationEvent;

  /** @param order shards in the order of asking; default data first. Those of no use are left out. */
  constructor(context: ReadContext, stripe: Stripe, policy: ReadPolicy, order?: readonly number[]) {
    this.context = context;
    this.stripe = stripe;
    this.policy = policy;
    this.shards = stripe.nodes.map(() => undefined);
    this.changed = new SimulationEvent(context.simulation);
    const all = (order ?? stripe.nodes.map((_, shard) => shard)).filter(
      (shard) => stripe.nodes[shard] !== undefined,
    );
    const doubtful = (shard: number): boolean => context.isSuspected(stripe.nodes[shard]!);
    this.candidates = [
      ...all.filter((shard) => !doubtful(shard)),
      ...all.filter((shard) => doubtful(shard)),
    ];
  }

  /**
   * Reads until `enough` says so.
   *
   * @param need how many shards to begin with
   * @param enough called whenever at least `need` are at hand
   */
  *run(need: number, enough: (shards: readonly MaybeShard[]) => boolean): Steps<StripeShards> {
    const {extraReads = 0} = this.policy;
    let hedge: ScheduledEvent | undefined;
    try {
      for (let count = 0; count < need + extraReads; count++) this.ask();
      hedge = this.scheduleHedge();
      for (;;) {
        if (this.arrived >= need && enough(this.shards)) return {enough: true, shards: this.shards};
        // Shards in hand that do not suffice, or none on their way: one more.
        const short = this.arrived + this.onTheirWay.size < need;
        const stuck = this.onTheirWay.size === 0;
        if ((short || stuck) && this.ask()) continue;
        if (stuck) return {enough: false, shards: this.shards};
        yield* this.changed;
        this.changed = new SimulationEvent(this.context.simulation);
      }
    } finally {
      hedge?.cancel();
      for (const fetching of this.onTheirWay.values()) {
        this.context.counts.cancelled++;
        fetching.interrupt("enough shards");
      }
    }
  }

  private scheduleHedge(): ScheduledEvent | undefined {
    const {simulation, counts, hedgeTokens} = this.context;
    const {hedgeAfterMs} = this.policy;
    if (hedgeAfterMs === undefined) return undefined;
    return simulation.schedule({delayMs: hedgeAfterMs}, () => {
      for (let count = this.onTheirWay.size; count > 0 && this.candidates.length > 0; count--) {
        if (hedgeTokens.tryTake(1, simulation.nowMs)) {
          counts.hedges++;
          this.ask();
        } else counts.hedgesRefused++;
      }
    });
  }

  /** Asks for the next candidate. @returns false if there is none */
  private ask(): boolean {
    const shard = this.candidates.shift();
    if (shard === undefined) return false;
    this.context.counts.reads++;
    this.onTheirWay.set(shard, this.context.simulation.spawn(this.fetch(shard)));
    return true;
  }

  private *fetch(shard: number): Steps {
    const {simulation, counts, readTimeoutMs} = this.context;
    const node = this.stripe.nodes[shard]!;
    const startedMs = simulation.nowMs;
    const timer = simulation.schedule({delayMs: readTimeoutMs}, () =>
      this.onTheirWay.get(shard)?.interrupt(TIMED_OUT),
    );
    try {
      const bytes = yield* node.read(shardId(this.stripe, shard));
      this.accept(shard, bytes, simulation.nowMs - startedMs);
    } catch (error) {
      if (!(error instanceof Interrupt)) throw error;
      if (error.cause !== TIMED_OUT) return;
      counts.timeouts++;
      this.context.onTimeout(node);
    } finally {
      timer.cancel();
      this.onTheirWay.delete(shard);
    }
    if (this.changed.state === "pending") this.changed.succeed();
  }

  private accept(shard: number, bytes: MaybeShard, durationMs: number): void {
    const {counts} = this.context;
    if (bytes !== undefined) {
      counts.bytesRead += bytes.length;
      this.context.onShard(durationMs);
      if (crc32c(bytes) === this.stripe.checksums[shard]) {
        this.shards[shard] = bytes;
        this.arrived++;
        return;
      }
      counts.corrupt++;
    } else counts.missing++;
    this.context.onDamaged(this.stripe, shard);
  }
}
