import type {Random} from "../random/index.js";
import {linkConditions, Link} from "./link.js";
import type {LinkConditions} from "./link.js";
import type {Simulation} from "./simulation.js";
import type {Trace} from "./trace.js";

export interface NetworkOptions<M> extends LinkConditions {
  /** Decides delay, loss and duplication; each directed link gets streams of its own. */
  random: Random;
  /** Gets a row per message sent, delivered, lost, duplicated or cut. */
  trace?: Trace;
  /** How a message is written in the trace. Default: text as it is, all else as JSON. */
  describe?: (message: M) => string;
}

/** Called when a message arrives. */
export type MessageHandler<M> = (message: M, from: string) => void;

export interface Addressed<M> {
  from: string;
  to: string;
  message: M;
}

/** What happened to messages. sent + duplicated = delivered + lost + cut + in flight. */
export interface NetworkCounts {
  sent: number;
  delivered: number;
  /** Lost by chance. */
  lost: number;
  /** Extra copies. */
  duplicated: number;
  /** Stopped by a partition, when sent or on arrival. */
  cut: number;
}

/**
 * Named nodes that send each other messages, late, lost, twice, out of order or not at all.
 *
 * A node's handler runs when a message arrives; it may be a `step(state, message)` whose outbox is
 * sent again. Messages are handed over as they are, not copied: treat them as immutable.
 *
 * @example
 * import {Network, Simulation} from "kernel-lib/sim";
 * import {Random} from "kernel-lib/random";
 * const simulation = new Simulation();
 * const network = new Network<string>(simulation, {random: new Random(1), delayMs: 2});
 * const got: string[] = [];
 * network.addNode("a", (message, from) => got.push(`${simulation.nowMs} ms: ${message} of ${from}`));
 * network.addNode("b", (message, from) => network.send({from: "b", to: from, message: "pong"}));
 * network.send({from: "a", to: "b", message: "ping"});
 * simulation.run();
 * got // => [ '4 ms: pong of b' ]
 */
export class Network<M> {
  readonly counts: Readonly<NetworkCounts> = {
    ...{sent: 0, delivered: 0, lost: 0, duplicated: 0, cut: 0},
  };
  private readonly simulation: Simulation;
  private readonly random: Random;
  private readonly trace: Trace | undefined;
  private readonly describe: (message: M) => string;
  private readonly conditions: Required<LinkConditions>;
  private readonly handlers: Map<string, MessageHandler<M>> = new Map();
  private readonly links: Map<string, Map<string, Link>> = new Map();
  private groups: Map<string, number> = new Map();

  /** @throws RangeError if a probability is outside [0, 1] or a constant delay outside [0, ∞) */
  constructor(simulation: Simulation, options: NetworkOptions<M>) {
    this.simulation = simulation;
    this.random = options.random;
    this.trace = options.trace;
    this.describe = options.describe ?? describeMessage;
    this.conditions = linkConditions(options);
  }

  /** The nodes, in the order in which they were added. */
  get nodes(): readonly string[] {
    return [...this.handlers.keys()];
  }

  /** @throws RangeError if the name is taken */
  addNode(name: string, handler: MessageHandler<M>): void {
    if (this.handlers.has(name)) throw new RangeError(`Cannot add ${name}: the name is taken`);
    this.handlers.set(name, handler);
  }

  /**
   * Changes one directed link from now on; what is not given stays as it is for the network.
   *
   * @throws RangeError if a node is unknown or a condition outside its range
   */
  setLink({from, to}: {from: string; to: string}, conditions: Partial<LinkConditions>): void {
    this.link(from, to).conditions = linkConditions({...this.conditions, ...conditions});
  }

  /**
   * Cuts all links between groups of nodes, also for messages on their way; nodes that are not
   * named form one more group. Replaces an earlier partition.
   *
   * @throws RangeError if a node is unknown or named twice
   */
  partition(groups: readonly (readonly string[])[]): void {
    const groupOf = new Map<string, number>();
    groups.forEach((names, index) => {
      for (const name of names) {
        this.checkNode(name);
        if (groupOf.has(name)) throw new RangeError(`Cannot partition: ${name} is named twice`);
        groupOf.set(name, index + 1);
      }
    });
    this.groups = groupOf;
  }

  /** Ends the partition. */
  heal(): void {
    this.groups = new Map();
  }

  /** True if no partition lies between them. */
  connected(from: string, to: string): boolean {
    return (this.groups.get(from) ?? 0) === (this.groups.get(to) ?? 0);
  }

  /**
   * Sends a message. Whether it arrives is known to nobody here: there is no result.
   *
   * @throws RangeError if a node is unknown, or the delay drawn is no number in [0, ∞)
   */
  send({from, to, message}: Addressed<M>): void {
    const link = this.link(from, to);
    const counts = this.counts as NetworkCounts;
    counts.sent++;
    if (this.trace) this.trace.record(from, `sends ${this.describe(message)} to ${to}`);
    if (!this.connected(from, to)) return this.drop({from, to, message}, "cut");
    if (link.loses()) return this.drop({from, to, message}, "lost");
    const letter = {from, to, message};
    const copies = link.duplicates() ? 2 : 1;
    if (copies === 2) {
      counts.duplicated++;
      this.trace?.record(from, `sends ${this.describe(message)} to ${to} twice`);
    }
    for (let copy = 0; copy < copies; copy++) {
      const delayMs = link.delay(this.simulation.nowMs);
      this.simulation.schedule({delayMs}, this.deliver, letter);
    }
  }

  private readonly deliver = (letter: Addressed<M>): void => {
    const {from, to, message} = letter;
    if (!this.connected(from, to)) return this.drop(letter, "cut");
    (this.counts as NetworkCounts).delivered++;
    if (this.trace) this.trace.record(to, `receives ${this.describe(message)} from ${from}`);
    this.handlers.get(to)!(message, from);
  };

  private drop({from, to, message}: Addressed<M>, reason: "cut" | "lost"): void {
    (this.counts as NetworkCounts)[reason]++;
    if (!this.trace) return;
    const why = reason === "cut" ? "is cut off" : "is lost";
    this.trace.record(to, `misses ${this.describe(message)} from ${from}: ${why}`);
  }

  private link(from: string, to: string): Link {
    const known = this.links.get(from)?.get(to);
    if (known !== undefined) return known;
    this.checkNode(from);
    this.checkNode(to);
    const link = new Link(this.random.fork(JSON.stringify([from, to])), this.conditions);
    if (!this.links.has(from)) this.links.set(from, new Map());
    this.links.get(from)!.set(to, link);
    return link;
  }

  private checkNode(name: string): void {
    if (!this.handlers.has(name)) {
      const names = this.nodes.join(", ") || "none";
      throw new RangeError(`Cannot reach ${name}: need one of the nodes ${names}`);
    }
  }
}

function describeMessage(message: unknown): string {
  return typeof message === "string" ? message : (JSON.stringify(message) ?? String(message));
}
