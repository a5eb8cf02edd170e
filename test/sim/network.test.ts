import fc from "fast-check";
import {Random} from "kernel-lib/random";
import {Network, Simulation, Trace} from "kernel-lib/sim";
import type {NetworkOptions} from "kernel-lib/sim";
import {describe, expect, it} from "vitest";

interface World {
  simulation: Simulation;
  network: Network<number>;
  got: {message: number; atMs: number}[];
}

function twoNodes(options: Partial<NetworkOptions<number>>, seed = 1): World {
  const simulation = new Simulation();
  const network = new Network<number>(simulation, {
    ...{random: new Random(seed), delayMs: 1},
    ...options,
  });
  const got: World["got"] = [];
  network.addNode("a", () => undefined);
  network.addNode("b", (message) => got.push({message, atMs: simulation.nowMs}));
  return {simulation, network, got};
}

function sendMany({simulation, network}: World, count: number): void {
  for (let message = 0; message < count; message++) {
    simulation.schedule({delayMs: message}, () => network.send({from: "a", to: "b", message}));
  }
  simulation.run();
}

describe("Network", () => {
  it("Network loses, doubles and delays as often and as long as told, within 4 standard errors", () => {
    const world = twoNodes({
      lossProbability: 0.1,
      duplicateProbability: 0.05,
      delayMs: (random) => 2 + random.exponential({mean: 3}),
    });
    const count = 20_000;
    sendMany(world, count);
    const {sent, delivered, lost, duplicated, cut} = world.network.counts;
    expect(sent + duplicated).toBe(delivered + lost + cut);
    expect(delivered).toBe(world.got.length);
    const error = (p: number, n: number): number => 4 * Math.sqrt((p * (1 - p)) / n);
    expect(Math.abs(lost / count - 0.1)).toBeLessThan(error(0.1, count));
    expect(Math.abs(duplicated / (count - lost) - 0.05)).toBeLessThan(error(0.05, count - lost));
    const delays = world.got.map(({message, atMs}) => atMs - message);
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    expect(Math.abs(mean - 5)).toBeLessThan((4 * 3) / Math.sqrt(delays.length));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(2);
  });

  it("Network keeps the order of each FIFO link, and without FIFO does not", () => {
    const order = (fifo: boolean, seed: number): number[] => {
      const delayMs = (random: Random): number => random.exponential({mean: 30});
      const world = twoNodes({delayMs, fifo, duplicateProbability: 0.1}, seed);
      sendMany(world, 200);
      return world.got.map(({message}) => message);
    };
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        const messages = order(true, seed);
        expect(messages).toEqual([...messages].sort((x, y) => x - y));
        expect(new Set(messages).size).toBe(200);
      }),
      {numRuns: 30},
    );
    const messages = order(false, 1);
    expect(messages).not.toEqual([...messages].sort((x, y) => x - y));
  });

  it("Network.partition() cuts groups off, also what is on its way, until heal()", () => {
    const simulation = new Simulation();
    const trace = new Trace(simulation);
    const network = new Network<string>(simulation, {random: new Random(1), delayMs: 2, trace});
    for (const name of ["a", "b", "c"]) network.addNode(name, () => undefined);
    const send = (to: string, message: string): void => network.send({from: "a", to, message});
    send("b", "early");
    simulation.schedule({delayMs: 1}, () => {
      network.partition([["b"]]);
      send("b", "late");
      send("c", "same side");
    });
    simulation.schedule({delayMs: 5}, () => {
      network.heal();
      send("b", "healed");
    });
    simulation.run();
    expect(trace.format()).toMatchInlineSnapshot(`
      "0.000  a  sends early to b
      1.000  a  sends late to b
      1.000  b  misses late from a: is cut off
      1.000  a  sends same side to c
      2.000  b  misses early from a: is cut off
      3.000  c  receives same side from a
      5.000  a  sends healed to b
      7.000  b  receives healed from a"
    `);
    expect(network.counts).toEqual({sent: 4, delivered: 2, lost: 0, duplicated: 0, cut: 2});
    expect(() => network.partition([["a"], ["a"]])).toThrow(RangeError);
    expect(() => network.partition([["z"]])).toThrow(RangeError);
  });

  it("Network.setLink() changes one direction; traffic on one link moves no chance of another", () => {
    const arrivals = (extra: boolean): number[] => {
      const world = twoNodes({delayMs: (random) => random.float()}, 9);
      world.network.setLink({from: "b", to: "a"}, {lossProbability: 1});
      if (extra) world.network.send({from: "b", to: "a", message: -1});
      sendMany(world, 20);
      expect(world.network.counts.lost).toBe(extra ? 1 : 0);
      return world.got.map(({atMs}) => atMs);
    };
    expect(arrivals(true)).toEqual(arrivals(false));
  });

  it("Network refuses unknown nodes, taken names and impossible conditions", () => {
    const {network} = twoNodes({});
    expect(() => network.addNode("a", () => undefined)).toThrow(RangeError);
    expect(() => network.send({from: "a", to: "z", message: 1})).toThrow(
      /need one of the nodes a, b/,
    );
    for (const bad of [{lossProbability: 1.1}, {duplicateProbability: Number.NaN}, {delayMs: -1}]) {
      expect(() => network.setLink({from: "a", to: "b"}, bad)).toThrow(RangeError);
    }
    network.setLink({from: "a", to: "b"}, {delayMs: () => Number.NaN});
    expect(() => network.send({from: "a", to: "b", message: 1})).toThrow(RangeError);
  });
});
