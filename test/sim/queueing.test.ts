/** The simulator against closed forms, within 99.9 % confidence intervals of replications. */
import {Random} from "kernel-lib/random";
import {Resource, Simulation, TimeWeighted, Trace} from "kernel-lib/sim";
import type {Steps} from "kernel-lib/sim";
import {meanInterval} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

interface Station {
  servers: number;
  arrivalsPerMs: number;
  meanServiceMs: number;
  seed: number;
}

interface Outcome {
  /** Mean wait in the queue, of the customers after the warm-up. */
  waitMs: number;
  delayedFraction: number;
  busy: number;
  queue: number;
  inSystem: number;
  arrivalsPerMs: number;
  timeInSystemMs: number;
}

const CUSTOMERS = 6000;
const REPLICATIONS = 12;
/** The model's start is empty, the formula's is not: the first customers are not counted. */
const WARM_UP = 1000;

/** One run of M/M/c, in processes. */
function runProcesses({servers, arrivalsPerMs, meanServiceMs, seed}: Station): Outcome {
  const simulation = new Simulation();
  const random = new Random(seed);
  const [arrivals, services] = [random.fork("arrivals"), random.fork("services")];
  const resource = new Resource(simulation, {capacity: servers});
  const system = new TimeWeighted();
  let [waitSum, systemSum, delayed, counted, startMs] = [0, 0, 0, 0, 0];
  function* customer(counts: boolean): Steps {
    const arrivedMs = simulation.nowMs;
    system.record(system.value + 1, arrivedMs);
    const place = yield* resource.request();
    const waitMs = simulation.nowMs - arrivedMs;
    yield* simulation.timeout(services.exponential({mean: meanServiceMs}));
    place.release();
    system.record(system.value - 1, simulation.nowMs);
    if (!counts) return;
    waitSum += waitMs;
    systemSum += simulation.nowMs - arrivedMs;
    delayed += waitMs > 0 ? 1 : 0;
    counted++;
  }
  function* source(): Steps {
    for (let i = 0; i < CUSTOMERS; i++) {
      yield* simulation.timeout(arrivals.exponential({mean: 1 / arrivalsPerMs}));
      if (i === WARM_UP) {
        for (const monitor of [resource.inUse, resource.queue, system])
          monitor.reset(simulation.nowMs);
        startMs = simulation.nowMs;
      }
      simulation.spawn(customer(i >= WARM_UP));
    }
  }
  simulation.spawn(source());
  const {nowMs} = simulation.run();
  return {
    waitMs: waitSum / counted,
    delayedFraction: delayed / counted,
    busy: resource.inUse.mean(nowMs) / servers,
    queue: resource.queue.mean(nowMs),
    inSystem: system.mean(nowMs),
    arrivalsPerMs: counted / (nowMs - startMs),
    timeInSystemMs: systemSum / counted,
  };
}

/** Erlang C: P(an arrival must wait), by the stable recursion of Erlang B. */
function erlangC(servers: number, load: number): number {
  let blocked = 1;
  for (let c = 1; c <= servers; c++) blocked = (load * blocked) / (c + load * blocked);
  return blocked / (1 - (load / servers) * (1 - blocked));
}

function interval(outcomes: Outcome[], measure: keyof Outcome): {low: number; high: number} {
  return meanInterval(
    outcomes.map((outcome) => outcome[measure]),
    {confidence: 0.999},
  );
}

function expectWithin({low, high}: {low: number; high: number}, value: number): void {
  expect(value).toBeGreaterThan(low);
  expect(value).toBeLessThan(high);
}

describe("queueing", () => {
  it("erlangC() of this test is right: 1 server waits with ρ, and a published table's value", () => {
    expect(erlangC(1, 0.7)).toBeCloseTo(0.7, 12);
    // Two servers, load 1: C = 1/3 (Gross and Harris, "Fundamentals of queueing theory", M/M/c).
    expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 12);
  });

  it.each([
    {servers: 1, arrivalsPerMs: 0.7, meanServiceMs: 1},
    {servers: 3, arrivalsPerMs: 0.48, meanServiceMs: 5},
  ])("M/M/$servers meets Erlang C in wait, delay probability, use and queue", (station) => {
    const outcomes = Array.from({length: REPLICATIONS}, (_, run) =>
      runProcesses({...station, seed: 4000 + run}),
    );
    const load = station.arrivalsPerMs * station.meanServiceMs;
    const wait = erlangC(station.servers, load);
    const waitMs = (wait * station.meanServiceMs) / (station.servers - load);
    expectWithin(interval(outcomes, "delayedFraction"), wait);
    expectWithin(interval(outcomes, "waitMs"), waitMs);
    expectWithin(interval(outcomes, "busy"), load / station.servers);
    expectWithin(interval(outcomes, "queue"), station.arrivalsPerMs * waitMs);
    // A planted bug would be seen: the interval is narrow enough to reject a service 15 % longer.
    const slower = load * 1.15;
    const slowerMs =
      (erlangC(station.servers, slower) * station.meanServiceMs * 1.15) /
      (station.servers - slower);
    expect(slowerMs).toBeGreaterThan(interval(outcomes, "waitMs").high);
  });

  it("Little's law holds in every single run: L = λ W", () => {
    for (let seed = 1; seed <= 3; seed++) {
      const outcome = runProcesses({servers: 2, arrivalsPerMs: 1.6, meanServiceMs: 1, seed});
      // Exact but for the customers in the system at the end of the warm-up.
      const predicted = outcome.arrivalsPerMs * outcome.timeInSystemMs;
      expect(Math.abs(outcome.inSystem / predicted - 1)).toBeLessThan(0.02);
    }
  });

  it("Simulation gives the same trace, byte for byte, for the same seed, and another for another", () => {
    expect(tracedRun(5)).toBe(tracedRun(5));
    expect(tracedRun(5)).not.toBe(tracedRun(6));
    expect(tracedRun(5).split("\n").length).toBe(300);
  });
});

/** 100 customers at two servers. */
function tracedRun(seed: number): string {
  const simulation = new Simulation();
  const random = new Random(seed);
  const trace = new Trace(simulation);
  const resource = new Resource(simulation, {capacity: 2});
  function* customer(name: string): Steps {
    trace.record(name, "arrives");
    yield* resource.use(function* () {
      trace.record(name, "is served");
      yield* simulation.timeout(random.exponential({mean: 3}));
    });
    trace.record(name, "leaves");
  }
  for (let i = 0; i < 100; i++) {
    simulation.schedule({delayMs: random.float() * 200}, () => {
      simulation.spawn(customer(`customer ${i}`));
    });
  }
  simulation.run();
  return trace.format();
}
