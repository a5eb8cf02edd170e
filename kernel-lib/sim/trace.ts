/** One thing that happened. */
export interface TraceRow {
  timeMs: number;
  /** A node, a process, a client. */
  who: string;
  /** As in "sends Prepare(1) to b". */
  what: string;
}

export interface TraceOptions {
  /** Rows after this many are counted, not kept. A whole number >= 0. Default 100,000. */
  maxRows?: number;
}

/** Digits of a transcript's times: a microsecond. Finer ones may differ between machines. */
const TIME_DIGITS = 3;

/**
 * Who did what when: rows for a table, or a transcript that a person can read and a test compare.
 *
 * @example
 * import {Simulation, Trace} from "kernel-lib/sim";
 * const simulation = new Simulation();
 * const trace = new Trace(simulation);
 * simulation.schedule({delayMs: 1.5}, () => trace.record("client", "sends GET"));
 * simulation.schedule({delayMs: 12}, () => trace.record("front end", "answers 200"));
 * simulation.run();
 * trace.format().split("\n")[0] // => ' 1.500  client     sends GET'
 */
export class Trace {
  readonly rows: readonly TraceRow[] = [];
  /** Rows that were not kept. */
  readonly dropped: number = 0;
  private readonly clock: {readonly nowMs: number};
  private readonly maxRows: number;

  /** @param clock anything that knows the time: a `Simulation` */
  constructor(clock: {readonly nowMs: number}, {maxRows = 100_000}: TraceOptions = {}) {
    this.clock = clock;
    this.maxRows = maxRows;
  }

  record(who: string, what: string): void {
    if (this.rows.length >= this.maxRows) (this as {dropped: number}).dropped++;
    else (this.rows as TraceRow[]).push({timeMs: this.clock.nowMs, who, what});
  }

  /** One line a row, in columns: time in milliseconds, who, what. */
  format(): string {
    const times = this.rows.map(({timeMs}) => timeMs.toFixed(TIME_DIGITS));
    const timeWidth = longest(times);
    const whoWidth = longest(this.rows.map(({who}) => who));
    const lines = this.rows.map(
      ({who, what}, at) => `${times[at]!.padStart(timeWidth)}  ${who.padEnd(whoWidth)}  ${what}`,
    );
    if (this.dropped > 0) lines.push(`… and ${this.dropped} more`);
    return lines.join("\n");
  }
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, text.length), 0);
}
