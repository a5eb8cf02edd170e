import fc from "fast-check";
import {Simulation} from "kernel-lib/sim";
import type {ScheduledEvent} from "kernel-lib/sim";
import {describe, expect, it} from "vitest";

/** Few times and priorities, so that ties are the rule. */
const planned = fc.record({
  delayMs: fc.constantFrom(0, 0, 1, 2, 2.5, 7),
  priority: fc.constantFrom(undefined, 0, -1000, -1, 3, 1000),
  /** Which earlier event to cancel when this one is scheduled, if any. */
  cancels: fc.option(fc.nat(40), {nil: undefined}),
  /** Scheduled from inside this earlier event instead of before the run. */
  inside: fc.option(fc.nat(40), {nil: undefined}),
});

interface TwinEvent {
  timeMs: number;
  priority: number;
  order: number;
  id: number;
}

type Plan = {delayMs: number; priority?: number | undefined; cancels?: number; inside?: number}[];

/** What the guarantee means, word for word: a list, sorted before every step. */
function slowRun(plan: Plan): string[] {
  const list: TwinEvent[] = [];
  const log: string[] = [];
  let nowMs = 0;
  let order = 0;
  const add = (id: number): void => {
    const {delayMs, priority = 0, cancels} = plan[id]!;
    list.push({timeMs: nowMs + delayMs, priority, order: order++, id});
    const at = list.findIndex((event) => event.id === cancels);
    if (at >= 0) list.splice(at, 1);
  };
  plan.forEach(({inside}, id) => (inside === undefined || inside >= id ? add(id) : undefined));
  while (list.length > 0) {
    list.sort((a, b) => a.timeMs - b.timeMs || a.priority - b.priority || a.order - b.order);
    const {id, timeMs} = list.shift()!;
    nowMs = timeMs;
    log.push(`${nowMs} ${id}`);
    plan.forEach(({inside}, child) => (inside === id && inside < child ? add(child) : undefined));
  }
  return log;
}

function fastRun(plan: Plan): string[] {
  const simulation = new Simulation();
  const log: string[] = [];
  const handles = new Map<number, ScheduledEvent>();
  const add = (id: number): void => {
    const {delayMs, priority, cancels} = plan[id]!;
    const options = priority === undefined ? {delayMs} : {delayMs, priority};
    handles.set(id, simulation.schedule(options, happen, id));
    if (cancels !== undefined) handles.get(cancels)?.cancel();
  };
  const happen = (id: number): void => {
    log.push(`${simulation.nowMs} ${id}`);
    plan.forEach(({inside}, child) => (inside === id && inside < child ? add(child) : undefined));
  };
  plan.forEach(({inside}, id) => (inside === undefined || inside >= id ? add(id) : undefined));
  const {events, ended} = simulation.run();
  expect({events, ended}).toEqual({events: log.length, ended: "idle"});
  expect(simulation.pendingEvents).toBe(0);
  return log;
}

