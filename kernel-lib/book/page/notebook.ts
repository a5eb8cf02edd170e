import type {Cell} from "./cell.js";
import {STRINGS} from "../strings.js";
import type {Session} from "./session.js";

/**
 * Runs the cells of a page in order: before a cell runs, those above it run that have not yet, as
 * in a notebook whose reader began at the top.
 */
export class NotebookRun {
  /** Runs wait for one another. */
  private queue: Promise<unknown> = Promise.resolve();
  /** Counts stops: what waited before the last one is not run any more. */
  private stops = 0;

  constructor(
    private readonly cells: readonly Cell[],
    private readonly session: Session,
    private readonly announce: (text: string) => void,
  ) {}

  /** @returns whether the cell ran to its end */
  run(cell: Cell): Promise<boolean> {
    const {stops} = this;
    const result = this.queue.then(() => (stops === this.stops ? this.runThrough(cell) : false));
    this.queue = result.catch(() => undefined);
    return result;
  }

  stop(): void {
    this.stops++;
    this.session.stop();
    for (const cell of this.cells) cell.ranSource = undefined;
    this.announce(STRINGS.stopped);
  }

  private async runThrough(cell: Cell): Promise<boolean> {
    const {stops} = this;
    for (const above of this.cells.slice(0, this.cells.indexOf(cell))) {
      if (above.ranSource !== undefined || above.data.recorded !== undefined) continue;
      cell.say(STRINGS.runningAbove(above.number));
      if (!(await this.runOne(above)) && stops !== this.stops) return false;
    }
    if (cell.data.recorded !== undefined) return true;
    cell.say("");
    const before = cell.ranSource;
    const ok = await this.runOne(cell);
    if (before !== undefined && before !== cell.ranSource) this.markStale(cell);
    return ok;
  }

  private async runOne(cell: Cell): Promise<boolean> {
    const {stops} = this;
    this.announce(STRINGS.running(cell.number));
    const {show, end} = cell.begin();
    const {compiled} = cell;
    const label = `cell-${cell.data.id}`;
    let ok = false;
    try {
      ok = await this.session.run({label, source: cell.source, compiled}, show);
    } catch (error) {
      const {name, message} = error as Error;
      show({output_type: "error", ename: name, evalue: message, traceback: []});
    }
    if (stops !== this.stops) {
      cell.ranSource = undefined;
      show({output_type: "stream", name: "stderr", text: STRINGS.stopped});
    } else {
      this.announce(ok ? STRINGS.ran(cell.number) : STRINGS.failed(cell.number));
    }
    end();
    return ok;
  }

  /** What ran below saw another state than it would now. */
  private markStale(changed: Cell): void {
    for (const below of this.cells.slice(this.cells.indexOf(changed) + 1)) {
      if (below.ranSource !== undefined) below.say(STRINGS.stale);
    }
  }
}
