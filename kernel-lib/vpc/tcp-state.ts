/**
 * The state of a TCP connection as a machine in the middle sees it, which must guess from the
 * packets that pass what the two ends know.
 *
 * ```
 *          SYN            SYN+ACK            ACK
 *   NONE ──────▶ SYN_SENT ───────▶ SYN_RECV ─────▶ ESTABLISHED
 *                   │ SYN of the other end             │ FIN
 *                   ▼                                  ▼
 *               SYN_SENT2                          FIN_WAIT ── ACK ──▶ CLOSE_WAIT
 *                                                      └───── FIN ──┬──────┘
 *   CLOSE ◀── RST, from anywhere                                    ▼
 *                                  TIME_WAIT ◀────── ACK ────── LAST_ACK
 * ```
 *
 * The names are Linux's, and mean what was seen last and not the state of one of the ends:
 * CLOSE_WAIT is "the first FIN has been acknowledged".
 *
 * Source: RFC 9293 §3.3.2; behaviour of Linux's nf_conntrack, which `test/vpc/linux-nat.test.ts`
 * asks, for every state, direction and kind of packet. Fidelity: public; simplified, as no
 * sequence numbers are looked at (Linux with nf_conntrack_tcp_be_liberal = 1, but for resets, which
 * Linux always holds to the window).
 */
import {TCP_FLAG} from "../packet/index.js";

