import {Simulation, SimulationEvent} from "kernel-lib/sim";
import type {First, Steps} from "kernel-lib/sim";
import {describe, expect, it} from "vitest";

function answer<T>(
  simulation: Simulation,
  {delayMs, value}: {delayMs: number; value: T},
): Steps<T> {
  return (function* (): Steps<T> {
    yield* simulation.timeout(delayMs);
    return value;
  })();
}

describe("firstOf and allOf", () => {
  it("Simulation.firstOf() gives index and value of the first, typed as the union", () => {
    const simulation = new Simulation();
    const text = simulation.spawn(answer(simulation, {delayMs: 5, value: "late"}));
    const number = simulation.spawn(answer(simulation, {delayMs: 2, value: 7}));
    const racing = simulation.spawn(
      (function* (): Steps<First<string | number>> {
        return yield* simulation.firstOf([text, number]);
      })(),
    );
    expect(simulation.run().nowMs).toBe(5);
    expect(racing.value).toEqual({index: 1, value: 7});
    expect(simulation.firstOf([text, number]).value).toEqual({index: 0, value: "late"});
    expect(() => simulation.firstOf([])).toThrow(RangeError);
  });

  it("Simulation.firstOf() with a timeout that is cancelled lets the run end when the work ends", () => {
    const simulation = new Simulation();
    const work = simulation.spawn(answer(simulation, {delayMs: 3, value: "done"}));
    const deadline = simulation.timeout(1000);
    const waiting = simulation.spawn(
      (function* (): Steps<boolean> {
        const {index} = yield* simulation.firstOf([work, deadline]);
        return index === 0 && deadline.cancel();
      })(),
    );
    expect(simulation.run().nowMs).toBe(3);
    expect(waiting.value).toBe(true);
    expect(deadline.cancel()).toBe(false);
  });

  it("Simulation.allOf() gives the values in order, typed one by one", () => {
    const simulation = new Simulation();
    const text = simulation.spawn(answer(simulation, {delayMs: 5, value: "a"}));
    const number = simulation.spawn(answer(simulation, {delayMs: 2, value: 7}));
    const both = simulation.spawn(
      (function* (): Steps<string> {
        const [word, count] = yield* simulation.allOf([text, number]);
        return word.repeat(count);
      })(),
    );
    simulation.run();
    expect(both.value).toBe("aaaaaaa");
    expect(simulation.allOf([]).value).toEqual([]);
  });

  it("Simulation.allOf() and firstOf() fail with the event that fails, and only once", () => {
    const simulation = new Simulation();
    const events = [new SimulationEvent(simulation), new SimulationEvent(simulation)];
    const [all, first] = [simulation.allOf(events), simulation.firstOf(events)];
    simulation.schedule({delayMs: 1}, () => events[1]!.fail(new RangeError("no")));
    simulation.schedule({delayMs: 2}, () => events[0]!.succeed());
    simulation.run();
    expect([all.state, first.state]).toEqual(["failed", "failed"]);
    expect((all.error as Error).message).toBe("no");
    expect(simulation.allOf(events).state).toBe("failed");
  });

  it("SimulationEvent that failed throws where it is waited for, however late", () => {
    const simulation = new Simulation();
    const event = new SimulationEvent(simulation);
    event.fail(new RangeError("no"));
    const late = simulation.spawn(
      (function* (): Steps<string> {
        yield* simulation.timeout(1);
        try {
          yield* event;
        } catch (error) {
          return (error as Error).message;
        }
        return "";
      })(),
    );
    simulation.run();
    expect(late.value).toBe("no");
  });
});
