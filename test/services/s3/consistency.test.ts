/**
 * The promise, held against histories: in strong mode every history of the store is linearizable
 * per key, under random schedules, conditions, crashes and repair; in the old mode, and with a
 * planted bug in the new one, a counter-example is found.
 */
import {ReedSolomon} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {checkLinearizable} from "kernel-lib/replication";
import type {LinearizabilityResult, Operation} from "kernel-lib/replication";
import {etagOf, objectModel, S3} from "kernel-lib/services/s3";
import type {ObjectInput, ObjectOutput, S3Options} from "kernel-lib/services/s3";
import {Simulation} from "kernel-lib/sim";
import type {Steps} from "kernel-lib/sim";
import {describe, expect, it} from "vitest";
import {runToEnd} from "../../support/simulated.js";

type Call = Operation<ObjectInput, ObjectOutput>;
const CODE = new ReedSolomon({dataShards: 2, parityShards: 1});
const KEYS = ["a", "b"];

/** Some clients at once, each with some requests; hops of very different length. */
function randomHistory(seed: number, options: Partial<S3Options> = {}): Call[] {
  const simulation = new Simulation();
  const random = new Random(seed);
  const s3 = new S3(simulation, {
    ...{code: CODE, random: random.fork("store"), timeoutMs: 30, repair: {delayMs: 50}},
    hopMs: (draw) => (draw.float() < 0.2 ? draw.exponential({mean: 20}) : draw.float()),
    shardReadMs: (draw) => draw.exponential({mean: 1}),
    noticeMs: (draw) => draw.exponential({mean: 40}),
    ...options,
  });
  const history: Call[] = [];
  let written = 0;
  const choose = random.fork("requests");
  const lastSeen = new Map<string, string>();

  function* request(client: number): Steps {
    const key = choose.choice(KEYS);
    const dice = choose.float();
    const call: Call = {input: {kind: "get", key}, callMs: simulation.nowMs, client};
    history.push(call);
    if (dice < 0.5) {
      const {status, etag, body} = yield* s3.get({key});
      if (status === 503) history.splice(history.indexOf(call), 1);
      call.output = status === 200 ? etag! : null;
      if (body !== undefined) expect(etagOf(body)).toBe(etag);
      if (etag !== undefined) lastSeen.set(key, etag);
    } else if (dice < 0.6) {
      call.input = {kind: "delete", key};
      yield* s3.delete({key});
    } else {
      const body = Uint8Array.of(++written);
      const etag = etagOf(body);
      const condition =
        dice < 0.7
          ? {ifNoneMatch: "*" as const}
          : dice < 0.8
            ? {ifMatch: lastSeen.get(key) ?? "none"}
            : {};
      call.input = {kind: "put", key, etag, ...condition};
      const {status} = yield* s3.put({key, body, ...condition});
      expect(status).not.toBe(503);
      call.output = status;
    }
    call.returnMs = simulation.nowMs;
  }
  function* client(number: number): Steps {
    for (let count = 0; count < 8; count++) {
      yield* simulation.timeout(choose.exponential({mean: 10}));
      yield* request(number);
    }
  }
  for (let number = 1; number <= 4; number++) simulation.spawn(client(number));
  const victim = random.choice(s3.fleet.nodes).name;
  simulation.schedule({delayMs: 40}, () => s3.fleet.crash(victim));
  simulation.run();
  return history;
}

function check(history: Call[]): LinearizabilityResult<ObjectInput, ObjectOutput> {
  return checkLinearizable(objectModel(), history);
}

const SEEDS = Array.from({length: 300}, (_, seed) => seed);

describe("consistency", () => {
  it("strong mode: 300 random histories with a crash each are linearizable per key", () => {
    for (const seed of SEEDS) {
      const result = check(randomHistory(seed));
      expect(result.linearizable, `seed ${seed}: ${result.explanation}`).toBe(true);
    }
  });

  it("eventual mode: a stale read is found, and it is the cache's", () => {
    const verdicts = SEEDS.slice(0, 50).map((seed) =>
      check(randomHistory(seed, {consistency: "eventual"})),
    );
    const bad = verdicts.filter(({linearizable}) => linearizable === false);
    expect(bad.length).toBeGreaterThan(25);
    for (const {offending} of bad) expect(offending!.input.kind).not.toBe("delete");
    // Caches that trust nothing are never stale.
    for (const seed of SEEDS.slice(0, 50)) {
      const history = randomHistory(seed, {consistency: "eventual", cacheTtlMs: 0});
      expect(check(history).linearizable).toBe(true);
    }
  });

  it("strong mode with the planted bug, witness after commit: the check finds it", () => {
    const bad = SEEDS.filter(
      (seed) => check(randomHistory(seed, {witnessAfterCommit: true})).linearizable === false,
    );
    expect(bad.length).toBeGreaterThan(0);
  });

  it("eventual mode, by the book of November 2020: what was new and never asked for is seen at once", () => {
    const {s3, simulation} = still("eventual");
    const body = Uint8Array.of(1);
    const steps = function* (): Steps<number[]> {
      yield* s3.put({key: "fresh", body});
      const fresh = yield* s3.get({key: "fresh"});
      yield* askAllCaches(s3, "asked");
      yield* s3.put({key: "asked", body});
      const asked = yield* s3.get({key: "asked"});
      yield* simulation.timeout(2000);
      const later = yield* s3.get({key: "asked"});
      return [fresh.status, asked.status, later.status];
    };
    expect(runToEnd(simulation, steps())).toEqual([200, 404, 200]);
  });

  it("LIST: eventual mode misses a new key for a while, strong mode never", () => {
    for (const consistency of ["eventual", "strong"] as const) {
      const {s3, simulation} = still(consistency);
      const steps = function* (): Steps<number[]> {
        yield* s3.put({key: "k", body: Uint8Array.of(1)});
        const first = yield* s3.list();
        yield* simulation.timeout(2000);
        const second = yield* s3.list();
        yield* s3.delete({key: "k"});
        const third = yield* s3.list();
        return [first, second, third].map(({contents}) => contents.length);
      };
      const expected = consistency === "strong" ? [1, 1, 0] : [0, 1, 1];
      expect(runToEnd(simulation, steps())).toEqual(expected);
    }
  });

  it("strong mode still caches: what is not being changed is served without asking the index", () => {
    const {s3, simulation} = still("strong");
    const steps = function* (): Steps {
      yield* s3.put({key: "k", body: Uint8Array.of(1)});
      for (let count = 0; count < 100; count++) yield* s3.get({key: "k"});
    };
    runToEnd(simulation, steps());
    const {witness, index, lookUps} = s3.metadata;
    expect([witness.lookUps, lookUps]).toEqual([100, 100]);
    expect(index.reads).toBe(s3.metadata.caches.length);
  });
});

/** Notices take a second, everything else a millisecond. */
function still(consistency: "eventual" | "strong"): {s3: S3; simulation: Simulation} {
  const simulation = new Simulation();
  const s3 = new S3(simulation, {
    ...{code: CODE, random: new Random(1), consistency},
    ...{hopMs: () => 1, shardReadMs: () => 1, noticeMs: () => 1000},
  });
  return {s3, simulation};
}

function* askAllCaches(s3: S3, key: string): Steps {
  for (let count = 0; count < 50; count++) yield* s3.get({key});
  for (const cache of s3.metadata.caches) expect(cache.entries.has(key)).toBe(true);
}
