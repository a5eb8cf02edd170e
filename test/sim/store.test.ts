import fc from "fast-check";
import {Interrupt, Simulation, Store} from "kernel-lib/sim";
import type {Steps} from "kernel-lib/sim";
import {describe, expect, it} from "vitest";

const user = fc.record({
  atMs: fc.nat(12),
  interruptMs: fc.option(fc.nat(20), {nil: undefined}),
});

describe("Store", () => {
  it("Store loses and doubles no item, keeps their order, and stays within its capacity", () => {
    fc.assert(
      fc.property(
        fc.array(user, {maxLength: 15}),
        fc.array(user, {maxLength: 15}),
        fc.integer({min: 1, max: 3}),
        (writers, readers, capacity) => {
          const simulation = new Simulation();
          const store = new Store<number>(simulation, {capacity});
          const [accepted, read]: [number[], number[]] = [[], []];
          let next = 0;
          const start = (steps: Steps, interruptMs: number | undefined): void => {
            const process = simulation.spawn(steps);
            if (interruptMs !== undefined)
              simulation.schedule({delayMs: interruptMs}, () => process.interrupt());
          };
          function* guarded(atMs: number, body: () => Steps): Steps {
            try {
              yield* simulation.timeout(atMs);
              yield* body();
            } catch (error) {
              if (!(error instanceof Interrupt)) throw error;
            }
            // One more than fits only where an interrupted reader gave an item back.
            expect(store.length).toBeLessThanOrEqual(capacity + readers.length);
          }
          for (const {atMs, interruptMs} of writers) {
            start(
              guarded(atMs, function* () {
                const put = store.put(next++);
                try {
                  yield* put;
                } finally {
                  if (put.state === "succeeded") accepted.push(put.item);
                }
              }),
              interruptMs,
            );
          }
          for (const {atMs, interruptMs} of readers) {
            start(
              guarded(atMs, function* () {
                read.push(yield* store.get());
              }),
              interruptMs,
            );
          }
          simulation.run();
          expect([...read, ...store.items].sort((a, b) => a - b)).toEqual(
            accepted.sort((a, b) => a - b),
          );
          expect(store.items).toEqual([...store.items].sort((a, b) => a - b));
          expect(store.length === 0 || store.waiting.gets === 0).toBe(true);
          expect(store.length >= capacity || store.waiting.puts === 0).toBe(true);
        },
      ),
    );
  });

  it("Store is first in, first out for items, readers and writers", () => {
    const simulation = new Simulation();
    const store = new Store<string>(simulation, {capacity: 1});
    const log: string[] = [];
    function* reader(name: string): Steps {
      log.push(`${name}:${yield* store.get()}`);
    }
    for (const name of ["r1", "r2"]) simulation.spawn(reader(name));
    simulation.run();
    expect(store.waiting).toEqual({puts: 0, gets: 2});
    expect([store.tryPut("a"), store.tryPut("b"), store.tryPut("c"), store.tryPut("d")]).toEqual([
      ...[true, true, true, false],
    ]);
    expect(store.put("e").state).toBe("pending");
    simulation.run();
    expect(log).toEqual(["r1:a", "r2:b"]);
    expect([store.tryGet(), store.tryGet(), store.tryGet()]).toEqual(["c", "e", undefined]);
  });

  it("Store gives an item back to the front if its reader is interrupted at that very moment", () => {
    const simulation = new Simulation();
    const store = new Store<string>(simulation);
    const reader = simulation.spawn(
      (function* (): Steps<string> {
        try {
          return yield* store.get();
        } catch {
          return "interrupted";
        }
      })(),
    );
    simulation.schedule({delayMs: 1}, () => {
      store.put("a");
      store.put("b");
      reader.interrupt();
    });
    simulation.run();
    expect([reader.value, store.items]).toEqual(["interrupted", ["a", "b"]]);
  });

  it("StoreGet.withdraw() and StorePut.withdraw() stop waiting, once", () => {
    const simulation = new Simulation();
    const store = new Store<number>(simulation, {capacity: 1});
    const get = store.get();
    expect([get.withdraw(), get.withdraw(), store.waiting.gets]).toEqual([true, false, 0]);
    expect(store.put(1).withdraw()).toBe(false);
    const put = store.put(2);
    expect([put.withdraw(), put.withdraw(), store.items]).toEqual([true, false, [1]]);
  });

  it.each([0, 1.5, Number.NaN])("Store refuses a capacity of %d", (capacity) => {
    expect(() => new Store(new Simulation(), {capacity})).toThrow(RangeError);
  });
});
