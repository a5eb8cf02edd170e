/**
 * A flow of a tracker as a value, to be looked at, and as a line like those of `conntrack -L`.
 *
 * Source: conntrack(8). Fidelity: public; counters of packets and bytes are not kept.
 */
import {formatIpv4Address} from "../packet/index.js";
import type {FlowTable} from "./connection-tracker-table.js";

/** Bits of a flow's flags. RESET_BY shifted by the direction: who sent the last reset. */
export const SEEN_REPLY = 1;
export const ASSURED = 2;
export const CLOSE_BEGUN = 4;
export const LAST_WAS_SYN = 8;
export const RESET_BY = 16;

/** One direction of a flow; for an echo both ports are its identifier. */
export interface FlowTuple {
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
}

/** What a tracker knows of a flow. */
export interface TrackedFlow {
  /** 6, 17, 1 or another. */
  readonly protocol: number;
  /** State of TCP; "UDP", "UDP_STREAM", "ICMP" or "OTHER" for flows without states. */
  readonly state: string;
  /** As the first packet had it. */
  readonly original: FlowTuple;
  /** As the answers have it; not the original turned round if addresses are translated. */
  readonly reply: FlowTuple;
  readonly createdAtMs: number;
  /** When it will be forgotten if no packet comes. */
  readonly expiresAtMs: number;
  readonly hasReply: boolean;
  /** Seen to work in both directions. */
  readonly isAssured: boolean;
}

/** @param names of the states by number */
export function trackedFlow(table: FlowTable, flow: number, names: readonly string[]): TrackedFlow {
  const kind = table.kind(flow);
  const flags = table.flags[flow]!;
  return {
    protocol: kind === 0 ? table.ports(2 * flow) : kind,
    state: names[table.state[flow]!]!,
    original: tuple(table, 2 * flow, kind),
    reply: tuple(table, 2 * flow + 1, kind),
    createdAtMs: table.createdAtMs[flow]!,
    expiresAtMs: table.expiresAtMs[flow]!,
    hasReply: (flags & SEEN_REPLY) !== 0,
    isAssured: (flags & ASSURED) !== 0,
  };
}

function tuple(table: FlowTable, slot: number, kind: number): FlowTuple {
  const word = kind === 0 ? 0 : table.ports(slot);
  const sourcePort = word >>> 16;
  return {
    source: formatIpv4Address(table.source(slot)),
    sourcePort,
    destination: formatIpv4Address(table.destination(slot)),
    destinationPort: kind === 1 ? sourcePort : word & 0xffff,
  };
}

/** "tcp 432000 ESTABLISHED 10.0.1.5:44321 → 10.0.2.10:443, answers 10.0.2.10:443 → …, assured". */
export function describeFlow(flow: TrackedFlow, nowMs: number): string {
  const name = {6: "tcp", 17: "udp", 1: "icmp"}[flow.protocol] ?? `protocol ${flow.protocol}`;
  const left = Math.max(0, Math.ceil((flow.expiresAtMs - nowMs) / 1000));
  const ends = (one: FlowTuple): string =>
    `${one.source}:${one.sourcePort} → ${one.destination}:${one.destinationPort}`;
  const state = flow.protocol === 6 ? ` ${flow.state}` : "";
  const answered = flow.hasReply ? "" : ", unanswered";
  const assured = flow.isAssured ? ", assured" : "";
  return `${name} ${left} s${state} ${ends(flow.original)}, answers ${ends(flow.reply)}${answered}${assured}`;
}
