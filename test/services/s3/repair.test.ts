import {ReedSolomon} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {S3} from "kernel-lib/services/s3";
import type {S3Options} from "kernel-lib/services/s3";
import {Simulation} from "kernel-lib/sim";
import type {Steps} from "kernel-lib/sim";
import {describe, expect, it} from "vitest";
import {runToEnd} from "../../support/simulated.js";

const RS62 = new ReedSolomon({dataShards: 6, parityShards: 2});
const MINUTE_MS = 60_000;
const BODY = new Random(4).bytes(600);

function setting(options: Partial<S3Options> = {}): {simulation: Simulation; s3: S3} {
  const simulation = new Simulation();
  const s3 = new S3(simulation, {
    ...{code: RS62, random: new Random(3), zones: 4, nodesPerZone: 3, stripeBytes: 60},
    ...options,
  });
  runToEnd(simulation, s3.put({key: "k", body: BODY}));
  return {simulation, s3};
}

/** No stripe has a shard on a node that is down, and none has two on one node. */
function expectRedundant({fleet}: S3): void {
  for (const {nodes} of fleet.stripes.values()) {
    expect(nodes.every((node) => node?.up)).toBe(true);
    expect(new Set(nodes).size).toBe(nodes.length);
  }
}

describe("Repair", () => {
  it("Repair restores the shards of a node that stays down, after the delay and not before", () => {
    const {simulation, s3} = setting();
    const [stripe] = s3.fleet.stripes.values();
    const victim = stripe!.nodes[3]!;
    const held = [...s3.fleet.stripes.values()].filter(({nodes}) => nodes.includes(victim)).length;
    const crashMs = simulation.nowMs;
    s3.fleet.crash(victim.name);
    simulation.run({untilMs: crashMs + 14.9 * MINUTE_MS});
    expect(s3.repair.repaired).toBe(0);
    simulation.run();
    expect(s3.repair).toMatchObject({repaired: held, failed: 0});
    // Six shards of ten bytes are read for each one that is restored.
    expect(s3.fleet.counts.bytesRead).toBe(held * 6 * 10);
    expectRedundant(s3);
    expect(runToEnd(simulation, s3.get({key: "k"}))).toMatchObject({decodedStripes: 0, body: BODY});
  });

  it("Repair does nothing for a node that comes back in time, nor twice for one that fails twice", () => {
    const {simulation, s3} = setting();
    const [stripe] = s3.fleet.stripes.values();
    const {name} = stripe!.nodes[0]!;
    s3.fleet.crash(name);
    simulation.schedule({delayMs: 5 * MINUTE_MS}, () => s3.fleet.restart(name));
    simulation.schedule({delayMs: 10 * MINUTE_MS}, () => s3.fleet.crash(name));
    simulation.run({untilMs: simulation.nowMs + 20 * MINUTE_MS});
    expect(s3.repair.repaired).toBe(0);
    simulation.run();
    expect(s3.repair.repaired).toBeGreaterThan(0);
    expectRedundant(s3);
  });

  it("Repair restores a damaged shard as soon as a reader has found it", () => {
    const {simulation, s3} = setting();
    const [stripe] = s3.fleet.stripes.values();
    const node = stripe!.nodes[2]!;
    node.corrupt(`${stripe!.id}/2`);
    expect(runToEnd(simulation, s3.get({key: "k"}))).toMatchObject({decodedStripes: 1, body: BODY});
    expect(s3.repair.repaired).toBe(1);
    expect(stripe!.nodes[2]).not.toBe(node);
    expect(runToEnd(simulation, s3.get({key: "k"}))).toMatchObject({decodedStripes: 0});
    expect(s3.fleet.counts.corrupt).toBe(1);
  });

  it("Repair keeps to its bytes a second", () => {
    const {simulation, s3} = setting({repair: {delayMs: 0, bytesPerSecond: 30}});
    const [stripe] = s3.fleet.stripes.values();
    const startMs = simulation.nowMs;
    s3.fleet.crash(stripe!.nodes[0]!.name);
    simulation.run();
    const seconds = (simulation.nowMs - startMs) / 1000;
    expect(s3.fleet.counts.bytesRead / seconds).toBeLessThanOrEqual(30);
    expect(s3.fleet.counts.bytesRead / seconds).toBeGreaterThan(25);
  });

  it("Repair begins with the stripes that have lost most", () => {
    const {simulation, s3} = setting({repair: {delayMs: 0, bytesPerSecond: 100}});
    const stripes = [...s3.fleet.stripes.values()];
    const lostAtRepair: number[] = [];
    const {fleet} = s3;
    const repairShard = fleet.repairShard.bind(fleet);
    fleet.repairShard = (stripe, shard): Steps<boolean> => {
      lostAtRepair.push(stripe.nodes.filter((node) => !node!.up).length);
      return repairShard(stripe, shard);
    };
    fleet.crash(stripes[0]!.nodes[0]!.name);
    fleet.crash(stripes[0]!.nodes[1]!.name);
    simulation.run();
    expect(lostAtRepair[0]).toBe(2);
    expect(lostAtRepair).toEqual([...lostAtRepair].sort((a, b) => b - a));
    expectRedundant(s3);
    expect(runToEnd(simulation, s3.get({key: "k"})).body).toEqual(BODY);
  });

  it("Repair gives up on stripes that have lost too much, and says how many", () => {
    const {simulation, s3} = setting({repair: {delayMs: 0}, stripeBytes: 600});
    const [stripe] = s3.fleet.stripes.values();
    for (const shard of [0, 1, 2]) s3.fleet.crash(stripe!.nodes[shard]!.name);
    simulation.run();
    expect(s3.repair).toMatchObject({repaired: 0, failed: 3});
    expect(s3.repair.queue).toEqual([]);
  });
});
