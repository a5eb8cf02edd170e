import {FrameView, IP_PROTOCOL} from "../packet/index.js";

/** What filters look at in a packet. A `FrameView` that has read one of TCP or UDP is one too. */
export interface PacketSummary {
  /** IPv4 protocol number. */
  readonly protocol: number;
  /** Addresses as numbers. */
  readonly source: number;
  readonly destination: number;
  /** 0 where there are none: other protocols, and fragments but the first. */
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Of ICMP only. */
  readonly icmpType?: number;
  readonly icmpCode?: number;
}

/**
 * Reads what filters look at from a frame.
 *
 * @returns undefined if the frame carries no IPv4: ARP is answered, never filtered
 * @throws CorruptionError if headers are cut off or contradict themselves
 * @example
 * import {encodeFrame} from "kernel-lib/packet";
 * import {packetSummary} from "kernel-lib/vpc";
 * const frame = encodeFrame({
 *   ethernet: {source: "02:00:00:00:00:01", destination: "02:00:00:00:00:02"},
 *   ipv4: {source: "10.0.1.5", destination: "10.0.2.10"},
 *   icmp: {kind: "echo", type: 8, code: 0, identifier: 7, sequence: 1},
 * });
 * packetSummary(frame)?.icmpType // => 8
 */
export function packetSummary(frame: Uint8Array): PacketSummary | undefined {
  const view = new FrameView().read(frame);
  if (view.ipv4At < 0) return undefined;
  const {protocol, source, destination, sourcePort, destinationPort, transportAt} = view;
  if (protocol !== IP_PROTOCOL.icmp) {
    return {protocol, source, destination, sourcePort, destinationPort};
  }
  const flow = {protocol, source, destination, sourcePort: 0, destinationPort: 0};
  // A later fragment has no ICMP header, and a first one may be too short for one.
  const isLater = (((frame[20]! & 0x1f) << 8) | frame[21]!) !== 0;
  if (isLater || transportAt + 2 > view.ipv4At + view.totalLength) return flow;
  return {...flow, icmpType: frame[transportAt]!, icmpCode: frame[transportAt + 1]!};
}
