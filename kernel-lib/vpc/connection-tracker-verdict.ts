/**
 * What a tracker says of a packet, made beforehand: a verdict is the same frozen object for every
 * packet of its kind, so that saying why costs nothing.
 *
 * Source: nft(8), "ct state", for the five words. Fidelity: public.
 */
import {stepTcp, TCP_STATES, tcpEvent} from "./tcp-state.js";
import type {FlowDirection, TcpEvent, TcpState} from "./tcp-state.js";

/**
 * What the tracker makes of a packet and why.
 *
 * * new: the first of a flow, or another one before any reply
 * * established: of a flow that has been seen in both directions, or is just being answered
 * * related: an ICMP error about a packet of a flow
 * * invalid: fits no flow and opens none; a filter should drop it
 * * untracked: the tracker has nothing to say (no IPv4, a later fragment)
 * * tableFull: it would have opened a flow, but there is no room; it must be dropped
 */
export interface TrackVerdict {
  readonly kind: "new" | "established" | "related" | "invalid" | "untracked" | "tableFull";
  readonly reason: string;
}

function verdict(kind: TrackVerdict["kind"], reason: string): TrackVerdict {
  return Object.freeze({kind, reason});
}

/** Verdicts that depend on nothing but their reason. */
export const VERDICT: Readonly<Record<VerdictName, TrackVerdict>> = {
  notIpv4: verdict("untracked", "not IPv4"),
  laterFragment: verdict("untracked", "a fragment without the ports"),
  tableFull: verdict("tableFull", "a new flow, but the table is full"),
  closedByReset: verdict("established", "a reset before any other reply: the flow is forgotten"),
  givenUp: verdict("new", "a reset by the opener before any reply: the flow is forgotten"),
  reopened: verdict("new", "a closed flow is opened again, as a new one"),
  reopenedByOther: verdict("invalid", "the other end opens a closed, translated flow again"),
  resynchronized: verdict(
    "established",
    "SYN+ACK answers the SYN that was let pass: in step again",
  ),
  notLoose: verdict("invalid", "no flow, and not a SYN: this tracker picks up nothing in mid-flow"),
  newUdp: verdict("new", "a first datagram opens a flow"),
  moreUdp: verdict("new", "another datagram before any reply"),
  replyUdp: verdict("established", "a datagram of a flow that is answered"),
  newEcho: verdict("new", "a first echo request opens a flow"),
  moreEcho: verdict("new", "another echo request before any reply"),
  replyEcho: verdict("established", "an echo of a flow that is answered"),
  strayEchoReply: verdict("invalid", "an echo reply that nobody asked for"),
  newOther: verdict("new", "a first packet of this protocol opens a flow"),
  moreOther: verdict("new", "another packet of this protocol before any reply"),
  replyOther: verdict("established", "a packet of a flow of this protocol that is answered"),
  related: verdict("related", "an ICMP error about a packet of a flow"),
  unrelatedError: verdict("invalid", "an ICMP error about no flow in the table"),
  errorToOther: verdict("invalid", "an ICMP error to another address than the sender it is about"),
  otherIcmp: verdict("invalid", "ICMP that is neither an echo nor an error"),
};

type VerdictName =
  | "notIpv4"
  | "laterFragment"
  | "tableFull"
  | "closedByReset"
  | "givenUp"
  | "reopened"
  | "reopenedByOther"
  | "resynchronized"
  | "notLoose"
  | "newUdp"
  | "moreUdp"
  | "replyUdp"
  | "newEcho"
  | "moreEcho"
  | "replyEcho"
  | "strayEchoReply"
  | "newOther"
  | "moreOther"
  | "replyOther"
  | "related"
  | "unrelatedError"
  | "errorToOther"
  | "otherIcmp";

/** By flags: the index of the event in EVENTS. */
const EVENTS: readonly TcpEvent[] = [
  "SYN",
  "SYN+ACK",
  "FIN",
  "ACK",
  "RST",
  "flags that mean nothing",
];
export const EVENT_OF_FLAGS: Uint8Array = Uint8Array.from({length: 256}, (_, flags) =>
  EVENTS.indexOf(tcpEvent(flags)),
);
export const EVENT_SYN = 0;
export const EVENT_SYN_ACK = 1;
export const EVENT_RST = 4;
const FLAGS_OF_EVENT = [0x02, 0x12, 0x11, 0x10, 0x04, 0x00];
const DIRECTIONS: readonly FlowDirection[] = ["original", "reply"];

/** `TCP_STEP[tcpStepAt(direction, event, state)]`: the next state, or IGNORED or INVALID. */
export const IGNORED = 0x40;
export const INVALID = 0x80;
const STATES = TCP_STATES.length;

/** @param direction 0 for original, 1 for reply */
export function tcpStepAt(direction: number, event: number, state: number): number {
  return (direction * EVENTS.length + event) * STATES + state;
}

const STEPS = DIRECTIONS.flatMap((by) =>
  EVENTS.flatMap((event, index) =>
    TCP_STATES.map((state) => ({
      by,
      event,
      state,
      step: stepTcp(state, by, FLAGS_OF_EVENT[index]!),
    })),
  ),
);
export const TCP_STEP: Uint8Array = Uint8Array.from(STEPS, ({step}) => {
  if (step.outcome === "ignored") return IGNORED;
  return step.outcome === "invalid" ? INVALID : TCP_STATES.indexOf(step.state);
});

/** The verdicts of `TCP_STEP`'s steps, before a reply was seen and after. */
export const TCP_VERDICT_UNREPLIED: readonly TrackVerdict[] = STEPS.map((one) =>
  tcpVerdict(one, false),
);
export const TCP_VERDICT: readonly TrackVerdict[] = STEPS.map((one) => tcpVerdict(one, true));

function tcpVerdict(
  {by, event, state, step}: (typeof STEPS)[number],
  seenReply: boolean,
): TrackVerdict {
  if (step.outcome === "invalid") return verdict("invalid", step.reason);
  const kind = by === "original" && !seenReply ? "new" : "established";
  const way = by === "original" ? "→" : "←";
  return verdict(kind, `${way} ${event}: ${change(state, step.state)}, ${step.reason}`);
}

function change(before: TcpState, after: TcpState): string {
  return before === after ? `stays ${after}` : `${before} to ${after}`;
}
