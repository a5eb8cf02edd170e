import {Interrupt, ProcessError, Resource, Simulation, SimulationEvent} from "kernel-lib/sim";
import type {Steps} from "kernel-lib/sim";
import {describe, expect, it} from "vitest";

describe("Process", () => {
  it("Process returns a typed value to who waits for it", () => {
    const simulation = new Simulation();
    function* child(): Steps<string> {
      yield* simulation.timeout(3);
      return "done";
    }
    function* parent(): Steps<number> {
      const word: string = yield* simulation.spawn(child());
      return word.length + simulation.nowMs;
    }
    const process = simulation.spawn(parent(), {name: "parent"});
    expect(process.alive).toBe(true);
    expect(simulation.run()).toMatchObject({ended: "idle", nowMs: 3, unfinishedProcesses: 0});
    expect([process.value, process.name, process.alive]).toEqual([7, "parent", false]);
  });

  it("Process continues at once after what has happened, and waits in turn for what has not", () => {
    const simulation = new Simulation();
    const opened = new SimulationEvent<number>(simulation);
    const log: string[] = [];
    function* visitor(name: string, delayMs: number): Steps {
      if (delayMs > 0) yield* simulation.timeout(delayMs);
      log.push(`${name} got ${yield* opened} at ${simulation.nowMs}`);
    }
    simulation.spawn(visitor("a", 0));
    simulation.spawn(visitor("b", 0));
    simulation.spawn(visitor("late", 9));
    simulation.schedule({delayMs: 4}, () => {
      opened.succeed(42);
      log.push("opened");
    });
    simulation.run();
    expect(log).toEqual(["opened", "a got 42 at 4", "b got 42 at 4", "late got 42 at 9"]);
    expect(() => opened.succeed(1)).toThrow("it succeeded before");
  });

  it("Process waits through steps within steps, and at a plain yield too", () => {
    const simulation = new Simulation();
    function* inner(): Steps<number> {
      yield* simulation.timeout(2);
      const happened = new SimulationEvent<number>(simulation);
      happened.succeed(5);
      yield happened;
      return (yield* happened) + ((yield simulation.timeout(1)) === undefined ? 1 : 0);
    }
    function* outer(): Steps<string> {
      return `${yield* inner()} at ${simulation.nowMs} ms`;
    }
    const process = simulation.spawn(outer());
    expect([process.state, process.done]).toEqual(["pending", false]);
    simulation.run();
    expect([process.state, process.done, process.value]).toEqual(["succeeded", true, "6 at 3 ms"]);
  });

  it("Process that throws surfaces at run() with its name, the time and the cause", () => {
    const simulation = new Simulation();
    const cause = new RangeError("disk on fire");
    function* broken(): Steps {
      yield* simulation.timeout(2);
      throw cause;
    }
    simulation.spawn(broken(), {name: "node 7"});
    const error = caught(() => simulation.run()) as ProcessError;
    expect(error).toBeInstanceOf(ProcessError);
    expect(error.message).toBe('Process "node 7" failed at 2 ms: disk on fire');
    expect(error.cause).toBe(cause);
    expect(simulation.run()).toMatchObject({ended: "idle", unfinishedProcesses: 0});
  });

  it("Process that throws hands the error to who waits, who may catch it", () => {
    const simulation = new Simulation();
    function* broken(): Steps {
      yield* simulation.timeout(2);
      throw new RangeError("gone");
    }
    function* parent(): Steps<string> {
      try {
        yield* simulation.spawn(broken());
      } catch (error) {
        return (error as Error).message;
      }
      return "no error";
    }
    const process = simulation.spawn(parent());
    simulation.run();
    expect(process.value).toBe("gone");
  });

  it("Process.interrupt() arrives with its cause at the wait, before other events of that time", () => {
    const simulation = new Simulation();
    const log: string[] = [];
    function* sleeper(): Steps {
      const timeout = simulation.timeout(10);
      try {
        yield* timeout;
        log.push("not reached");
      } catch (error) {
        expect(error).toBeInstanceOf(Interrupt);
        log.push(`${(error as Interrupt).cause} at ${simulation.nowMs}`);
      }
      yield* timeout;
      log.push(`timeout at ${simulation.nowMs}`);
    }
    const process = simulation.spawn(sleeper());
    simulation.schedule({delayMs: 4}, () => {
      expect(process.interrupt("wake up")).toBe(true);
      simulation.schedule({delayMs: 0, priority: -999}, () => log.push("later"));
    });
    simulation.run();
    expect(log).toEqual(["wake up at 4", "later", "timeout at 10"]);
    expect(process.interrupt("too late")).toBe(false);
  });

  it("Process.interrupt() wins over an event of the same moment, and loses none of two", () => {
    const simulation = new Simulation();
    const door = new SimulationEvent(simulation);
    const log: unknown[] = [];
    function* waiter(): Steps {
      for (let wait = 0; wait < 3; wait++) {
        try {
          yield* door;
          log.push("door");
        } catch (error) {
          log.push((error as Interrupt).cause);
        }
      }
    }
    const process = simulation.spawn(waiter());
    simulation.schedule({delayMs: 1}, () => {
      door.succeed();
      process.interrupt(1);
      process.interrupt(2);
    });
    simulation.run();
    // After the first interrupt the door is open, so the process goes on to its end at once.
    expect(log).toEqual([1, "door", "door"]);
  });

  it("Process.interrupt() before the first step lets the process begin, so that it can catch", () => {
    const simulation = new Simulation();
    function* early(): Steps<string> {
      try {
        yield* simulation.timeout(1);
      } catch {
        return "caught";
      }
      return "missed";
    }
    const process = simulation.spawn(early());
    process.interrupt();
    simulation.run();
    expect(process.value).toBe("caught");
  });

  it("Process that does not catch an interrupt fails with it, its finally blocks run", () => {
    const simulation = new Simulation();
    const disk = new Resource(simulation, {capacity: 1});
    function* user(): Steps {
      yield* disk.use(() => simulation.timeout(10));
    }
    const process = simulation.spawn(user(), {name: "user"});
    simulation.schedule({delayMs: 1}, () => process.interrupt("power cut"));
    expect(() => simulation.run()).toThrow('Process "user" failed at 1 ms: Interrupted: power cut');
    expect(disk.inUse.value).toBe(0);
  });

  it("Process refuses to wait for what is no event, and spawn() what is no generator", () => {
    const simulation = new Simulation();
    simulation.spawn(
      (function* (): Generator<never, void, unknown> {
        yield 5 as never;
      })(),
    );
    expect(() => simulation.run()).toThrow("need yield* and an event, got number");
    expect(() => simulation.spawn((() => undefined) as never)).toThrow(TypeError);
  });

  it("Process that waits for ever is counted when nothing is left to happen", () => {
    const simulation = new Simulation();
    simulation.spawn(
      (function* (): Steps {
        yield* new SimulationEvent(simulation);
      })(),
    );
    expect(simulation.run()).toMatchObject({ended: "idle", unfinishedProcesses: 1});
  });
});

function caught(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
