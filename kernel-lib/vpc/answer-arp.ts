import {ARP_OPERATION, decodeFrame, encodeFrame} from "../packet/index.js";
import type {MappingService} from "./mapping-service.js";
import {reservedFor} from "./reserved-addresses.js";

/** The MAC address that stands for the router of every subnet; invented for teaching. */
export const ROUTER_MAC = "02:00:00:00:00:fe";

/** A frame that an instance sends. */
export interface ArpQuestion {
  /** The VPC of its interface. */
  vpcId: string;
  frame: Uint8Array;
}

/**
 * Answers an instance's ARP request from the mapping, in the name of whoever has the address: in a
 * VPC there is no broadcast, and the one asked for never hears of it.
 *
 * The router's address is answered with a MAC address that no machine has. What lies in another
 * subnet, is reserved or is nowhere gets no answer; nor does a host that asks for its own address
 * to see whether it is taken (RFC 5227).
 *
 * Source: talks on AWS's networking, second-hand. Fidelity: inferred.
 *
 * @param nowMs what the host's copy of the mapping knows at that time is answered
 * @returns the frame of the reply, or undefined for silence
 * @throws CorruptionError if the frame cannot be decoded
 * @example
 * import {decodeFrame, encodeFrame} from "kernel-lib/packet";
 * import {answerArp, MappingService} from "kernel-lib/vpc";
 * const mapping = new MappingService();
 * mapping.addSubnet({vpcId: "vpc-a", subnetId: "subnet-1", cidr: "10.0.1.0/24"});
 * const frame = encodeFrame({
 *   ethernet: {source: "02:00:00:00:00:01", destination: "ff:ff:ff:ff:ff:ff"},
 *   arp: {
 *     operation: 1, senderMac: "02:00:00:00:00:01", senderIp: "10.0.1.5",
 *     targetMac: "00:00:00:00:00:00", targetIp: "10.0.1.1",
 *   },
 * });
 * const reply = answerArp({vpcId: "vpc-a", frame}, mapping, 0)!;
 * const arp = decodeFrame(reply).layers[1];
 * arp?.name === "arp" && arp.header.senderMac // => '02:00:00:00:00:fe'
 */
export function answerArp(
  {vpcId, frame}: ArpQuestion,
  mapping: MappingService,
  nowMs: number,
): Uint8Array | undefined {
  const layer = decodeFrame(frame).layers[1];
  if (layer?.name !== "arp" || layer.header.operation !== ARP_OPERATION.request) return undefined;
  const {senderMac, senderIp, targetIp} = layer.header;
  const mac = macFor({vpcId, senderIp, targetIp}, mapping, nowMs);
  if (mac === undefined || mac === senderMac) return undefined;
  return encodeFrame({
    ethernet: {source: mac, destination: senderMac},
    arp: {
      operation: ARP_OPERATION.reply!,
      senderMac: mac,
      senderIp: targetIp,
      targetMac: senderMac,
      targetIp: senderIp,
    },
  });
}

function macFor(
  {vpcId, senderIp, targetIp}: {vpcId: string; senderIp: string; targetIp: string},
  mapping: MappingService,
  nowMs: number,
): string | undefined {
  const subnet = mapping.subnetOf({vpcId, address: targetIp});
  // A host that does not have its address yet asks from 0.0.0.0 (RFC 5227 §2.1.1).
  if (subnet === undefined || !(senderIp === "0.0.0.0" || subnet.cidr.contains(senderIp))) {
    return undefined;
  }
  if (reservedFor(subnet.cidr, targetIp) === "router") return ROUTER_MAC;
  return mapping.lookup({vpcId, address: targetIp}, nowMs)?.mac;
}
