/**
 * The flows of a tracker in time: how one opens, what each packet does to it, when it is forgotten.
 *
 * Source: Linux's nf_conntrack, whose answers `test/vpc/linux-nat.test.ts` compares with these.
 * Fidelity: as `ConnectionTracker`.
 */
import {IP_PROTOCOL} from "../packet/index.js";
import type {Endpoint, FrameView} from "../packet/index.js";
import {
  ASSURED,
  CLOSE_BEGUN,
  LAST_WAS_SYN,
  RESET_BY,
  SEEN_REPLY,
} from "./connection-tracker-flow.js";
import {
  FlowTable,
  ICMP_FLOW,
  OTHER_FLOW,
  UDP_FLOW,
  UDP_STREAM_FLOW,
} from "./connection-tracker-table.js";
import {portsWord, protocolKind, replyWord, turnedWord} from "./connection-tracker-tuple.js";
import {
  EVENT_OF_FLAGS,
  EVENT_RST,
  EVENT_SYN,
  EVENT_SYN_ACK,
  IGNORED,
  INVALID,
  TCP_STEP,
  TCP_VERDICT,
  TCP_VERDICT_UNREPLIED,
  tcpStepAt,
  VERDICT,
} from "./connection-tracker-verdict.js";
import type {TrackVerdict} from "./connection-tracker-verdict.js";
import {TCP_STATES} from "./tcp-state.js";
import type {TimeoutName, TimeoutProfile} from "./timeout-profiles.js";

/** What a tracker has done so far. */
export interface TrackerCounters {
  opened: number;
  expired: number;
  /** Packets that would have opened a flow and were refused: conntrack_allowance_exceeded. */
  tableFull: number;
  invalid: number;
}

/** Timeout names by state number of the table; NONE has none. */
export const STATE_NAMES: readonly (TimeoutName | "NONE")[] = [
  ...TCP_STATES,
  "UDP",
  "UDP_STREAM",
  "ICMP",
  "OTHER",
];
const [SYN_SENT, SYN_RECV, ESTABLISHED, FIN_WAIT, TIME_WAIT] = [1, 2, 3, 4, 7];
const {tcp: TCP, udp: UDP, icmp: ICMP} = IP_PROTOCOL;

export interface TrackedFlowsOptions {
  readonly timeouts: TimeoutProfile;
  readonly maxFlows: number;
  readonly tcpLoose: boolean;
  readonly onForget: ((slot: number) => void) | undefined;
}

/** See the head of the file. */
export class TrackedFlows {
  readonly counters: TrackerCounters = {opened: 0, expired: 0, tableFull: 0, invalid: 0};
  readonly table: FlowTable;
  nowMs: number = -Infinity;
  private readonly timeoutMs: Float64Array;
  private readonly udpStreamAfterMs: number;
  private readonly tcpLoose: boolean;
  private readonly onForget: ((slot: number) => void) | undefined;

  constructor({timeouts, maxFlows, tcpLoose, onForget}: TrackedFlowsOptions) {
    this.table = new FlowTable(maxFlows);
    this.timeoutMs = Float64Array.from(STATE_NAMES, (name) =>
      name === "NONE" ? 0 : timeouts.timeoutsMs[name],
    );
    this.udpStreamAfterMs = timeouts.udpStreamAfterMs;
    this.tcpLoose = tcpLoose;
    this.onForget = onForget;
  }

  /** Counts a verdict if it is to be counted. */
  counted(verdict: TrackVerdict): TrackVerdict {
    if (verdict.kind === "invalid") this.counters.invalid++;
    return verdict;
  }

