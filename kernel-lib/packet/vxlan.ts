/**
 * The VXLAN header: 8 bytes of UDP payload that say which virtual network the Ethernet frame
 * behind them belongs to. With outer Ethernet, IPv4 and UDP it adds 50 bytes to every frame.
 *
 * ```
 * flags | reserved (3) | vni (3) | reservedLast | inner Ethernet frame
 * ```
 *
 * Source: RFC 7348 §5. Fidelity: public. How AWS encapsulates inside a VPC is not published;
 * this is the wire format of its Traffic Mirroring, and here a stand-in.
 */
import {CorruptionError} from "../bytes/index.js";
import {checkNumber, need, needRoom, read24, write24} from "./big-endian.js";
import {byteOffsets, fixedBytes} from "./field.js";
import type {Field} from "./field.js";
import {hex} from "./numbers.js";

/** The table of the format. */
export const VXLAN_HEADER_FIELDS: readonly Field<keyof VxlanHeader>[] = [
  {name: "flags", bits: 8, meaning: "0x08: the network identifier counts"},
  {name: "reserved", bits: 24, meaning: "0"},
  {name: "vni", bits: 24, meaning: "network identifier"},
  {name: "reservedLast", bits: 8, meaning: "0"},
];
const AT = byteOffsets(VXLAN_HEADER_FIELDS);
/** 8. */
export const VXLAN_HEADER_BYTES: number = fixedBytes(VXLAN_HEADER_FIELDS);
/** The I flag. */
const VNI_IS_VALID = 0x08;

/** The value of a VXLAN header. */
export interface VxlanHeader {
  /** 0x08; other bits are to be ignored by a receiver. */
  readonly flags: number;
  /** 24 bits, 0 if right. */
  readonly reserved: number;
  /** VXLAN network identifier, in [0, 2^24). */
  readonly vni: number;
  /** 8 bits, 0 if right. */
  readonly reservedLast: number;
}

/**
 * The 8 bytes of the header.
 *
 * @param target where to write, default new bytes of just that length
 * @param at offset in `target`
 * @returns `target`
 * @throws RangeError if a number does not fit its field or `target` is too short
 * @example
 * import {formatHex} from "kernel-lib/bytes";
 * import {encodeVxlanHeader} from "kernel-lib/packet";
 * const header = {flags: 0x08, reserved: 0, vni: 0xabcde, reservedLast: 0};
 * formatHex(encodeVxlanHeader(header)) // => '08 00 00 00 0a bc de 00'
 */
export function encodeVxlanHeader(
  header: VxlanHeader,
  target: Uint8Array = new Uint8Array(VXLAN_HEADER_BYTES),
  at = 0,
): Uint8Array {
  needRoom(target, at, VXLAN_HEADER_BYTES, "VXLAN header");
  checkNumber("VXLAN header", "flags", header.flags, 256);
  checkNumber("VXLAN header", "reserved", header.reserved, 2 ** 24);
  checkNumber("VXLAN header", "vni", header.vni, 2 ** 24);
  checkNumber("VXLAN header", "reservedLast", header.reservedLast, 256);
  target[at + AT.flags] = header.flags;
  write24(target, at + AT.reserved, header.reserved);
  write24(target, at + AT.vni, header.vni);
  target[at + AT.reservedLast] = header.reservedLast;
  return target;
}

/**
 * The header that begins at `at`.
 *
 * @throws CorruptionError if fewer than 8 bytes are left or the I flag is not set (RFC 7348 §5:
 *   it MUST be set)
 * @throws RangeError if `at` is no offset into `bytes`
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {decodeVxlanHeader} from "kernel-lib/packet";
 * decodeVxlanHeader(parseHex("080000000abcde00")).vni // => 703710
 */
export function decodeVxlanHeader(bytes: Uint8Array, at = 0): VxlanHeader {
  need(bytes, at, VXLAN_HEADER_BYTES, "VXLAN header");
  const flags = bytes[at + AT.flags]!;
  if ((flags & VNI_IS_VALID) === 0) {
    throw new CorruptionError(
      `Cannot decode VXLAN header: need flag 0x08, got flags ${hex(flags, 2)}`,
      at + AT.flags,
    );
  }
  return {
    flags,
    reserved: read24(bytes, at + AT.reserved),
    vni: read24(bytes, at + AT.vni),
    reservedLast: bytes[at + AT.reservedLast]!,
  };
}

/**
 * One line about the header.
 *
 * @example
 * import {describeVxlanHeader} from "kernel-lib/packet";
 * describeVxlanHeader({flags: 0x08, reserved: 0, vni: 0xabcde, reservedLast: 0})
 * // => 'VXLAN network 703710 (0x0abcde)'
 */
export function describeVxlanHeader({flags, reserved, vni, reservedLast}: VxlanHeader): string {
  const words = [`VXLAN network ${vni} (${hex(vni, 6)})`];
  if (flags !== VNI_IS_VALID) words.push(`flags ${hex(flags, 2)}`);
  if (reserved !== 0) words.push(`reserved ${hex(reserved, 6)}`);
  if (reservedLast !== 0) words.push(`last reserved ${hex(reservedLast, 2)}`);
  return words.join(", ");
}
