/**
 * The Ethernet II header: two addresses and what follows.
 *
 * ```
 * destination (6) | source (6) | etherType (2) | payload
 * ```
 *
 * Source: IEEE 802.3 §3.2, RFC 894. Fidelity: public. Simplified: no 802.1Q tag is read (its
 * EtherType 0x8100 ends the decoding), no preamble and frame check sequence, which captures lack.
 */
import {readMacAddress, writeMacAddress} from "./address.js";
import {checkNumber, need, needRoom, read16, write16} from "./big-endian.js";
import {byteOffsets, fixedBytes} from "./field.js";
import type {Field} from "./field.js";
import {hex} from "./numbers.js";

/** The table of the format. */
export const ETHERNET_HEADER_FIELDS: readonly Field<keyof EthernetHeader>[] = [
  {name: "destination", bits: 48, meaning: "MAC address of the receiver"},
  {name: "source", bits: 48, meaning: "MAC address of the sender"},
  {name: "etherType", bits: 16, meaning: "what the payload is"},
];
const AT = byteOffsets(ETHERNET_HEADER_FIELDS);
/** 14. */
export const ETHERNET_HEADER_BYTES: number = fixedBytes(ETHERNET_HEADER_FIELDS);

/** `documented`: the IEEE's registry of EtherTypes. */
export const ETHER_TYPE: Readonly<Record<"ipv4" | "arp" | "ethernet", number>> = {
  ipv4: 0x0800,
  arp: 0x0806,
  /** Trans Ether Bridging (RFC 1701), in Geneve: the payload is an Ethernet frame. */
  ethernet: 0x6558,
};

/** The value of an Ethernet II header. */
export interface EthernetHeader {
  /** Like "02:00:00:00:00:01". */
  readonly destination: string;
  readonly source: string;
  /** See `ETHER_TYPE`; below 1536 it is the length of an IEEE 802.3 frame (IEEE 802.3 §3.2.6). */
  readonly etherType: number;
}

/**
 * The 14 bytes of the header.
 *
 * @param target where to write, default new bytes of just that length
 * @param at offset in `target`
 * @returns `target`
 * @throws SyntaxError if an address is none
 * @throws RangeError if the EtherType is outside [0, 65535] or `target` too short
 * @example
 * import {formatHex} from "kernel-lib/bytes";
 * import {encodeEthernetHeader} from "kernel-lib/packet";
 * const header = {destination: "02:00:00:00:00:02", source: "02:00:00:00:00:01", etherType: 0x0800};
 * formatHex(encodeEthernetHeader(header)) // => '02 00 00 00 00 02 02 00 00 00 00 01 08 00'
 */
export function encodeEthernetHeader(
  header: EthernetHeader,
  target: Uint8Array = new Uint8Array(ETHERNET_HEADER_BYTES),
  at = 0,
): Uint8Array {
  needRoom(target, at, ETHERNET_HEADER_BYTES, "Ethernet header");
  checkNumber("Ethernet header", "etherType", header.etherType, 2 ** 16);
  writeMacAddress(target, at + AT.destination, header.destination);
  writeMacAddress(target, at + AT.source, header.source);
  write16(target, at + AT.etherType, header.etherType);
  return target;
}

/**
 * The header that begins at `at`; what follows is not looked at.
 *
 * @throws CorruptionError if fewer than 14 bytes are left
 * @throws RangeError if `at` is no offset into `bytes`
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {decodeEthernetHeader} from "kernel-lib/packet";
 * decodeEthernetHeader(parseHex("020000000002 020000000001 0800")).source // => '02:00:00:00:00:01'
 */
export function decodeEthernetHeader(bytes: Uint8Array, at = 0): EthernetHeader {
  need(bytes, at, ETHERNET_HEADER_BYTES, "Ethernet header");
  return {
    destination: readMacAddress(bytes, at + AT.destination),
    source: readMacAddress(bytes, at + AT.source),
    etherType: read16(bytes, at + AT.etherType),
  };
}

/**
 * One line about the header.
 *
 * @example
 * import {describeEthernetHeader} from "kernel-lib/packet";
 * describeEthernetHeader({destination: "02:00:00:00:00:02", source: "02:00:00:00:00:01", etherType: 0x0806})
 * // => 'Ethernet 02:00:00:00:00:01 → 02:00:00:00:00:02, type 0x0806 (ARP)'
 */
export function describeEthernetHeader(header: EthernetHeader): string {
  const {destination, source, etherType} = header;
  return `Ethernet ${source} → ${destination}, type ${nameEtherType(etherType)}`;
}

/** "0x0800 (IPv4)". */
export function nameEtherType(etherType: number): string {
  const names: Readonly<Record<number, string>> = {
    [ETHER_TYPE.ipv4]: " (IPv4)",
    [ETHER_TYPE.arp]: " (ARP)",
    [ETHER_TYPE.ethernet]: " (Ethernet)",
  };
  return `${hex(etherType, 4)}${names[etherType] ?? ""}`;
}