  /** Forgets the flows whose time is over, and takes note of the time. */
  expire(nowMs: number): number {
    if (!(nowMs >= this.nowMs)) {
      throw new RangeError(`Cannot track: need a time of ${this.nowMs} ms or later, got ${nowMs}`);
    }
    this.nowMs = nowMs;
    const {expiry} = this.table;
    let expired = 0;
    while (expiry.nextMs <= nowMs) {
      const flow = expiry.first();
      const atMs = this.table.expiresAtMs[flow]!;
      if (atMs > nowMs) expiry.postponeFirst(atMs);
      else {
        this.forget(flow);
        expired++;
      }
    }
    this.counters.expired += expired;
    return expired;
  }

  /** What a packet without a flow is. */
  opening(view: FrameView): TrackVerdict {
    if (view.protocol === TCP) {
      const at = tcpStepAt(0, EVENT_OF_FLAGS[view.tcpFlags]!, 0);
      return TCP_STEP[at] === ESTABLISHED && !this.tcpLoose
        ? VERDICT.notLoose
        : TCP_VERDICT_UNREPLIED[at]!;
    }
    if (view.protocol === UDP) return VERDICT.newUdp;
    if (view.protocol !== ICMP) return VERDICT.newOther;
    return view.bytes[view.transportAt] === 8 ? VERDICT.newEcho : VERDICT.strayEchoReply;
  }

  /** A packet without a flow: opens one if it may. */
  open(view: FrameView, seenAs?: Endpoint): TrackVerdict {
    const verdict = this.opening(view);
    if (verdict.kind !== "new") return this.counted(verdict);
    const {table} = this;
    const flow = table.allocate();
    if (flow < 0) {
      this.counters.tableFull++;
      return VERDICT.tableFull;
    }
    const state = openingState(view);
    const [kind, word] = [protocolKind(view.protocol), portsWord(view)];
    table.state[flow] = state;
    table.flags[flow] = view.tcpFlags & 2 ? LAST_WAS_SYN : 0;
    table.createdAtMs[flow] = this.nowMs;
    table.expiresAtMs[flow] = this.nowMs + this.timeoutMs[state]!;
    table.link(2 * flow, view.source | 0, view.destination | 0, word);
    const reply =
      seenAs === undefined ? turnedWord(word, kind) : replyWord(word, kind, seenAs.port);
    const replyTo = seenAs === undefined ? view.source : seenAs.address;
    table.link(2 * flow + 1, view.destination | 0, replyTo | 0, reply);
    table.expiry.add(flow, table.expiresAtMs[flow]!);
    this.counters.opened++;
    return verdict;
  }

  /** The next packet of the flow with this slot. */
  step(slot: number, view: FrameView): TrackVerdict {
    const {table} = this;
    const flow = slot >> 1;
    const state = table.state[flow]!;
    if (state < UDP_FLOW) return this.stepTcp(slot, state, view);
    const flags = table.flags[flow]!;
    const wasReplied = (flags & SEEN_REPLY) !== 0;
    let next = state;
    if (state === UDP_FLOW && wasReplied) {
      const ageMs = this.nowMs - table.createdAtMs[flow]!;
      if (ageMs >= this.udpStreamAfterMs) {
        next = table.state[flow] = UDP_STREAM_FLOW;
        table.flags[flow] = flags | ASSURED;
      }
    }
    if ((slot & 1) === 1) table.flags[flow] = table.flags[flow]! | SEEN_REPLY;
    this.refresh(flow, next);
    return otherVerdict(state, (slot & 1) === 1 || wasReplied);
  }

