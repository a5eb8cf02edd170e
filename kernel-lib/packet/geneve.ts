/**
 * The Geneve header: what VXLAN is, with options for whatever a network wants to carry along. AWS's
 * Gateway Load Balancer speaks it to its appliances.
 *
 * ```
 * version, length | O, C, reserved | protocol (2) | vni (3) | reservedLast | options (0 to 252)
 * ```
 *
 * Source: RFC 8926 §3.4, §3.5. Fidelity: public.
 */
import {CorruptionError, formatHex} from "../bytes/index.js";
import {checkNumber, need, needRoom, read16, read24, write16, write24} from "./big-endian.js";
import {nameEtherType} from "./ethernet.js";
import {byteOffsets, fixedBytes} from "./field.js";
import type {Field} from "./field.js";
import {hex} from "./numbers.js";
import {NO_OPTIONS} from "./option-list.js";

/** The table of the format; options follow. */
export const GENEVE_HEADER_FIELDS: readonly Field<
  Exclude<keyof GeneveHeader, "options"> | "version" | "optionsLength"
>[] = [
  {name: "version", bits: 2, meaning: "version of the format", fixed: 0},
  {name: "optionsLength", bits: 6, meaning: "length of the options, in words of 4 bytes"},
  {name: "control", bits: 1, meaning: "the payload is for the tunnel's ends"},
  {name: "critical", bits: 1, meaning: "some option must be understood"},
  {name: "reserved", bits: 6, meaning: "0"},
  {name: "protocol", bits: 16, meaning: "what the payload is, as an EtherType"},
  {name: "vni", bits: 24, meaning: "network identifier"},
  {name: "reservedLast", bits: 8, meaning: "0"},
];
const AT = byteOffsets(GENEVE_HEADER_FIELDS);
/** 8: without options. */
export const GENEVE_HEADER_BYTES: number = fixedBytes(GENEVE_HEADER_FIELDS);

/** The table of one option; its data follow. */
export const GENEVE_OPTION_FIELDS: readonly Field<
  Exclude<keyof GeneveOption, "data"> | "dataLength"
>[] = [
  {name: "optionClass", bits: 16, meaning: "who defines the type"},
  {name: "type", bits: 8, meaning: "what it is; the first bit: must be understood"},
  {name: "reserved", bits: 3, meaning: "0"},
  {name: "dataLength", bits: 5, meaning: "length of the data, in words of 4 bytes"},
];
const OPTION_AT = byteOffsets(GENEVE_OPTION_FIELDS);
const OPTION_BYTES: number = fixedBytes(GENEVE_OPTION_FIELDS);

/** One option of a Geneve header. */
export interface GeneveOption {
  /** In [0, 65535]; 0x0108 is Amazon's (IANA, "Geneve Option Class"). */
  readonly optionClass: number;
  /** In [0, 255]; from 128 on a receiver that does not know it must drop the packet. */
  readonly type: number;
  /** 3 bits, 0 if right. */
  readonly reserved: number;
  /** A multiple of 4 bytes, up to 124; a view when decoded. */
  readonly data: Uint8Array;
}

/** The value of a Geneve header: every bit of it but version and length. */
export interface GeneveHeader {
  readonly control: boolean;
  readonly critical: boolean;
  /** 6 bits, 0 if right. */
  readonly reserved: number;
  /** 0x6558 for an Ethernet frame, 0x0800 for an IPv4 packet: see `ETHER_TYPE`. */
  readonly protocol: number;
  /** Virtual network identifier, in [0, 2^24). */
  readonly vni: number;
  /** 8 bits, 0 if right. */
  readonly reservedLast: number;
  readonly options: readonly GeneveOption[];
}

/**
 * The bytes of the header with its options.
 *
 * @param target where to write, default new bytes of just the right length
 * @param at offset in `target`
 * @returns `target`
 * @throws RangeError if a number does not fit its field, an option's data are no multiple of 4 bytes
 *   up to 124, options take more than 252 bytes or `target` is too short
 * @example
 * import {formatHex} from "kernel-lib/bytes";
 * import {encodeGeneveHeader} from "kernel-lib/packet";
 * const header = {control: false, critical: false, reserved: 0, protocol: 0x6558, vni: 0xabcde, reservedLast: 0, options: []};
 * formatHex(encodeGeneveHeader(header)) // => '00 00 65 58 0a bc de 00'
 */
export function encodeGeneveHeader(
  header: GeneveHeader,
  target: Uint8Array = new Uint8Array(geneveHeaderBytes(header)),
  at = 0,
): Uint8Array {
  const length = geneveHeaderBytes(header);
  needRoom(target, at, length, "Geneve header");
  checkNumber("Geneve header", "reserved", header.reserved, 64);
  checkNumber("Geneve header", "protocol", header.protocol, 2 ** 16);
  checkNumber("Geneve header", "vni", header.vni, 2 ** 24);
  checkNumber("Geneve header", "reservedLast", header.reservedLast, 256);
  target[at] = (length - GENEVE_HEADER_BYTES) >> 2;
  const flags = (header.control ? 0x80 : 0) | (header.critical ? 0x40 : 0);
  target[at + AT.control] = flags | header.reserved;
  write16(target, at + AT.protocol, header.protocol);
  write24(target, at + AT.vni, header.vni);
  target[at + AT.reservedLast] = header.reservedLast;
  let next = at + GENEVE_HEADER_BYTES;
  for (const option of header.options) {
    write16(target, next + OPTION_AT.optionClass, option.optionClass);
    target[next + OPTION_AT.type] = option.type;
    target[next + OPTION_AT.reserved] = (option.reserved << 5) | (option.data.length >> 2);
    target.set(option.data, next + OPTION_BYTES);
    next += OPTION_BYTES + option.data.length;
  }
  return target;
}

