import {ReedSolomon} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {StorageFleet} from "kernel-lib/services/s3";
import type {ReadPolicy, StorageFleetOptions, Stripe, StripeBytes} from "kernel-lib/services/s3";
import {Simulation} from "kernel-lib/sim";
import {combinations} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";
import {runToEnd} from "../../support/simulated.js";

const RS62 = new ReedSolomon({dataShards: 6, parityShards: 2});
const BODY = new Random(9).bytes(100);

interface Setting {
  simulation: Simulation;
  fleet: StorageFleet;
  stripe: Stripe;
  read: (policy?: ReadPolicy) => StripeBytes;
}

/** A fleet with one stripe on it; every shard takes as long as its node is told to. */
function setting(
  options: Partial<StorageFleetOptions> = {},
  slowMs: Record<number, number> = {},
): Setting {
  const simulation = new Simulation();
  let writing = true;
  const fleet: StorageFleet = new StorageFleet(simulation, {
    ...{code: RS62, random: new Random(2), zones: 4},
    ...options,
  });
  const stripe = runToEnd(simulation, fleet.writeStripe(BODY))!;
  writing = false;
  stripe.nodes.forEach((node, shard) => {
    const settings = node as unknown as {options: {readMs: () => number}};
    settings.options.readMs = () => (writing ? 1 : (slowMs[shard] ?? 10));
  });
  const read = (policy: ReadPolicy = {}): StripeBytes =>
    runToEnd(simulation, fleet.readStripe(stripe, policy));
  return {simulation, fleet, stripe, read};
}

