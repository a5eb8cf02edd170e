import {IP_PROTOCOL} from "../packet/index.js";
import type {Endpoint, FrameView} from "../packet/index.js";
import {describeFlow, SEEN_REPLY, trackedFlow} from "./connection-tracker-flow.js";
import type {TrackedFlow} from "./connection-tracker-flow.js";
import {otherVerdict, STATE_NAMES, TrackedFlows} from "./connection-tracker-flows.js";
import type {TrackerCounters} from "./connection-tracker-flows.js";
import {UDP_FLOW} from "./connection-tracker-table.js";
import {portsWord, protocolKind, turnedWord} from "./connection-tracker-tuple.js";
import {
  EVENT_OF_FLAGS,
  TCP_VERDICT,
  TCP_VERDICT_UNREPLIED,
  tcpStepAt,
  VERDICT,
} from "./connection-tracker-verdict.js";
import type {TrackVerdict} from "./connection-tracker-verdict.js";
import {isIcmpError, readQuote} from "./icmp-errors.js";
import {LINUX_6_TIMEOUTS} from "./timeout-profiles.js";
import type {TimeoutProfile} from "./timeout-profiles.js";

const {icmp: ICMP} = IP_PROTOCOL;

export interface ConnectionTrackerOptions {
  /** Default: Linux 6's. */
  readonly timeouts?: TimeoutProfile;
  /** Flows that fit, a whole number in [1, 2^24]. Default 262,144, Linux's nf_conntrack_max. */
  readonly maxFlows?: number;
  /** Whether an ACK without a flow opens one (Linux's nf_conntrack_tcp_loose). Default true. */
  readonly tcpLoose?: boolean;
  /** Called with the slot of a flow's original tuple, just before the flow is forgotten. */
  readonly onForget?: (slot: number) => void;
}

/**
 * A connection tracker: remembers each flow that passes, in a bounded table, and says of every
 * packet whether it opens a flow, belongs to one, or neither, and why.
 *
 * Time comes with each packet and must not go back. A flow is gone at the very millisecond at which
 * it has been idle for its timeout. A packet costs O(1), and O(log n) when a flow begins or ends.
 *
 * Source: Linux's nf_conntrack, which `test/vpc/linux-nat.test.ts` compares it with packet by packet.
 * Fidelity: public for Linux but simplified: sequence numbers and checksums are not looked at (so an
 * answer to a SYN in mid-flow, or a reset not quite in place, may move it where Linux waits), a
 * full table refuses new flows without first dropping unanswered ones, fragments are not put
 * together. What a Nitro card runs is not published; only its timeouts are.
 *
 * @example
 * import {ConnectionTracker} from "kernel-lib/vpc";
 * import {encodeFrame, FrameView} from "kernel-lib/packet";
 * const frame = encodeFrame({
 *   ethernet: {source: "02:00:00:00:00:01", destination: "02:00:00:00:00:02"},
 *   ipv4: {source: "10.0.1.5", destination: "10.0.2.10"},
 *   tcp: {sourcePort: 44321, destinationPort: 443, flags: 0x02},
 * });
 * const tracker = new ConnectionTracker();
 * tracker.track(new FrameView().read(frame), 0).kind // => 'new'
 * tracker.flows()[0]?.state // => 'SYN_SENT'
 * tracker.expire(120_000)
 * tracker.size // => 0
 */
export class ConnectionTracker {
  readonly timeouts: TimeoutProfile;
  readonly maxFlows: number;
  readonly tcpLoose: boolean;
  /** @internal */
  readonly state: TrackedFlows;

  /** @throws RangeError if `maxFlows` is outside its range */
  constructor(options: ConnectionTrackerOptions = {}) {
    const {timeouts = LINUX_6_TIMEOUTS, maxFlows = 262_144, tcpLoose = true, onForget} = options;
    if (!(Number.isInteger(maxFlows) && maxFlows >= 1 && maxFlows <= 2 ** 24)) {
      throw new RangeError(`Cannot make tracker: need maxFlows in [1, 2^24], got ${maxFlows}`);
    }
    this.timeouts = timeouts;
    this.maxFlows = maxFlows;
    this.tcpLoose = tcpLoose;
    this.state = new TrackedFlows({timeouts, maxFlows, tcpLoose, onForget});
  }

  /** What it has done so far. */
  get counters(): Readonly<TrackerCounters> {
    return this.state.counters;
  }

  /** The last time it was told, in milliseconds. */
  get nowMs(): number {
    return this.state.nowMs;
  }