/**
 * The bytes that the header takes with its options: a multiple of four in [8, 260].
 *
 * @throws RangeError if an option cannot be encoded, or all together take more than 252 bytes
 */
export function geneveHeaderBytes({options}: {readonly options: readonly GeneveOption[]}): number {
  let bytes = 0;
  for (const {optionClass, type, reserved, data} of options) {
    checkNumber("Geneve option", "optionClass", optionClass, 2 ** 16);
    checkNumber("Geneve option", "type", type, 256);
    checkNumber("Geneve option", "reserved", reserved, 8);
    if (data.length % 4 !== 0 || data.length > 124) {
      throw new RangeError(
        `Cannot encode Geneve option: need data of 0, 4, … or 124 bytes, got ${data.length}`,
      );
    }
    bytes += OPTION_BYTES + data.length;
  }
  if (bytes > 252) {
    throw new RangeError(
      `Cannot encode Geneve header: need options of at most 252 bytes, got ${bytes}`,
    );
  }
  return GENEVE_HEADER_BYTES + bytes;
}

/**
 * The header that begins at `at`.
 *
 * @returns the value; the data of its options are views into `bytes`
 * @throws CorruptionError if bytes are missing, the version is not 0, or an option runs over the end
 *   of the options
 * @throws RangeError if `at` is no offset into `bytes`
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {decodeGeneveHeader} from "kernel-lib/packet";
 * const header = decodeGeneveHeader(parseHex("01 00 6558 0abcde 00  0108 01 00"));
 * header.options[0].optionClass // => 264
 */
export function decodeGeneveHeader(bytes: Uint8Array, at = 0): GeneveHeader {
  need(bytes, at, GENEVE_HEADER_BYTES, "Geneve header");
  const version = bytes[at]! >> 6;
  if (version !== 0) {
    throw new CorruptionError(`Cannot decode Geneve header: need version 0, got ${version}`, at);
  }
  const length = GENEVE_HEADER_BYTES + ((bytes[at]! & 63) << 2);
  need(bytes, at, length, "Geneve header");
  const flags = bytes[at + AT.control]!;
  return {
    control: (flags & 0x80) !== 0,
    critical: (flags & 0x40) !== 0,
    reserved: flags & 63,
    protocol: read16(bytes, at + AT.protocol),
    vni: read24(bytes, at + AT.vni),
    reservedLast: bytes[at + AT.reservedLast]!,
    options:
      length === GENEVE_HEADER_BYTES
        ? NO_OPTIONS
        : decodeOptions(bytes, at + GENEVE_HEADER_BYTES, at + length),
  };
}

/** bytes[start, end), a multiple of four bytes, as options. */
function decodeOptions(bytes: Uint8Array, start: number, end: number): GeneveOption[] {
  const options: GeneveOption[] = [];
  for (let at = start; at < end;) {
    const [data, last] = [at + OPTION_BYTES, bytes[at + OPTION_AT.reserved]!];
    const next = data + ((last & 31) << 2);
    if (next > end) {
      throw new CorruptionError(
        `Cannot decode Geneve header: need an option of at most ${end - at} bytes, got ${next - at}`,
        at,
      );
    }
    options.push({
      optionClass: read16(bytes, at + OPTION_AT.optionClass),
      type: bytes[at + OPTION_AT.type]!,
      reserved: last >> 5,
      data: bytes.subarray(data, next),
    });
    at = next;
  }
  return options;
}

/**
 * One line about the header.
 *
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {decodeGeneveHeader, describeGeneveHeader} from "kernel-lib/packet";
 * describeGeneveHeader(decodeGeneveHeader(parseHex("000065580abcde00")))
 * // => 'Geneve network 703710 (0x0abcde), payload 0x6558 (Ethernet)'
 */
export function describeGeneveHeader(header: GeneveHeader): string {
  const {vni, protocol, reserved, reservedLast} = header;
  const words = [`Geneve network ${vni} (${hex(vni, 6)})`, `payload ${nameEtherType(protocol)}`];
  if (header.control) words.push("control");
  if (header.critical) words.push("critical");
  if (reserved !== 0) words.push(`reserved ${hex(reserved, 2)}`);
  if (reservedLast !== 0) words.push(`last reserved ${hex(reservedLast, 2)}`);
  for (const {optionClass, type, data} of header.options) {
    words.push(`option ${hex(optionClass, 4)}/${type} (${formatHex(data)})`);
  }
  return words.join(", ");
}