describe("StorageFleet", () => {
  it("StorageFleet.writeStripe() puts no two shards on a node, and zones differ by one at most", () => {
    for (const [k, m, zones] of [
      [6, 2, 4],
      [6, 3, 3],
      [5, 4, 3],
      [6, 2, 3],
      [10, 4, 5],
    ] as const) {
      const code = new ReedSolomon({dataShards: k, parityShards: m});
      const simulation = new Simulation();
      const fleet = new StorageFleet(simulation, {code, zones, random: new Random(1)});
      const used = new Set<string>();
      for (let count = 0; count < 30; count++) {
        const {nodes} = runToEnd(simulation, fleet.writeStripe(BODY))!;
        expect(new Set(nodes).size).toBe(k + m);
        const perZone = fleet.zones.map((zone) => nodes.filter((n) => n!.zone === zone).length);
        expect(Math.max(...perZone) - Math.min(...perZone)).toBeLessThanOrEqual(1);
        nodes.forEach((node) => used.add(node!.name));
      }
      expect(used.size).toBe(fleet.nodes.length);
    }
  });

  it("StorageFleet.readStripe() finds a damaged shard by its checksum and treats it as lost: every pair", () => {
    for (const lost of combinations([0, 1, 2, 3, 4, 5, 6, 7], 2)) {
      const {fleet, stripe, read} = setting();
      const damaged: number[] = [];
      fleet.onDamage.push((_, shard) => damaged.push(shard));
      for (const shard of lost) stripe.nodes[shard]!.corrupt(`${stripe.id}/${shard}`, shard);
      const {bytes, decoded} = read({extraReads: 2});
      expect(bytes).toEqual(BODY);
      expect(decoded).toBe(lost.some((shard) => shard < 6));
      expect(fleet.counts.corrupt).toBe(damaged.length);
      for (const shard of damaged) expect(lost).toContain(shard);
    }
  });

  it("StorageFleet.readStripe() never gives wrong bytes: with m + 1 damaged shards it gives none", () => {
    for (const lost of combinations([0, 1, 2, 3, 4, 5, 6, 7], 3)) {
      const {stripe, read} = setting();
      for (const shard of lost) stripe.nodes[shard]!.corrupt(`${stripe.id}/${shard}`);
      expect(read().bytes).toBe(undefined);
    }
  });

  it("StorageFleet.readStripe() asks for k shards, all at once, and no parity while all is well", () => {
    const {simulation, fleet, read} = setting();
    const startMs = simulation.nowMs;
    expect(read()).toEqual({bytes: BODY, decoded: false});
    expect(simulation.nowMs - startMs).toBe(10);
    expect(fleet.counts).toMatchObject({reads: 6, cancelled: 0, decodes: 0});
  });

  it("StorageFleet.readStripe({extraReads}) takes the first k of k + δ and cancels the rest", () => {
    const {simulation, fleet, read} = setting({}, {0: 400, 3: 300});
    const startMs = simulation.nowMs;
    expect(read({extraReads: 2})).toEqual({bytes: BODY, decoded: true});
    expect(simulation.nowMs - startMs).toBe(10);
    expect(fleet.counts).toMatchObject({reads: 8, cancelled: 2, decodes: 1, timeouts: 0});
    expect(fleet.nodes.every((node) => node.disk.inUse.value === 0)).toBe(true);
  });

  it("StorageFleet.readStripe({hedgeAfterMs}) asks for one more per slow shard, after that time", () => {
    const {simulation, fleet, read} = setting({}, {2: 400});
    const startMs = simulation.nowMs;
    expect(read({hedgeAfterMs: 25})).toEqual({bytes: BODY, decoded: true});
    expect(simulation.nowMs - startMs).toBe(35);
    expect(fleet.counts).toMatchObject({reads: 7, hedges: 1, hedgesRefused: 0, cancelled: 1});
    const fast = setting();
    fast.read({hedgeAfterMs: 25});
    expect(fast.fleet.counts.hedges).toBe(0);
  });

  it("StorageFleet pays for hedges with tokens, and waits where there are none", () => {
    const {simulation, fleet, read} = setting({hedgesPerSecond: 0}, {2: 400});
    const startMs = simulation.nowMs;
    expect(read({hedgeAfterMs: 25})).toEqual({bytes: BODY, decoded: false});
    expect(simulation.nowMs - startMs).toBe(400);
    expect(fleet.counts).toMatchObject({hedges: 0, hedgesRefused: 1});
  });

  it("StorageFleet asks a node that was silent last, until it restarts", () => {
    const {simulation, fleet, stripe, read} = setting({timeoutMs: 100});
    const victim = stripe.nodes[1]!;
    fleet.crash(victim.name);
    const times: number[] = [];
    for (let count = 0; count < 3; count++) {
      if (count === 2) fleet.restart(victim.name);
      const startMs = simulation.nowMs;
      const {bytes, decoded} = read();
      expect(bytes).toEqual(BODY);
      expect(decoded).toBe(count < 2);
      times.push(simulation.nowMs - startMs);
    }
    expect(times).toEqual([110, 10, 10]);
    expect(fleet.suspected.size).toBe(0);
  });

  it("StorageFleet.readStripe() with a code that is not MDS goes on until what it has suffices", () => {
    // Two pairs, each with its sum; shards 0, 1, 4 say nothing of 2 and 3.
    const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, at) => byte ^ b[at]!);
    const rs = new ReedSolomon({dataShards: 4, parityShards: 0});
    const pairs = {
      dataShards: 4,
      parityShards: 2,
      split: (bytes: Uint8Array) => rs.split(bytes),
      join: (shards: readonly Uint8Array[], length: number) => rs.join(shards.slice(0, 4), length),
      encode: ([a, b, c, d]: readonly Uint8Array[]) => [xor(a!, b!), xor(c!, d!)],
      reconstruct(shards: readonly (Uint8Array | undefined)[]) {
        const whole = [...shards];
        for (const [x, y, sum] of [
          [0, 1, 4],
          [2, 3, 5],
        ] as const) {
          const group = [x, y, sum];
          const missing = group.filter((at) => whole[at] === undefined);
          if (missing.length > 1) throw new RangeError("two of a group are lost");
          const [p, q] = group.filter((at) => at !== missing[0]);
          if (missing.length === 1) whole[missing[0]!] = xor(whole[p!]!, whole[q!]!);
        }
        return whole as Uint8Array[];
      },
      repairReads: (lost: number) =>
        [
          [1, 4],
          [0, 4],
          [3, 5],
          [2, 5],
          [0, 1],
          [2, 3],
        ][lost]!,
    };
    const {fleet, stripe, read} = setting({code: pairs, timeoutMs: 100});
    stripe.nodes[2]!.corrupt(`${stripe.id}/2`);
    expect(read()).toEqual({bytes: BODY, decoded: true});
    expect(fleet.counts.reads).toBe(6);
  });

  it("StorageFleet.node() refuses names that are not there; corrupt() shards that are not", () => {
    const {fleet} = setting();
    expect(() => fleet.node("z9")).toThrow("Cannot find node z9");
    expect(() => fleet.nodes[0]!.corrupt("s99/0")).toThrow(RangeError);
    expect(fleet.describe().split("\n")[0]).toBe("a1 up, zone a");
  });
});
