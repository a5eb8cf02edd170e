/**
 * The word of a tuple that is not an address: what takes the place of ports in each protocol.
 *
 * * TCP, UDP: source port, destination port
 * * ICMP echo: identifier, then type and code; a reply has the same identifier and the type 0
 * * others: the number of the protocol (EC2 User Guide: such flows are known by address and protocol)
 *
 * Source: Linux's nf_conntrack_tuple. Fidelity: public.
 */
import {IP_PROTOCOL} from "../packet/index.js";
import type {FrameView} from "../packet/index.js";

const {tcp: TCP, udp: UDP, icmp: ICMP} = IP_PROTOCOL;
/** An echo's type as it stands in the word; it is turned round between 8 and 0. */
const REQUEST_BIT = 0x0800;

/** The protocol if it has a tuple of its own, else 0. */
export function protocolKind(protocol: number): number {
  return protocol === TCP || protocol === UDP || protocol === ICMP ? protocol : 0;
}

/** The word of a packet that has ports, is an echo, or is of another protocol. */
export function portsWord(view: FrameView): number {
  if (view.hasPorts) return (view.sourcePort << 16) | view.destinationPort;
  if (view.protocol !== ICMP) return view.protocol;
  const {bytes, transportAt: at} = view;
  return (view.sourcePort << 16) | (bytes[at]! << 8) | bytes[at + 1]!;
}

/** The word of the answer to a packet. */
export function turnedWord(word: number, kind: number): number {
  if (kind === ICMP) return word ^ REQUEST_BIT;
  return kind === 0 ? word : (word << 16) | (word >>> 16);
}

/** The same, if the packet's source port or identifier has been replaced by `port`. */
export function replyWord(word: number, kind: number, port: number): number {
  if (kind === ICMP) return (port << 16) | ((word & 0xffff) ^ REQUEST_BIT);
  return kind === 0 ? word : (word << 16) | port;
}