/** All states; a state is handed about as its index here. NONE: no flow yet. */
export const TCP_STATES = [
  ...(["NONE", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT", "CLOSE_WAIT"] as const),
  ...(["LAST_ACK", "TIME_WAIT", "CLOSE", "SYN_SENT2"] as const),
] as readonly TcpState[];

/** A state by its name. */
export type TcpState =
  | "NONE"
  | "SYN_SENT"
  | "SYN_RECV"
  | "ESTABLISHED"
  | "FIN_WAIT"
  | "CLOSE_WAIT"
  | "LAST_ACK"
  | "TIME_WAIT"
  | "CLOSE"
  | "SYN_SENT2";

/** What a packet's flags say: the first that applies of RST, SYN, FIN, ACK. */
export type TcpEvent = "SYN" | "SYN+ACK" | "FIN" | "ACK" | "RST" | "flags that mean nothing";

/** Who sent the packet: the end that sent the flow's first one, or the other. */
export type FlowDirection = "original" | "reply";

/** What a packet does to a state. */
export interface TcpStep {
  /** "ignored": passes, and changes nothing; "invalid": no sender in its right mind sends it. */
  readonly outcome: "moved" | "ignored" | "invalid";
  /** The state afterwards; unless moved, that before. */
  readonly state: TcpState;
  readonly reason: string;
}

interface Rule {
  readonly event: TcpEvent;
  readonly by: FlowDirection | "either";
  readonly from: readonly TcpState[];
  /** A state, or "ignored". */
  readonly to: TcpState | "ignored";
  readonly reason: string;
}

const SYNCHRONIZED: readonly TcpState[] = ["SYN_RECV", "ESTABLISHED"];
const CLOSING: readonly TcpState[] = ["FIN_WAIT", "CLOSE_WAIT"];
const LATE: readonly TcpState[] = ["LAST_ACK", "TIME_WAIT"];
const OPEN_OR_CLOSING: readonly TcpState[] = [...SYNCHRONIZED, ...CLOSING, "LAST_ACK"];

/** What is not listed is invalid. Where two rules fit, the first holds. */
const RULES: readonly Rule[] = [
  rule("SYN", "original", ["NONE"], "SYN_SENT", "a first SYN opens a flow"),
  rule("SYN", "original", ["SYN_SENT", "SYN_SENT2"], "same", "the SYN is sent again"),
  rule("SYN", "original", ["TIME_WAIT", "CLOSE"], "SYN_SENT", "a closed flow is opened again"),
  rule("SYN", "original", OPEN_OR_CLOSING, "ignored", "this table may be out of step: let it pass"),
  rule("SYN", "reply", ["SYN_SENT", "SYN_SENT2"], "SYN_SENT2", "both ends open at once"),
  rule("SYN", "reply", ["TIME_WAIT"], "SYN_SENT", "the other end opens a closed flow again"),
  rule("SYN+ACK", "reply", ["SYN_SENT", "SYN_SENT2"], "SYN_RECV", "the SYN is answered"),
  rule("SYN+ACK", "original", ["SYN_SENT2"], "SYN_RECV", "the other end's SYN is answered"),
  rule("SYN+ACK", "original", ["SYN_RECV"], "same", "the answer to the other end's SYN again"),
  rule(
    ...(["SYN+ACK", "reply", [...OPEN_OR_CLOSING, "TIME_WAIT", "CLOSE"], "ignored"] as const),
    "late, or the answer to an ignored SYN",
  ),
  rule("FIN", "either", SYNCHRONIZED, "FIN_WAIT", "one end is done sending"),
  rule("FIN", "either", [...CLOSING, "LAST_ACK"], "LAST_ACK", "a second FIN, or the first again"),
  rule("FIN", "either", ["TIME_WAIT", "CLOSE"], "same", "a FIN of a closed flow again"),
  rule("ACK", "original", ["NONE"], "ESTABLISHED", "picked up in mid-flow"),
  rule("ACK", "original", ["SYN_RECV"], "ESTABLISHED", "the handshake is complete"),
  rule("ACK", "reply", ["SYN_RECV"], "same", "may answer a late SYN"),
  rule("ACK", "reply", ["SYN_SENT", "SYN_SENT2"], "ignored", "may be of a half-open connection"),
  rule("ACK", "either", ["ESTABLISHED"], "same", "the flow goes on"),
  rule("ACK", "either", CLOSING, "CLOSE_WAIT", "the FIN is acknowledged"),
  rule("ACK", "either", LATE, "TIME_WAIT", "the last ACK"),
  rule("ACK", "either", ["CLOSE"], "same", "late, after a reset"),
  rule("RST", "either", TCP_STATES.slice(1), "CLOSE", "a reset ends the flow"),
];

function rule(
  event: TcpEvent,
  by: Rule["by"],
  from: readonly TcpState[],
  to: TcpState | "same" | "ignored",
  reason: string,
): Rule {
  return {event, by, from, to: to as Rule["to"], reason};
}

/**
 * What a TCP packet does to the state of its flow.
 *
 * @param state of the flow before it; "NONE" if there is no flow
 * @param by "original": from the end that sent the flow's first packet
 * @param flags of the TCP header, in [0, 255]
 * @example
 * import {stepTcp} from "kernel-lib/vpc";
 * stepTcp("SYN_SENT", "reply", 0x12).state // => 'SYN_RECV'
 * stepTcp("SYN_SENT", "original", 0x10).outcome // => 'invalid'
 */
export function stepTcp(state: TcpState, by: FlowDirection, flags: number): TcpStep {
  const event = tcpEvent(flags);
  const rule = RULES.find(
    (one) =>
      one.event === event && (one.by === by || one.by === "either") && one.from.includes(state),
  );
  if (rule === undefined) {
    return {outcome: "invalid", state, reason: `${event} by ${whose(by)} does not fit ${state}`};
  }
  if (rule.to === "ignored") return {outcome: "ignored", state, reason: rule.reason};
  const to = (rule.to as string) === "same" ? state : rule.to;
  return {outcome: "moved", state: to, reason: rule.reason};
}

function whose(by: FlowDirection): string {
  return by === "original" ? "the opener" : "the other end";
}

const {
  fin: FIN,
  syn: SYN,
  rst: RST,
  ack: ACK,
  urg: URG,
} = TCP_FLAG as Record<"fin" | "syn" | "rst" | "ack" | "urg", number>;
/** Combinations that a TCP sends; PSH, ECE and CWR go with any (RFC 9293 §3.10.7, RFC 3168 §6.1). */
const SENSIBLE: readonly number[] = [
  ...[SYN, SYN | URG, SYN | ACK, RST, RST | ACK],
  ...[FIN | ACK, FIN | ACK | URG, ACK, ACK | URG],
];

/**
 * The one thing that a packet's flags say to a tracker.
 *
 * @param flags in [0, 255]
 * @example
 * import {tcpEvent} from "kernel-lib/vpc";
 * [0x18, 0x11, 0x29].map(tcpEvent) // => [ 'ACK', 'FIN', 'flags that mean nothing' ]
 */
export function tcpEvent(flags: number): TcpEvent {
  if (!SENSIBLE.includes(flags & (FIN | SYN | RST | ACK | URG))) return "flags that mean nothing";
  if (flags & RST) return "RST";
  if (flags & SYN) return flags & ACK ? "SYN+ACK" : "SYN";
  return flags & FIN ? "FIN" : "ACK";
}
