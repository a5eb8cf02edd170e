/** Frames for tests of the tracker and the gateways, from few words. */
import {encodeFrame, TCP_FLAG} from "kernel-lib/packet";
import type {FrameParts} from "kernel-lib/packet";
import type {Random} from "kernel-lib/random";

/** MAC addresses of the far ends and of the router, as in linux-router.py. */
const ETHERNET = {source: "02:00:00:00:00:02", destination: "02:00:00:00:00:01"};

export interface Ends {
  source: string;
  sourcePort: number;
  destination: string;
  destinationPort: number;
}

/** The ends turned round. */
export function turned({source, sourcePort, destination, destinationPort}: Ends): Ends {
  return {
    source: destination,
    sourcePort: destinationPort,
    destination: source,
    destinationPort: sourcePort,
  };
}

/** "SYN+ACK" → bits. "" → none. */
export function flagsOf(text: string): number {
  const names = text === "" ? [] : text.toLowerCase().split("+");
  return names.reduce((bits, name) => bits | TCP_FLAG[name as keyof typeof TCP_FLAG], 0);
}

export function tcpFrame(
  {source, destination, sourcePort, destinationPort}: Ends,
  flags: string,
  more: {sequence?: number; acknowledgment?: number; payload?: Uint8Array} = {},
): Uint8Array {
  const {payload = new Uint8Array(0), sequence = 1000, acknowledgment = 0} = more;
  return encodeFrame({
    ethernet: ETHERNET,
    ipv4: {source, destination},
    tcp: {sourcePort, destinationPort, flags: flagsOf(flags), sequence, acknowledgment},
    payload,
  });
}

export function udpFrame(
  ends: Ends,
  payload: Uint8Array = new Uint8Array(3),
  ipv4: Partial<FrameParts["ipv4"]> = {},
): Uint8Array {
  const {source, destination, sourcePort, destinationPort} = ends;
  return encodeFrame({
    ethernet: ETHERNET,
    ipv4: {...ipv4, source, destination},
    udp: {sourcePort, destinationPort},
    payload,
  });
}

/** An echo; its identifier is the source port. */
export function echoFrame(
  {source, destination, sourcePort}: Ends,
  type: 0 | 8,
  sequence = 1,
): Uint8Array {
  return encodeFrame({
    ethernet: ETHERNET,
    ipv4: {source, destination},
    icmp: {kind: "echo", type, code: 0, identifier: sourcePort, sequence},
    payload: Uint8Array.of(1, 2, 3),
  });
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.integer({min: 0, max: items.length - 1})]!;
}
