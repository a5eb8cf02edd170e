import {Random} from "../random/index.js";
import {openProgress} from "./progress.js";

/** Parameter name → the values to try. */
export type SweepGrid = Readonly<Record<string, readonly unknown[]>>;

export interface SweepOptions {
  /** Import path of the experiment's folder, as in "kernel-lib/experiments/s3". */
  module: string;
  /** Name of the experiment. By name, since a function cannot be sent to a thread. */
  name: string;
  /** Every combination is one point, the first parameter slowest. */
  grid: SweepGrid;
  /** Options that are the same at every point. */
  fixed?: Readonly<Record<string, unknown>>;
  /** Each point gets a seed of its own, made from this one and the point's values. */
  seed: number;
}

/**
 * Runs an experiment at every point of a grid and puts the point's values into its rows.
 *
 * A row is the same whatever else is in the grid: its seed depends on its own point alone. In a
 * kernel the cell says how far the sweep is while it runs; none of that is left in its output.
 *
 * @returns rows in grid order, each with the point's parameters in front
 * @throws RangeError if the module has no such experiment or the grid is empty
 *
 * @example
 * import {sweep} from "kernel-lib/lesson";
 * const rows = await sweep({
 *   module: "kernel-lib/experiments/s3", name: "zoneLoss", seed: 3,
 *   fixed: {codes: [{dataShards: 6, parityShards: 2}], zones: [2]},
 *   grid: {zoneFailuresPerYear: [1e-3, 1e-2]},
 * });
 * rows.map((row) => row.nines.toFixed(1)).join(" ") // => '2.7 1.7'
 */
export async function sweep(options: SweepOptions): Promise<Record<string, unknown>[]> {
  const {module, name, grid, fixed = {}, seed} = options;
  const experiment = ((await import(module)) as Record<string, unknown>)[name];
  if (typeof experiment !== "function") {
    throw new RangeError(`Cannot sweep: ${module} has no experiment "${name}"`);
  }
  const points = pointsOf(grid);
  if (points.length === 0) throw new RangeError("Cannot sweep: the grid has no points");
  const random = new Random(seed);
  const progress = openProgress();
  try {
    return points.flatMap((point, index) => {
      if (isStep(index, points.length))
        progress.say(`${name}: point ${index + 1} of ${points.length}`);
      const pointSeed = random.fork(JSON.stringify(point)).seed;
      const rows = experiment({...fixed, ...point, seed: pointSeed}) as Record<string, unknown>[];
      return rows.map((row) => ({...point, ...row}));
    });
  } finally {
    progress.end();
  }
}

/** Progress is said so often at most: a message a point would cost more than a quick experiment. */
const STEPS = 20;

function isStep(index: number, points: number): boolean {
  const step = (at: number): number => Math.floor((at * STEPS) / points);
  return index === 0 || step(index) > step(index - 1);
}

function pointsOf(grid: SweepGrid): Record<string, unknown>[] {
  let points: Record<string, unknown>[] = [{}];
  for (const [name, values] of Object.entries(grid)) {
    points = points.flatMap((point) => values.map((value) => ({...point, [name]: value})));
  }
  return points;
}
