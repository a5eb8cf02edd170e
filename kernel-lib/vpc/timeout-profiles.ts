/**
 * How long a flow may be idle before a tracker forgets it, by what was seen of it last.
 *
 * Sources: Linux, Documentation/networking/nf_conntrack-sysctl.rst, and the values read from
 * /proc/sys/net/netfilter of Linux 6.18; Amazon EC2 API, ConnectionTrackingConfiguration; Amazon EC2
 * User Guide, "Security group connection tracking"; Amazon VPC User Guide, "NAT gateway basics".
 * Fidelity: public where `sources` says documented. AWS publishes three timeouts of security groups
 * and one of NAT gateways; the others are inferred to be Linux's, and are marked so.
 */
import type {TcpState} from "./tcp-state.js";

/** What a timeout belongs to: a state of TCP, or a kind of flow that has none. */
export type TimeoutName = Exclude<TcpState, "NONE"> | "UDP" | "UDP_STREAM" | "ICMP" | "OTHER";

/** The timeouts of one kind of machine. */
export interface TimeoutProfile {
  readonly name: string;
  /** Idle time after which a flow is forgotten, in milliseconds. */
  readonly timeoutsMs: Readonly<Record<TimeoutName, number>>;
  /**
   * A UDP flow is a stream, with UDP_STREAM's timeout, from the first packet after a reply that
   * comes at least this many milliseconds after the flow's first.
   */
  readonly udpStreamAfterMs: number;
  /** `documented` or `inferred`, and where. */
  readonly sources: string;
}

const SECOND_MS = 1000;

function seconds(values: Record<TimeoutName, number>): Readonly<Record<TimeoutName, number>> {
  const entries = Object.entries(values).map(([name, value]) => [name, SECOND_MS * value]);
  return Object.fromEntries(entries) as Record<TimeoutName, number>;
}

/** Linux 6's defaults. `documented`: nf_conntrack-sysctl.rst; read from a running Linux 6.18. */
export const LINUX_6_TIMEOUTS: TimeoutProfile = {
  name: "Linux 6",
  timeoutsMs: seconds({
    SYN_SENT: 120,
    SYN_SENT2: 120,
    SYN_RECV: 60,
    ESTABLISHED: 432_000,
    FIN_WAIT: 120,
    CLOSE_WAIT: 60,
    LAST_ACK: 30,
    TIME_WAIT: 120,
    CLOSE: 10,
    UDP: 30,
    UDP_STREAM: 120,
    ICMP: 30,
    OTHER: 600,
  }),
  udpStreamAfterMs: 2 * SECOND_MS,
  sources: "documented: Linux nf_conntrack-sysctl.rst; all values read from Linux 6.18",
};

/**
 * Security groups on Nitro cards up to version 5. `documented`: 432,000 s for established TCP, 180 s
 * for UDP streams, 30 s for other UDP (EC2 API, ConnectionTrackingConfiguration), 600 s for other
 * protocols (EC2 User Guide). Inferred: Linux's for the rest.
 */
export const NITRO_5_TIMEOUTS: TimeoutProfile = {
  name: "Nitro up to 5",
  timeoutsMs: {...LINUX_6_TIMEOUTS.timeoutsMs, UDP_STREAM: 180 * SECOND_MS},
  // "More than one request-response transaction": the next packet after the first reply.
  udpStreamAfterMs: 0,
  sources:
    "documented: ESTABLISHED, UDP, UDP_STREAM (EC2 API, ConnectionTrackingConfiguration), OTHER " +
    "(EC2 User Guide, Security group connection tracking); inferred: the rest, from Linux",
};

/**
 * Security groups on Nitro cards of version 6. `documented`: like those before, but for 350 s for
 * established TCP (EC2 API, ConnectionTrackingConfiguration; not on P6e-GB200).
 */
export const NITRO_6_TIMEOUTS: TimeoutProfile = {
  ...NITRO_5_TIMEOUTS,
  name: "Nitro 6",
  timeoutsMs: {...NITRO_5_TIMEOUTS.timeoutsMs, ESTABLISHED: 350 * SECOND_MS},
};

/**
 * NAT gateways. `documented`: 350 s idle (VPC User Guide). Inferred: the same for UDP and ICMP, and
 * Linux's for TCP flows that open or close.
 */
export const NAT_GATEWAY_TIMEOUTS: TimeoutProfile = {
  name: "NAT gateway",
  timeoutsMs: {
    ...LINUX_6_TIMEOUTS.timeoutsMs,
    ESTABLISHED: 350 * SECOND_MS,
    UDP: 350 * SECOND_MS,
    UDP_STREAM: 350 * SECOND_MS,
    ICMP: 350 * SECOND_MS,
  },
  udpStreamAfterMs: 0,
  sources:
    "documented: 350 s idle (VPC User Guide, NAT gateway basics); inferred: that it holds for UDP " +
    "and ICMP, and the rest, from Linux",
};

/**
 * A profile with some timeouts changed, as by sysctl or by an interface's settings.
 *
 * @param changes new timeouts in milliseconds, each > 0
 * @throws RangeError if one is not a positive, finite number
 * @example
 * import {LINUX_6_TIMEOUTS, withTimeouts} from "kernel-lib/vpc";
 * withTimeouts(LINUX_6_TIMEOUTS, {SYN_SENT: 30_000}).timeoutsMs.SYN_SENT // => 30000
 */
export function withTimeouts(
  profile: TimeoutProfile,
  changes: Partial<Record<TimeoutName, number>>,
): TimeoutProfile {
  for (const [name, value] of Object.entries(changes)) {
    if (!(Number.isFinite(value) && value > 0)) {
      throw new RangeError(`Cannot set timeout: need ${name} > 0 in milliseconds, got ${value}`);
    }
  }
  return {...profile, timeoutsMs: {...profile.timeoutsMs, ...changes}};
}
