/**
 * ARP: which MAC address has this IPv4 address? Broadcast on a real network; inside a VPC the
 * network itself answers from its mapping, so that no broadcast is ever needed.
 *
 * ```
 * hardwareType (2) | protocolType (2) | lengths (1+1) | operation (2)
 * sender MAC (6) | sender IP (4) | target MAC (6) | target IP (4)
 * ```
 *
 * Source: RFC 826, "Packet format". Fidelity: public; only IPv4 on Ethernet is decoded.
 */
import {CorruptionError} from "../bytes/index.js";
import {readIpv4Address, readMacAddress, writeIpv4Address, writeMacAddress} from "./address.js";
import {checkNumber, need, needRoom, read16, read32, write16, write32} from "./big-endian.js";
import {byteOffsets, fixedBytes} from "./field.js";
import type {Field} from "./field.js";
import {hex} from "./numbers.js";

/** Fields whose content is fixed for IPv4 on Ethernet, and so not in the value. */
type FixedField = "hardwareType" | "protocolType" | "hardwareLength" | "protocolLength";

/** The table of the format. */
export const ARP_PACKET_FIELDS: readonly Field<keyof ArpPacket | FixedField>[] = [
  {name: "hardwareType", bits: 16, meaning: "kind of link: Ethernet", fixed: 1},
  {name: "protocolType", bits: 16, meaning: "kind of address asked for: IPv4", fixed: 0x0800},
  {name: "hardwareLength", bits: 8, meaning: "bytes of a MAC address", fixed: 6},
  {name: "protocolLength", bits: 8, meaning: "bytes of an IPv4 address", fixed: 4},
  {name: "operation", bits: 16, meaning: "1 request, 2 reply"},
  {name: "senderMac", bits: 48, meaning: "MAC address of who sends this"},
  {name: "senderIp", bits: 32, meaning: "IPv4 address of who sends this"},
  {name: "targetMac", bits: 48, meaning: "what a request wants to know"},
  {name: "targetIp", bits: 32, meaning: "whose MAC address is wanted"},
];
const AT = byteOffsets(ARP_PACKET_FIELDS);
/** 28. */
export const ARP_PACKET_BYTES: number = fixedBytes(ARP_PACKET_FIELDS);
/** hardwareType 1, protocolType 0x0800; hardwareLength 6, protocolLength 4. */
const [TYPES, LENGTHS] = [0x00010800, 0x0604];

/** `documented`: RFC 826. */
export const ARP_OPERATION: Readonly<Record<"request" | "reply", number>> = {request: 1, reply: 2};

/** The value of an ARP packet for IPv4 on Ethernet. */
export interface ArpPacket {
  /** See `ARP_OPERATION`. */
  readonly operation: number;
  readonly senderMac: string;
  readonly senderIp: string;
  /** In a request usually "00:00:00:00:00:00". */
  readonly targetMac: string;
  readonly targetIp: string;
}

/**
 * The 28 bytes of the packet.
 *
 * @param target where to write, default new bytes of just that length
 * @param at offset in `target`
 * @returns `target`
 * @throws SyntaxError if an address is none
 * @throws RangeError if the operation is outside [0, 65535] or `target` too short
 * @example
 * import {ARP_OPERATION, encodeArpPacket} from "kernel-lib/packet";
 * const question = {
 *   operation: ARP_OPERATION.request,
 *   senderMac: "02:00:00:00:00:01",
 *   senderIp: "10.0.1.5",
 *   targetMac: "00:00:00:00:00:00",
 *   targetIp: "10.0.1.1",
 * };
 * encodeArpPacket(question).length // => 28
 */
export function encodeArpPacket(
  packet: ArpPacket,
  target: Uint8Array = new Uint8Array(ARP_PACKET_BYTES),
  at = 0,
): Uint8Array {
  needRoom(target, at, ARP_PACKET_BYTES, "ARP packet");
  checkNumber("ARP packet", "operation", packet.operation, 2 ** 16);
  write32(target, at + AT.hardwareType, TYPES);
  write16(target, at + AT.hardwareLength, LENGTHS);
  write16(target, at + AT.operation, packet.operation);
  writeMacAddress(target, at + AT.senderMac, packet.senderMac);
  writeIpv4Address(target, at + AT.senderIp, packet.senderIp);
  writeMacAddress(target, at + AT.targetMac, packet.targetMac);
  writeIpv4Address(target, at + AT.targetIp, packet.targetIp);
  return target;
}

/**
 * The packet that begins at `at`; padding behind it is not looked at.
 *
 * @throws CorruptionError if fewer than 28 bytes are left, or it is not about IPv4 on Ethernet
 * @throws RangeError if `at` is no offset into `bytes`
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {decodeArpPacket} from "kernel-lib/packet";
 * const bytes = parseHex("0001 0800 06 04 0002 020000000001 0a000101 020000000002 0a000105");
 * decodeArpPacket(bytes).senderIp // => '10.0.1.1'
 */
export function decodeArpPacket(bytes: Uint8Array, at = 0): ArpPacket {
  need(bytes, at, ARP_PACKET_BYTES, "ARP packet");
  const types = read32(bytes, at + AT.hardwareType);
  if (types !== TYPES) {
    throw new CorruptionError(
      `Cannot decode ARP packet: need IPv4 on Ethernet, got types ${hex(types, 8)}`,
      at + AT.hardwareType,
    );
  }
  const lengths = read16(bytes, at + AT.hardwareLength);
  if (lengths !== LENGTHS) {
    throw new CorruptionError(
      `Cannot decode ARP packet: need addresses of 6 and 4 bytes, got lengths ${hex(lengths, 4)}`,
      at + AT.hardwareLength,
    );
  }
  return {
    operation: read16(bytes, at + AT.operation),
    senderMac: readMacAddress(bytes, at + AT.senderMac),
    senderIp: readIpv4Address(bytes, at + AT.senderIp),
    targetMac: readMacAddress(bytes, at + AT.targetMac),
    targetIp: readIpv4Address(bytes, at + AT.targetIp),
  };
}

/**
 * One line about the packet.
 *
 * @example
 * import {describeArpPacket} from "kernel-lib/packet";
 * const question = {
 *   operation: 1,
 *   senderMac: "02:00:00:00:00:01",
 *   senderIp: "10.0.1.5",
 *   targetMac: "00:00:00:00:00:00",
 *   targetIp: "10.0.1.1",
 * };
 * describeArpPacket(question)
 * // => 'ARP request: who has 10.0.1.1? Tell 10.0.1.5 at 02:00:00:00:00:01'
 */
export function describeArpPacket(packet: ArpPacket): string {
  const {operation, senderMac, senderIp, targetMac, targetIp} = packet;
  if (operation === ARP_OPERATION.request) {
    return `ARP request: who has ${targetIp}? Tell ${senderIp} at ${senderMac}`;
  }
  if (operation === ARP_OPERATION.reply) {
    return `ARP reply to ${targetIp} at ${targetMac}: ${senderIp} is at ${senderMac}`;
  }
  return `ARP operation ${operation} from ${senderIp} to ${targetIp}`;
}
