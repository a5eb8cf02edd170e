import fc from "fast-check";
import {Interrupt, Resource, Simulation} from "kernel-lib/sim";
import type {Steps} from "kernel-lib/sim";
import {describe, expect, it} from "vitest";

const visit = fc.record({
  arriveMs: fc.nat(20),
  serviceMs: fc.nat(6),
  priority: fc.nat(2),
  interruptMs: fc.option(fc.nat(30), {nil: undefined}),
});

describe("Resource", () => {
  it("Resource never exceeds its capacity, never idles beside a queue, and gets every place back", () => {
    fc.assert(
      fc.property(
        fc.array(visit, {maxLength: 25}),
        fc.integer({min: 1, max: 4}),
        (visits, capacity) => {
          const simulation = new Simulation();
          const resource = new Resource(simulation, {capacity});
          let holding = 0;
          const check = (): void => {
            expect(holding).toBeLessThanOrEqual(resource.inUse.value);
            expect(resource.inUse.value).toBeLessThanOrEqual(capacity);
            expect(resource.queue.value === 0 || resource.inUse.value === capacity).toBe(true);
          };
          function* customer({arriveMs, serviceMs, priority}: (typeof visits)[number]): Steps {
            try {
              yield* simulation.timeout(arriveMs);
              yield* resource.use(
                function* (): Steps {
                  holding++;
                  try {
                    check();
                    yield* simulation.timeout(serviceMs);
                  } finally {
                    holding--;
                  }
                },
                {priority},
              );
            } catch (error) {
              if (!(error instanceof Interrupt)) throw error;
            }
            check();
          }
          for (const options of visits) {
            const process = simulation.spawn(customer(options));
            const {interruptMs} = options;
            if (interruptMs !== undefined)
              simulation.schedule({delayMs: interruptMs}, () => process.interrupt());
          }
          expect(simulation.run()).toMatchObject({ended: "idle", unfinishedProcesses: 0});
          expect([holding, resource.inUse.value, resource.queue.value]).toEqual([0, 0, 0]);
        },
      ),
    );
  });

  it("Resource serves by priority, then in the order of asking", () => {
    const simulation = new Simulation();
    const resource = new Resource(simulation, {capacity: 1});
    const served: string[] = [];
    function* customer(name: string, priority: number): Steps {
      const place = yield* resource.request({priority});
      served.push(name);
      yield* simulation.timeout(1);
      place.release();
    }
    const plan: [string, number][] = [
      ["first", 9],
      ["b1", 2],
      ["a1", 1],
      ["b2", 2],
      ["a2", 1],
    ];
    for (const [name, priority] of plan) simulation.spawn(customer(name, priority));
    simulation.run();
    expect(served).toEqual(["first", "a1", "a2", "b1", "b2"]);
    expect(resource.inUse.mean(5)).toBe(1);
    expect(resource.queue.max).toBe(4);
  });

  it("Request.release() gives back once, and an interrupt between grant and resumption loses no place", () => {
    const simulation = new Simulation();
    const resource = new Resource(simulation, {capacity: 1});
    const held = resource.request();
    expect(held.held).toBe(true);
    const waiter = simulation.spawn(
      (function* (): Steps<string> {
        try {
          yield* resource.request();
        } catch {
          return "interrupted";
        }
        return "served";
      })(),
    );
    simulation.schedule({delayMs: 1}, () => {
      held.release();
      held.release();
      expect(resource.inUse.value).toBe(1);
      waiter.interrupt();
    });
    simulation.run();
    expect([waiter.value, resource.inUse.value, held.held]).toEqual(["interrupted", 0, false]);
  });

  it("Request in firstOf() can be given up for a timeout", () => {
    const simulation = new Simulation();
    const resource = new Resource(simulation, {capacity: 1});
    resource.request();
    const impatient = simulation.spawn(
      (function* (): Steps<number> {
        const request = resource.request();
        try {
          return (yield* simulation.firstOf([request, simulation.timeout(5)])).index;
        } finally {
          request.release();
        }
      })(),
    );
    simulation.run();
    expect([impatient.value, resource.queue.value, resource.inUse.value]).toEqual([1, 0, 1]);
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity])("Resource refuses a capacity of %d", (capacity) => {
    expect(() => new Resource(new Simulation(), {capacity})).toThrow(RangeError);
  });
});