  private stepTcp(slot: number, state: number, view: FrameView): TrackVerdict {
    const {table} = this;
    const [flow, direction] = [slot >> 1, slot & 1];
    const flags = table.flags[flow]!;
    const event = EVENT_OF_FLAGS[view.tcpFlags]!;
    const at = tcpStepAt(direction, event, state);
    const step = TCP_STEP[at]!;
    const wasReplied = (flags & SEEN_REPLY) !== 0;
    const verdict = (wasReplied ? TCP_VERDICT : TCP_VERDICT_UNREPLIED)[at]!;
    if (step === INVALID) return this.counted(verdict);
    if (step === SYN_SENT && state >= TIME_WAIT) {
      // As in RFC 9293 §3.6.1, but for the sequence numbers: a flow that was closed may be reused.
      const closed = flags & (CLOSE_BEGUN | (RESET_BY << direction));
      if (closed !== 0) return this.reopen(slot, view);
    }
    const reply = direction === 1 ? SEEN_REPLY : 0;
    if (step === IGNORED || (step === SYN_SENT && state >= TIME_WAIT)) {
      const answersIgnored = event === EVENT_SYN_ACK && direction === 1 && flags & LAST_WAS_SYN;
      const last = event === EVENT_SYN && direction === 0 ? LAST_WAS_SYN : 0;
      table.flags[flow] = (flags & ~LAST_WAS_SYN) | last | reply;
      if (!answersIgnored || state < ESTABLISHED) return verdict;
      table.state[flow] = SYN_RECV;
      this.refresh(flow, SYN_RECV);
      return VERDICT.resynchronized;
    }
    if (event === EVENT_RST && !wasReplied) {
      // The only reply is a reset: there never was a connection.
      this.forget(flow);
      return direction === 1 ? VERDICT.closedByReset : VERDICT.givenUp;
    }
    let next = (flags & ~(LAST_WAS_SYN | RESET_BY | (RESET_BY << 1))) | reply;
    if (event === EVENT_SYN && direction === 0) next |= LAST_WAS_SYN;
    if (event === EVENT_RST) next |= RESET_BY << direction;
    if (step === FIN_WAIT && state !== FIN_WAIT) next |= CLOSE_BEGUN;
    if (step === ESTABLISHED && wasReplied) next |= ASSURED;
    table.flags[flow] = next;
    table.state[flow] = step;
    this.refresh(flow, step);
    return verdict;
  }

  /** A SYN on a closed flow: forgets it, and opens one with the same translation. */
  private reopen(slot: number, view: FrameView): TrackVerdict {
    const {table} = this;
    const flow = slot >> 1;
    const address = table.destination(2 * flow + 1);
    const port = table.ports(2 * flow + 1) & 0xffff;
    const isTranslated =
      address !== table.source(2 * flow) || port !== table.ports(2 * flow) >>> 16;
    if (slot & 1 && isTranslated) {
      this.forget(flow);
      return this.counted(VERDICT.reopenedByOther);
    }
    if (!isTranslated) {
      this.forget(flow);
      this.open(view);
    } else {
      // In place, so that its port is not given away in between.
      table.state[flow] = SYN_SENT;
      table.flags[flow] = LAST_WAS_SYN;
      table.createdAtMs[flow] = this.nowMs;
      this.refresh(flow, SYN_SENT);
    }
    return VERDICT.reopened;
  }

  private refresh(flow: number, state: number): void {
    const atMs = this.nowMs + this.timeoutMs[state]!;
    if (atMs < this.table.expiresAtMs[flow]!) this.table.expiry.hasten(flow, atMs);
    this.table.expiresAtMs[flow] = atMs;
  }

  private forget(flow: number): void {
    this.onForget?.(2 * flow);
    this.table.remove(flow);
  }
}

function openingState(view: FrameView): number {
  if (view.protocol === TCP) return view.tcpFlags & 2 ? SYN_SENT : ESTABLISHED;
  if (view.protocol === UDP) return UDP_FLOW;
  return view.protocol === ICMP ? ICMP_FLOW : OTHER_FLOW;
}

/** What a packet of a flow without states is. */
export function otherVerdict(state: number, isAnswered: boolean): TrackVerdict {
  if (state <= UDP_STREAM_FLOW) return isAnswered ? VERDICT.replyUdp : VERDICT.moreUdp;
  if (state === ICMP_FLOW) return isAnswered ? VERDICT.replyEcho : VERDICT.moreEcho;
  return isAnswered ? VERDICT.replyOther : VERDICT.moreOther;
}
