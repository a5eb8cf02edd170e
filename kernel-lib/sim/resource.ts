import {Fifo} from "./fifo.js";
import type {Simulation} from "./simulation.js";
import {SimulationEvent} from "./simulation-event.js";
import type {Steps, Waitable} from "./simulation-event.js";
import {TimeWeighted} from "./time-weighted.js";

export interface ResourceOptions {
  /** How many may hold it at once, a whole number >= 1. */
  capacity: number;
}

export interface RequestOptions {
  /** Lower goes first; equals in the order of asking. Any number. Default 0. */
  priority?: number;
}

/**
 * One place at a resource: waited for, held, or given back. It happens when the place is granted,
 * and its value is itself: `const place = yield* resource.request()`.
 */
export class Request extends SimulationEvent<Request> {
  readonly priority: number;
  private readonly resource: Resource;
  private given = false;

  constructor(simulation: Simulation, resource: Resource, priority: number) {
    super(simulation);
    this.resource = resource;
    this.priority = priority;
  }

  /** True while the place is held. */
  get held(): boolean {
    return this.state === "succeeded" && !this.given;
  }

  /**
   * Gives the place back, or stops waiting for it. Belongs into a `finally`; a second call does
   * nothing, so that it may stand there always.
   */
  release(): void {
    if (this.given) return;
    this.given = true;
    if (this.state === "succeeded") this.resource.takeBack();
    else this.resource.withdraw(this);
  }

  /** For `yield*`: an interrupt while waiting gives up the place in the queue. */
  override throw(error: unknown): IteratorResult<SimulationEvent<unknown>, Request> {
    this.release();
    throw error;
  }
}

/**
 * Something that `capacity` processes can hold at once: a disk, a worker, a lock. The others wait
 * in the order of priority, then of asking.
 *
 * @example
 * import {Resource, Simulation} from "kernel-lib/sim";
 * const simulation = new Simulation();
 * const disk = new Resource(simulation, {capacity: 1});
 * const finishedMs: number[] = [];
 * function* read(serviceMs: number) {
 *   yield* disk.use(() => simulation.timeout(serviceMs));
 *   finishedMs.push(simulation.nowMs);
 * }
 * for (const serviceMs of [10, 5, 1]) simulation.spawn(read(serviceMs));
 * simulation.run();
 * finishedMs // => [ 10, 15, 16 ]
 */
export class Resource {
  readonly capacity: number;
  /** How many places are held, over time. */
  readonly inUse: TimeWeighted;
  /** How many wait, over time. */
  readonly queue: TimeWeighted;
  private readonly simulation: Simulation;
  private readonly waiting: Fifo<Request> = new Fifo();

  /** @throws RangeError if the capacity is no whole number >= 1 */
  constructor(simulation: Simulation, {capacity}: ResourceOptions) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(`Cannot make a resource: need a whole capacity >= 1, got ${capacity}`);
    }
    this.simulation = simulation;
    this.capacity = capacity;
    this.inUse = new TimeWeighted({value: 0, nowMs: simulation.nowMs});
    this.queue = new TimeWeighted({value: 0, nowMs: simulation.nowMs});
  }

  /**
   * Asks for a place. Release it in a `finally`:
   * `const place = yield* resource.request(); try { … } finally { place.release(); }`
   *
   * @throws RangeError if the priority is NaN
   */
  request(options?: RequestOptions): Request {
    const priority = options?.priority ?? 0;
    if (Number.isNaN(priority)) throw new RangeError("Cannot request: the priority is NaN");
    const request = new Request(this.simulation, this, priority);
    // A free place and a queue do not coexist: nobody is overtaken here.
    if (this.inUse.value < this.capacity) this.grant(request);
    else this.enqueue(request);
    return request;
  }

  /**
   * Holds a place while a body runs, and gives it back whatever happens:
   * `yield* disk.use(() => simulation.timeout(5))`.
   *
   * @param body called when the place is held; its result is waited for and returned
   */
  *use<T>(body: () => Waitable<T>, options?: RequestOptions): Steps<T> {
    const request = this.request(options);
    yield* request;
    try {
      return yield* body();
    } finally {
      request.release();
    }
  }

  /** Called by a request that is given back. */
  takeBack(): void {
    const {nowMs} = this.simulation;
    this.inUse.record(this.inUse.value - 1, nowMs);
    const next = this.waiting.shift();
    if (next === undefined) return;
    this.queue.record(this.waiting.length, nowMs);
    this.grant(next);
  }

  /** Called by a request that waits no longer. */
  withdraw(request: Request): void {
    if (!this.waiting.remove(request)) return;
    this.queue.record(this.waiting.length, this.simulation.nowMs);
  }

  private grant(request: Request): void {
    this.inUse.record(this.inUse.value + 1, this.simulation.nowMs);
    request.succeed(request);
  }

  private enqueue(request: Request): void {
    this.waiting.insert(request, isMoreUrgent);
    this.queue.record(this.waiting.length, this.simulation.nowMs);
  }
}

function isMoreUrgent(one: Request, other: Request): boolean {
  return one.priority < other.priority;
}
