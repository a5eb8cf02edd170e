import type {Simulation, Steps} from "kernel-lib/sim";

/** Runs steps, and all else that is scheduled, to the end, and gives what they returned. */
export function runToEnd<T>(simulation: Simulation, steps: Steps<T>): T {
  const running = simulation.spawn(steps);
  simulation.run();
  if (running.state !== "succeeded") throw new Error("The steps wait for what never happens");
  return running.value as T;
}