describe("Simulation", () => {
  it("Simulation.run() goes by (time, priority, order of scheduling), as a sorted list does", () => {
    fc.assert(
      fc.property(fc.array(planned, {maxLength: 60}), (plan) => {
        expect(fastRun(plan as Plan)).toEqual(slowRun(plan as Plan));
      }),
      {numRuns: 300},
    );
  });

  it("Simulation.run() keeps the order among 100,000 pending events", () => {
    const simulation = new Simulation();
    const seen: number[] = [];
    for (let i = 0; i < 100_000; i++) {
      simulation.schedule({delayMs: (i * 7919) % 1009, priority: i % 3}, (id) => seen.push(id), i);
    }
    simulation.run();
    const sorted = Array.from(seen, (_, i) => i).sort(
      (a, b) => ((a * 7919) % 1009) - ((b * 7919) % 1009) || (a % 3) - (b % 3) || a - b,
    );
    expect(seen).toEqual(sorted);
  });

  it("ScheduledEvent.cancel() works once, and a handle never touches the event that reuses its place", () => {
    const simulation = new Simulation();
    const calls: string[] = [];
    const first = simulation.schedule({delayMs: 1}, () => calls.push("first"));
    expect(first.pending).toBe(true);
    expect(first.cancel()).toBe(true);
    expect(first.cancel()).toBe(false);
    expect(first.pending).toBe(false);
    simulation.run();
    const second = simulation.schedule({delayMs: 1}, () => calls.push("second"));
    expect(first.cancel()).toBe(false);
    expect(second.pending).toBe(true);
    simulation.run();
    expect(second.cancel()).toBe(false);
    expect(calls).toEqual(["second"]);
  });

  it("ScheduledEvent.cancel() of nearly all of many events leaves the rest in order", () => {
    const simulation = new Simulation();
    const seen: number[] = [];
    const handles = Array.from({length: 5000}, (_, i) =>
      simulation.schedule({delayMs: (i * 31) % 97}, () => seen.push((i * 31) % 97)),
    );
    handles.forEach((handle, i) => (i % 50 === 0 ? undefined : handle.cancel()));
    expect(simulation.pendingEvents).toBe(100);
    simulation.run();
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.length).toBe(100);
  });

  it("Simulation.run() includes untilMs, sets the clock to it, and can be continued", () => {
    const simulation = new Simulation();
    const seen: number[] = [];
    for (const delayMs of [5, 10, 11]) simulation.schedule({delayMs}, () => seen.push(delayMs));
    expect(simulation.run({untilMs: 10})).toEqual({
      ...{ended: "untilMs", nowMs: 10, events: 2, unfinishedProcesses: 0},
    });
    expect(simulation.run({untilMs: 20})).toMatchObject({ended: "idle", nowMs: 20, events: 1});
    expect(seen).toEqual([5, 10, 11]);
    expect(() => simulation.run({untilMs: 19})).toThrow(RangeError);
  });

  it("Simulation.run() does not move the clock to what was cancelled", () => {
    const simulation = new Simulation();
    simulation.schedule({delayMs: 3}, () => undefined);
    for (let delayMs = 1; delayMs <= 30; delayMs++) {
      simulation.schedule({delayMs}, () => undefined).cancel();
    }
    expect(simulation.run()).toMatchObject({ended: "idle", nowMs: 3, events: 1});
    simulation.timeout(5).cancel();
    expect(simulation.run()).toMatchObject({ended: "idle", nowMs: 3, events: 0});
  });

  it("Simulation.run() stops after maxEvents, and refuses a model without end", () => {
    const simulation = new Simulation();
    const again = (): void => void simulation.schedule({delayMs: 0}, again);
    again();
    expect(simulation.run({maxEvents: 3})).toMatchObject({ended: "maxEvents", events: 3});
    expect(() => simulation.run({untilMs: 1})).toThrow(/Cannot run to the end: 10000000 events/);
    for (const maxEvents of [-1, 0.5, Number.NaN]) {
      expect(() => simulation.run({maxEvents})).toThrow(RangeError);
    }
  });

  it("Simulation.stop() ends the run after the present event", () => {
    const simulation = new Simulation();
    simulation.schedule({delayMs: 1}, () => simulation.stop());
    simulation.schedule({delayMs: 1}, () => undefined);
    expect(simulation.run()).toMatchObject({ended: "stopped", events: 1});
    expect(simulation.run()).toMatchObject({ended: "idle", events: 1});
  });

  it("Simulation.run() lets out what a callback throws, and can go on", () => {
    const simulation = new Simulation();
    simulation.schedule({delayMs: 1}, () => {
      throw new SyntaxError("mine");
    });
    simulation.schedule({delayMs: 2}, () => simulation.run());
    expect(() => simulation.run()).toThrow(SyntaxError);
    expect(() => simulation.run()).toThrow("is running already");
    expect(simulation.run().ended).toBe("idle");
  });

  it.each([-1, Number.NaN, Infinity])(
    "Simulation.schedule() refuses a delay of %d ms",
    (delayMs) => {
      const simulation = new Simulation();
      expect(() => simulation.schedule({delayMs}, () => undefined)).toThrow(RangeError);
      expect(() => simulation.timeout(delayMs)).toThrow(RangeError);
      expect(simulation.pendingEvents).toBe(0);
    },
  );

  it.each([1001, -1001, 0.5, Number.NaN])(
    "Simulation.schedule() refuses priority %d",
    (priority) => {
      const simulation = new Simulation();
      expect(() => simulation.schedule({delayMs: 0, priority}, () => undefined)).toThrow(
        RangeError,
      );
    },
  );
});
