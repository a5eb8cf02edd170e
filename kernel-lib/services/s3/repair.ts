import type {SimulationEvent, Steps} from "../../sim/index.js";
import type {StorageFleet} from "./storage-fleet.js";
import type {StorageNode} from "./storage-node.js";
import type {Stripe} from "./stripe.js";

export interface RepairOptions {
  /**
   * How long a node may be silent before its shards are restored elsewhere, in ms: most come back by
   * themselves. Default 15 minutes, `documented` for GFS (Ford et al., OSDI 2010, §3).
   */
  delayMs?: number;
  /** Bytes that repair may read in a second, so that clients keep their share. Default Infinity. */
  bytesPerSecond?: number;
}

/** A shard to restore. */
export interface RepairJob {
  stripe: Stripe;
  shard: number;
}

/**
 * Restores lost shards: those that a reader found damaged at once, those of a silent node after a
 * delay; first in stripes that have lost most; at most so many bytes a second.
 *
 * Fidelity: inferred. The delay is documented for GFS; S3's is not known.
 */
export class Repair {
  /** Waiting, in the order of being found. */
  readonly queue: readonly RepairJob[] = [];
  readonly repaired: number = 0;
  /** Jobs for which too few shards or no node could be found. */
  readonly failed: number = 0;
  private readonly fleet: StorageFleet;
  private readonly delayMs: number;
  private readonly bytesPerSecond: number;
  private worker: SimulationEvent<void> | undefined = undefined;

  /** @throws RangeError if an option is outside its range */
  constructor(fleet: StorageFleet, options: RepairOptions = {}) {
    const {delayMs = 15 * 60_000, bytesPerSecond = Infinity} = options;
    if (!(delayMs >= 0 && delayMs < Infinity) || !(bytesPerSecond > 0)) {
      throw new RangeError(
        "Cannot repair: need delayMs in [0, ∞) and bytesPerSecond > 0, " +
          `got ${delayMs} and ${bytesPerSecond}`,
      );
    }
    this.fleet = fleet;
    this.delayMs = delayMs;
    this.bytesPerSecond = bytesPerSecond;
    fleet.onDamage.push((stripe, shard) => this.add({stripe, shard}));
    fleet.onCrash.push((node) => this.afterCrash(node));
  }

  private afterCrash(node: StorageNode): void {
    const life = node.crashes;
    this.fleet.simulation.schedule({delayMs: this.delayMs}, () => {
      if (node.up || node.crashes !== life) return;
      this.fleet.suspect(node);
      for (const stripe of this.fleet.stripes.values()) {
        const shard = stripe.nodes.indexOf(node);
        if (shard >= 0) this.add({stripe, shard});
      }
    });
  }

  private add(job: RepairJob): void {
    const known = this.queue.some(
      ({stripe, shard}) => stripe === job.stripe && shard === job.shard,
    );
    if (known) return;
    (this.queue as RepairJob[]).push(job);
    if (this.worker?.state !== "pending") this.worker = this.fleet.simulation.spawn(this.work());
  }

  private *work(): Steps {
    const {fleet} = this;
    const counts = this as {repaired: number; failed: number};
    for (let job = this.takeMostUrgent(); job !== undefined; job = this.takeMostUrgent()) {
      if (!fleet.stripes.has(job.stripe.id)) continue;
      const startedMs = fleet.simulation.nowMs;
      const readBefore = fleet.counts.bytesRead;
      const done = yield* fleet.repairShard(job.stripe, job.shard);
      if (done) counts.repaired++;
      else counts.failed++;
      const paceMs = (1000 * (fleet.counts.bytesRead - readBefore)) / this.bytesPerSecond;
      const spentMs = fleet.simulation.nowMs - startedMs;
      if (paceMs > spentMs) yield* fleet.simulation.timeout(paceMs - spentMs);
    }
  }

  /** The job whose stripe has lost most shards; among equals the oldest. */
  private takeMostUrgent(): RepairJob | undefined {
    const queue = this.queue as RepairJob[];
    let best = 0;
    let most = -1;
    queue.forEach(({stripe}, at) => {
      const lost = stripe.nodes.filter((node) => node === undefined || !node.up).length;
      if (lost > most) [best, most] = [at, lost];
    });
    return queue.splice(best, 1)[0];
  }
}
