import fc from "fast-check";
import {cauchyParity, ReedSolomon} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {etagOf, S3} from "kernel-lib/services/s3";
import type {ErasureCode, GetResult, MaybeShard, S3Options} from "kernel-lib/services/s3";
import {Simulation} from "kernel-lib/sim";
import type {Steps} from "kernel-lib/sim";
import {describe, expect, it} from "vitest";
import {runToEnd} from "../../support/simulated.js";

const RS62 = new ReedSolomon({dataShards: 6, parityShards: 2});

interface Setting {
  simulation: Simulation;
  s3: S3;
  /** Runs steps to the end. */
  run: <T>(steps: Steps<T>) => T;
}

function setting(options: Partial<S3Options> = {}): Setting {
  const simulation = new Simulation();
  const s3 = new S3(simulation, {code: RS62, random: new Random(3), stripeBytes: 64, ...options});
  return {simulation, s3, run: (steps) => runToEnd(simulation, steps)};
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Three copies, as a reader might write it: nothing but the six members. */
const copies: ErasureCode = {
  dataShards: 1,
  parityShards: 2,
  split: (bytes) => [bytes],
  encode: ([data]) => [data!, data!],
  reconstruct(shards: readonly MaybeShard[]) {
    const any = shards.find((shard) => shard !== undefined);
    if (any === undefined) throw new RangeError("none left");
    return [any, any, any];
  },
  join: ([data]) => data!,
};

describe("S3", () => {
  it("S3 gives back what it was given, whatever the size: 0, 1, about a stripe, many stripes", () => {
    for (const size of [0, 1, 5, 6, 7, 63, 64, 65, 127, 128, 129, 1000]) {
      const {s3, run} = setting();
      const body = new Random(size).bytes(size);
      expect(run(s3.put({key: "k", body}))).toEqual({
        ...{status: 200, reason: "stored"},
        etag: etagOf(body),
      });
      const got = run(s3.get({key: "k"}));
      expect(got).toMatchObject({status: 200, sizeBytes: size, etag: etagOf(body)});
      expect(got.body).toEqual(body);
    }
  });

  it("S3.put() takes a body in pieces of any size, S3.get() hands it over stripe by stripe", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({maxLength: 150}), {maxLength: 6}), (pieces) => {
        const {s3, run} = setting();
        const whole = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
        const put = run(s3.put({key: "k", body: pieces}));
        const parts: Uint8Array[] = [];
        const got = run(s3.get({key: "k", onBytes: (bytes) => parts.push(bytes)}));
        expect(put.etag).toBe(etagOf(whole));
        expect(got).toMatchObject({status: 200, body: undefined, etag: put.etag});
        expect(Uint8Array.from(parts.flatMap((part) => [...part]))).toEqual(whole);
        expect(parts.slice(0, -1).every((part) => part.length === 64)).toBe(true);
      }),
      {numRuns: 50},
    );
  });

  it("S3 keeps its bytes to itself: what the caller does to an array later changes nothing", () => {
    const {s3, run} = setting({code: copies});
    const body = bytesOf("as it was");
    run(s3.put({key: "k", body}));
    body.fill(0);
    expect(run(s3.get({key: "k"})).body).toEqual(bytesOf("as it was"));
  });

  it.each<[string, ErasureCode, number]>([
    ["RS(6,2)", RS62, 2],
    ["RS(5,4)", new ReedSolomon({dataShards: 5, parityShards: 4}), 4],
    ["Cauchy (3,2)", cauchyCode(3, 2), 2],
    ["three copies of the reader's own", copies, 2],
    ["RS(1,0)", new ReedSolomon({dataShards: 1, parityShards: 0}), 0],
  ])(
    "S3 with %s reads through as many crashed nodes as the code allows, not more",
    (_, code, m) => {
      const {s3, run, simulation} = setting({code});
      const body = new Random(1).bytes(100);
      run(s3.put({key: "k", body}));
      const [stripe] = s3.fleet.stripes.values();
      for (let crashed = 0; crashed <= m + 1; crashed++) {
        const got = runOnce(simulation, s3.get({key: "k"}));
        expect(got.status).toBe(crashed <= m ? 200 : 503);
        if (crashed <= m) expect(got.body).toEqual(body);
        else expect(got.reason).toMatch(/^too few shards of stripe s\d$/);
        const next = stripe!.nodes[crashed];
        if (next !== undefined) s3.fleet.crash(next.name);
      }
    },
  );

  it("S3.get() survives nodes that crash while it reads", () => {
    const {s3, run, simulation} = setting({shardReadMs: () => 10, hopMs: () => 1});
    const body = new Random(1).bytes(64 * 5);
    run(s3.put({key: "k", body}));
    const [, , third] = s3.fleet.stripes.values();
    const reading = simulation.spawn(s3.get({key: "k"}));
    // Look-up 2 hops there and 2 to the index, then 10 ms a stripe: in the middle of the third.
    simulation.schedule({delayMs: 29}, () => {
      s3.fleet.crash(third!.nodes[0]!.name);
      s3.fleet.crash(third!.nodes[4]!.name);
    });
    simulation.run();
    expect(reading.value!.body).toEqual(body);
    expect(reading.value!.decodedStripes).toBeGreaterThan(0);
    expect(s3.fleet.counts.timeouts).toBe(2);
  });

  it("S3.put() with conditions answers 412 and 404 as values, and changes nothing then", () => {
    const {s3, run} = setting();
    const put = (text: string, condition: {ifNoneMatch?: "*"; ifMatch?: string} = {}): number =>
      run(s3.put({key: "k", body: bytesOf(text), ...condition})).status;
    const text = (): string => new TextDecoder().decode(run(s3.get({key: "k"})).body);
    expect(put("a", {ifMatch: etagOf(bytesOf("a"))})).toBe(404);
    expect(put("a", {ifNoneMatch: "*"})).toBe(200);
    expect(put("b", {ifNoneMatch: "*"})).toBe(412);
    expect(text()).toBe("a");
    expect(put("c", {ifMatch: etagOf(bytesOf("b"))})).toBe(412);
    expect(put("c", {ifMatch: etagOf(bytesOf("a"))})).toBe(200);
    expect(text()).toBe("c");
    expect(run(s3.delete({key: "k"}))).toEqual({status: 204});
    expect(run(s3.get({key: "k"}))).toMatchObject({status: 404, reason: "no such key"});
    expect(put("d", {ifMatch: etagOf(bytesOf("c"))})).toBe(404);
    expect(put("d", {ifNoneMatch: "*"})).toBe(200);
    // What was refused, replaced or deleted is freed.
    expect(s3.fleet.stripes.size).toBe(1);
  });

  it("of many writers that put if-none-match, exactly one wins", () => {
    const {s3, simulation} = setting();
    const writers = Array.from({length: 20}, (_, index) =>
      simulation.spawn(s3.put({key: "lock", body: Uint8Array.of(index), ifNoneMatch: "*"})),
    );
    simulation.run();
    const winners = writers.filter((writer) => writer.value!.status === 200);
    expect(winners.length).toBe(1);
    const got = runToEnd(simulation, s3.get({key: "lock"}));
    expect(got.body).toEqual(Uint8Array.of(writers.indexOf(winners[0]!)));
  });

  it("of concurrent puts the one with the later timestamp wins, whichever arrives last", () => {
    for (const firstIsSlow of [true, false]) {
      const hops = firstIsSlow ? [90, 1] : [1, 90];
      const {s3, simulation} = setting({hopMs: () => 1});
      const index = s3.metadata.index as unknown as {hopMs: () => number};
      index.hopMs = () => hops.shift() ?? 1;
      const early = simulation.spawn(s3.put({key: "k", body: bytesOf("early")}));
      const late = simulation.spawn(s3.put({key: "k", body: bytesOf("late")}));
      simulation.run();
      expect([early.value!.status, late.value!.status]).toEqual([200, 200]);
      const got = runToEnd(simulation, s3.get({key: "k"}));
      expect(new TextDecoder().decode(got.body)).toBe("late");
      expect(s3.fleet.stripes.size).toBe(1);
    }
  });

  it("S3 answers 503 above a partition's limit, and again 200 once it is split", () => {
    const {s3, simulation} = setting({
      partitions: {getsPerSecond: 10, splitAfterMs: 0, sampleSize: 16},
      code: copies,
    });
    const ask = (): number[] => {
      const asking = Array.from({length: 16}, (_, at) =>
        simulation.spawn(s3.head({key: `k${(7 * at) % 16}`})),
      );
      simulation.run();
      return asking.map((one) => one.value!.status);
    };
    expect(ask().filter((status) => status === 503).length).toBe(6);
    expect(s3.splitByLoad()[0]!.advice).toMatchObject({split: true, lowerShare: 0.5});
    simulation.run({untilMs: simulation.nowMs + 5000});
    expect(ask().filter((status) => status === 503).length).toBe(0);
  });

  it("S3.head() says what is there, S3.list() in order, with prefixes", () => {
    const {s3, run} = setting();
    for (const key of ["b/2", "a/1", "b/1", "c"]) run(s3.put({key, body: bytesOf(key)}));
    run(s3.delete({key: "a/1"}));
    expect(run(s3.head({key: "c"}))).toMatchObject({status: 200, sizeBytes: 1, body: undefined});
    expect(run(s3.head({key: "a/1"})).status).toBe(404);
    const page = run(s3.list({delimiter: "/"}));
    expect(page).toMatchObject({status: 200, commonPrefixes: ["b/"], isTruncated: false});
    expect(page.contents.map(({key}) => key)).toEqual(["c"]);
  });

  it("S3.put() goes round nodes that are down, and answers 503 when too few are up", () => {
    const {s3, run} = setting({zones: 4, nodesPerZone: 2});
    const body = new Random(1).bytes(64);
    s3.fleet.crash("a1");
    expect(run(s3.put({key: "k", body})).status).toBe(200);
    const [stripe] = s3.fleet.stripes.values();
    expect(stripe!.nodes.filter((node) => node !== undefined).length).toBe(7);
    expect(run(s3.get({key: "k"})).body).toEqual(body);
    s3.fleet.crash("b1");
    expect(run(s3.put({key: "l", body})).status).toBe(503);
    expect(run(s3.get({key: "l"})).status).toBe(404);
  });

  it("two runs with one seed do the same", () => {
    const transcript = (): unknown => {
      const {s3, run, simulation} = setting({shardReadMs: (random) => random.float() * 9});
      run(s3.put({key: "k", body: new Random(1).bytes(500)}));
      s3.fleet.crash("b1");
      run(s3.get({key: "k"}));
      return [simulation.nowMs, s3.fleet.counts];
    };
    expect(transcript()).toEqual(transcript());
  });

  it("S3 refuses options outside their range", () => {
    expect(() => setting({stripeBytes: 0})).toThrow(RangeError);
    expect(() => setting({zones: 2, nodesPerZone: 3})).toThrow(
      "Cannot build a fleet: need a node for each of 8 shards, got 2 zones of 3",
    );
    expect(() => setting({cacheNodes: 0})).toThrow(RangeError);
    expect(() => setting({repair: {bytesPerSecond: 0}})).toThrow(RangeError);
  });
});

/** Runs until these steps have ended, and leaves what is scheduled for later. */
function runOnce(simulation: Simulation, steps: Steps<GetResult>): GetResult {
  const running = simulation.spawn(steps);
  while (running.alive) simulation.run({maxEvents: 1});
  return running.value!;
}

function cauchyCode(dataShards: number, parityShards: number): ErasureCode {
  const matrix = cauchyParity({dataShards, parityShards});
  return new ReedSolomon({dataShards, parityShards, matrix});
}