  /** How many flows it holds. */
  get size(): number {
    return this.state.table.size;
  }

  /**
   * Takes note of a packet.
   *
   * @param view has read the frame
   * @param nowMs time in milliseconds, not before that of an earlier call
   * @param seenAs where a new flow's packets will seem to come from, if their source is translated;
   *   the port is the identifier for an ICMP echo
   * @throws RangeError if time goes back
   */
  track(view: FrameView, nowMs: number, seenAs?: Endpoint): TrackVerdict {
    this.expire(nowMs);
    const verdict = this.unlikeFlow(view);
    if (verdict !== undefined) return this.state.counted(verdict);
    const slot = this.find(view);
    return slot < 0 ? this.state.open(view, seenAs) : this.state.step(slot, view);
  }

  /**
   * What `track` would say of a packet, without taking note of it: for a filter, which lets only
   * packets that its rules admit open a flow.
   *
   * @throws RangeError if time goes back
   */
  lookup(view: FrameView, nowMs: number): TrackVerdict {
    this.expire(nowMs);
    const verdict = this.unlikeFlow(view);
    if (verdict !== undefined) return verdict;
    const slot = this.find(view);
    if (slot < 0) {
      const opening = this.state.opening(view);
      return opening.kind === "new" && this.size === this.maxFlows ? VERDICT.tableFull : opening;
    }
    const flow = slot >> 1;
    const seenReply = (this.state.table.flags[flow]! & SEEN_REPLY) !== 0;
    const state = this.state.table.state[flow]!;
    if (state >= UDP_FLOW) return otherVerdict(state, (slot & 1) === 1 || seenReply);
    const at = tcpStepAt(slot & 1, EVENT_OF_FLAGS[view.tcpFlags]!, state);
    return (seenReply ? TCP_VERDICT : TCP_VERDICT_UNREPLIED)[at]!;
  }

  /**
   * Forgets the flows whose time is over: those idle since their timeout or longer.
   *
   * @returns how many
   * @throws RangeError if time goes back
   */
  expire(nowMs: number): number {
    return this.state.expire(nowMs);
  }

  /** The flow that a packet belongs to, in either direction, or `undefined`. */
  flowOf(view: FrameView): TrackedFlow | undefined {
    const slot = view.ipv4At < 0 ? -1 : this.find(view);
    return slot < 0 ? undefined : trackedFlow(this.state.table, slot >> 1, STATE_NAMES);
  }

  /** All flows, as values; O(n). */
  flows(): TrackedFlow[] {
    const {table} = this.state;
    return table.flows().map((flow) => trackedFlow(table, flow, STATE_NAMES));
  }

  /** One line a flow, as `conntrack -L` writes them, with the seconds left. */
  describe(): string {
    return this.flows()
      .map((flow) => describeFlow(flow, this.nowMs))
      .join("\n");
  }

  /** @internal The slot of a packet's flow, or −1. Its view must be of IPv4. */
  find(view: FrameView): number {
    const word = portsWord(view);
    return this.state.table.find(
      view.source | 0,
      view.destination | 0,
      word,
      protocolKind(view.protocol),
    );
  }

  /** @internal The slot of the quoted packet's answers, that is of the flow an error is about. */
  findQuoted(view: FrameView): number {
    const quote = readQuote(view);
    if (quote === undefined) return -1;
    const kind = protocolKind(quote.protocol);
    const word = turnedWord(quote.portsWord, kind);
    return this.state.table.find(quote.destination | 0, quote.source | 0, word, kind);
  }

  /** Verdicts on packets that neither have nor open a flow of their own. */
  private unlikeFlow(view: FrameView): TrackVerdict | undefined {
    if (view.ipv4At < 0) return VERDICT.notIpv4;
    // A protocol without ports is known by its number, which every fragment carries.
    if (view.isFragment && !view.hasPorts && protocolKind(view.protocol) !== 0) {
      return VERDICT.laterFragment;
    }
    if (view.protocol !== ICMP) return undefined;
    const type = view.bytes[view.transportAt]!;
    if (type === 0 || type === 8) return undefined;
    if (!isIcmpError(type)) return VERDICT.otherIcmp;
    const slot = this.findQuoted(view);
    if (slot < 0) return VERDICT.unrelatedError;
    const isToSender = this.state.table.destination(slot) === view.destination;
    return isToSender ? VERDICT.related : VERDICT.errorToOther;
  }
}
