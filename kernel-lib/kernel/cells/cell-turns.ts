/**
 * Knows to which cell the code belongs that is running: a cell's output goes to that cell, also when
 * a timer of it fires long after.
 *
 * Each callback handed to a timer is given back the cell that set it; what promises carry on right
 * after the callback belongs to the same cell. Callbacks of sockets and files, which are not
 * wrapped, belong to the cell that ran last.
 *
 * AsyncLocalStorage would know all of them, but in Node 20 and 22 it makes the engine track every
 * promise: slower, and a loop after an `await` that is interrupted then ends the process (`measured`).
 */
export class CellTurns {
  /** Cell run of the code that is running. */
  current = 0;
  /** Cell run that was started last. */
  private latest = 0;
  private returning = false;
  private readonly later = setImmediate;

  start(request: number): void {
    this.latest = request;
    this.current = request;
    // An interrupt may have dropped the way back.
    this.returning = false;
  }

  /** Wraps the global timers. */
  install(): void {
    const scope = globalThis as unknown as Record<string, (...values: unknown[]) => unknown>;
    for (const name of ["setTimeout", "setInterval", "setImmediate"]) {
      const original = scope[name]!;
      const wrapped = (callback: unknown, ...rest: unknown[]): unknown =>
        original(this.bind(callback), ...rest);
      // util.promisify(setTimeout) finds its own version by a symbol.
      scope[name] = Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
    }
  }

  private bind(callback: unknown): unknown {
    if (typeof callback !== "function") return callback;
    const owner = this.current;
    const turns = this;
    return function (this: unknown, ...values: unknown[]) {
      turns.current = owner;
      turns.returnLater();
      return Reflect.apply(callback, this, values) as unknown;
    };
  }

  /** Once the promises behind a late callback have run, output belongs to the latest cell again. */
  private returnLater(): void {
    if (this.returning || this.current === this.latest) return;
    this.returning = true;
    this.later(() => {
      this.returning = false;
      this.current = this.latest;
    });
  }
}
