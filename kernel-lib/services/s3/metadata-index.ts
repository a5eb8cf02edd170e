/**
 * The persistence tier of the index: one truth per key, in an ordered map of partitions.
 *
 * A commit is atomic at one instant. The last writer wins by timestamp, with one exception that
 * linearizability needs: a write that is older than a *conditional* one must not vanish behind it.
 * A blind write that loses can be said to have happened just before the winner; before a conditional
 * winner it would have changed what that one saw. So it gets a later timestamp, and wins.
 *
 * Sources: Amazon S3 User Guide, "Amazon S3 data consistency model" ("the request with the latest
 * timestamp wins") and "Conditional requests". Fidelity: inferred; AWS publishes the promise only.
 */
import {PartitionMap} from "../../partition/index.js";
import type {PartitionMapOptions} from "../../partition/index.js";
import type {Random} from "../../random/index.js";
import type {Simulation, Steps} from "../../sim/index.js";
import {checkCondition, isLater} from "./object-record.js";
import type {CommitResult, ObjectRecord, ObjectWrite} from "./object-record.js";
import type {DrawMs} from "./storage-node.js";

export interface MetadataIndexOptions {
  random: Random;
  /** How long a look-up or commit takes to get there, and again to come back. */
  hopMs: DrawMs;
  partitions?: PartitionMapOptions;
}

export class MetadataIndex {
  /** Every key that was ever written; deleted ones have a marker. */
  readonly map: PartitionMap<ObjectRecord>;
  /** Look-ups that came through to here. */
  readonly reads: number = 0;
  private readonly simulation: Simulation;
  private readonly random: Random;
  private readonly hopMs: DrawMs;
  private versions = 0;

  constructor(simulation: Simulation, {random, hopMs, partitions = {}}: MetadataIndexOptions) {
    this.simulation = simulation;
    this.random = random.fork("index");
    this.hopMs = hopMs;
    this.map = new PartitionMap<ObjectRecord>(partitions, simulation.nowMs);
  }

  *read(key: string): Steps<ObjectRecord | undefined> {
    yield* this.hop();
    (this as {reads: number}).reads++;
    const record = this.map.get(key);
    yield* this.hop();
    return record;
  }

  /** Commits a write, if its condition holds when it gets there. */
  *commit(write: ObjectWrite): Steps<CommitResult> {
    yield* this.hop();
    const result = this.apply(write);
    yield* this.hop();
    return result;
  }

  /** All at one instant. */
  private apply(write: ObjectWrite): CommitResult {
    const {ifNoneMatch, ifMatch, ...record} = write;
    const current = this.map.get(write.key);
    const status = checkCondition(write, current);
    if (status !== 200) return {status, current, replaced: write};
    const conditional = ifNoneMatch !== undefined || ifMatch !== undefined;
    let {timestamp} = write;
    if (current !== undefined && !isLater(timestamp, current.timestamp)) {
      if (!conditional && !current.conditional) return {status, current, replaced: write};
      timestamp = {...current.timestamp, requestId: current.timestamp.requestId + 1};
    }
    const next = {...record, timestamp, conditional, version: ++this.versions};
    this.map.set(write.key, next);
    return {status, current: next, replaced: current};
  }

  private hop(): Steps {
    return this.wait(this.hopMs(this.random));
  }

  private *wait(ms: number): Steps {
    yield* this.simulation.timeout(ms);
  }
}
