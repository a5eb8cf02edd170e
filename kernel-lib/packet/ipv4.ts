/**
 * The IPv4 header: from where to where, how long, and which piece of a datagram.
 *
 * ```
 * version, length | dscp, ecn | totalLength (2) | identification (2) | flags, fragment offset (2)
 * ttl | protocol | checksum (2) | source (4) | destination (4) | options (0 to 40)
 * ```
 *
 * Source: RFC 791 §3.1; RFC 2474 §3 (dscp); RFC 3168 §5 (ecn); RFC 1191 (dontFragment).
 * Fidelity: public; the data of options are kept as bytes.
 */
import {CorruptionError} from "../bytes/index.js";
import {readIpv4Address, writeIpv4Address} from "./address.js";
import {checkNumber, need, needRoom, read16, write16} from "./big-endian.js";
import {byteOffsets, fixedBytes} from "./field.js";
import type {Field} from "./field.js";
import {describeIpv4Option, ipv4OptionBytes} from "./ipv4-options.js";
import type {Ipv4Option} from "./ipv4-options.js";
import {byteCount, hex} from "./numbers.js";
import {
  headerBytes,
  NO_OPTIONS,
  otherOption,
  splitOptions,
  writeGeneralOption,
} from "./option-list.js";

/** What the header has and the value leaves out: fixed, or decided by the options. */
type Implied = "version" | "headerLength";

/** The table of the format; options follow. */
export const IPV4_HEADER_FIELDS: readonly Field<Exclude<keyof Ipv4Header, "options"> | Implied>[] =
  [
    {name: "version", bits: 4, meaning: "version of the protocol", fixed: 4},
    {
      name: "headerLength",
      bits: 4,
      meaning: "length of the header with options, in words of 4 bytes",
    },
    {name: "dscp", bits: 6, meaning: "class of service wanted"},
    {name: "ecn", bits: 2, meaning: "whether a router was congested"},
    {name: "totalLength", bits: 16, meaning: "bytes of header and payload"},
    {name: "identification", bits: 16, meaning: "which datagram a fragment belongs to"},
    {name: "reservedFlag", bits: 1, meaning: "0"},
    {name: "dontFragment", bits: 1, meaning: "drop it rather than split it"},
    {name: "moreFragments", bits: 1, meaning: "this is not the last fragment"},
    {name: "fragmentOffsetBytes", bits: 13, meaning: "place in the datagram, in units of 8 bytes"},
    {name: "ttl", bits: 8, meaning: "how many more routers may forward it"},
    {name: "protocol", bits: 8, meaning: "what the payload is"},
    {name: "checksum", bits: 16, meaning: "Internet checksum of the header"},
    {name: "source", bits: 32, meaning: "address of the sender"},
    {name: "destination", bits: 32, meaning: "address of the receiver"},
  ];
const AT = byteOffsets(IPV4_HEADER_FIELDS);
/** 20: without options. */
export const IPV4_HEADER_BYTES: number = fixedBytes(IPV4_HEADER_FIELDS);

/** `documented`: IANA, "Protocol Numbers". */
export const IP_PROTOCOL: Readonly<Record<"icmp" | "tcp" | "udp", number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
};

/** The value of an IPv4 header: every bit of it but version and header length. */
export interface Ipv4Header {
  /** In [0, 63]. */
  readonly dscp: number;
  /** In [0, 3]; 3 says that a router was congested. */
  readonly ecn: number;
  /** Bytes of header and payload, in [20, 65535]. */
  readonly totalLength: number;
  readonly identification: number;
  readonly reservedFlag: boolean;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** In bytes: a multiple of 8, up to 65,528. */
  readonly fragmentOffsetBytes: number;
  /** In [0, 255]. */
  readonly ttl: number;
  /** See `IP_PROTOCOL`. */
  readonly protocol: number;
  readonly checksum: number;
  /** Like "10.0.1.5". */
  readonly source: string;
  readonly destination: string;
  readonly options: readonly Ipv4Option[];
}

/**
 * The bytes of the header, as the value says: neither checksum nor total length is computed
 * (`encodeFrame` does). Options are padded with zeros to a multiple of four bytes.
 *
 * @param target where to write, default new bytes of just the right length
 * @param at offset in `target`
 * @returns `target`
 * @throws SyntaxError if an address is none
 * @throws RangeError if a number does not fit its field, options take more than 40 bytes or
 *   `target` is too short
 * @example
 * import {decodeIpv4Header, encodeIpv4Header} from "kernel-lib/packet";
 * import {parseHex} from "kernel-lib/bytes";
 * const header = decodeIpv4Header(parseHex("45000028123440004006118e0a0001050a00020a"));
 * encodeIpv4Header({...header, ttl: 63})[8] // => 63
 */
export function encodeIpv4Header(
  header: Ipv4Header,
  target: Uint8Array = new Uint8Array(ipv4HeaderBytes(header)),
  at = 0,
): Uint8Array {
  const length = ipv4HeaderBytes(header);
  needRoom(target, at, length, "IPv4 header");
  check(header);
  target[at] = 0x40 | (length >> 2);
  target[at + AT.dscp] = (header.dscp << 2) | header.ecn;
  write16(target, at + AT.totalLength, header.totalLength);
  write16(target, at + AT.identification, header.identification);
  const flags =
    (header.reservedFlag ? 0x8000 : 0) |
    (header.dontFragment ? 0x4000 : 0) |
    (header.moreFragments ? 0x2000 : 0);
  write16(target, at + AT.reservedFlag, flags | (header.fragmentOffsetBytes >> 3));
  target[at + AT.ttl] = header.ttl;
  target[at + AT.protocol] = header.protocol;
  write16(target, at + AT.checksum, header.checksum);
  writeIpv4Address(target, at + AT.source, header.source);
  writeIpv4Address(target, at + AT.destination, header.destination);
  let next = at + IPV4_HEADER_BYTES;
  for (const option of header.options) {
    next = writeGeneralOption(option, target, next, "IPv4 header");
  }
  target.fill(0, next, at + length);
  return target;
}

function check(header: Ipv4Header): void {
  const what = "IPv4 header";
  checkNumber(what, "dscp", header.dscp, 64);
  checkNumber(what, "ecn", header.ecn, 4);
  checkNumber(what, "totalLength", header.totalLength, 2 ** 16);
  checkNumber(what, "identification", header.identification, 2 ** 16);
  checkNumber(what, "fragmentOffsetBytes", header.fragmentOffsetBytes, 2 ** 16);
  if (header.fragmentOffsetBytes % 8 !== 0) {
    throw new RangeError(
      `Cannot encode IPv4 header: need a fragment offset in units of 8 bytes, got ${header.fragmentOffsetBytes}`,
    );
  }
  checkNumber(what, "ttl", header.ttl, 256);
  checkNumber(what, "protocol", header.protocol, 256);
  checkNumber(what, "checksum", header.checksum, 2 ** 16);
}

/**
 * The bytes that the header takes with its options: a multiple of four in [20, 60].
 *
 * @throws RangeError if options take more than 40 bytes
 */
export function ipv4HeaderBytes({options}: {readonly options: readonly Ipv4Option[]}): number {
  if (options.length === 0) return IPV4_HEADER_BYTES;
  return headerBytes(IPV4_HEADER_BYTES, ipv4OptionBytes(options), "IPv4 header");
}

/**
 * The header that begins at `at`. Its checksum is not verified: `verifyChecksums` does that.
 *
 * @returns the value; the data of its options are views into `bytes`
 * @throws CorruptionError if bytes are missing, the version is not 4, the header length is below 20,
 *   the total length below that, or an option runs over the header
 * @throws RangeError if `at` is no offset into `bytes`
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {decodeIpv4Header} from "kernel-lib/packet";
 * const header = decodeIpv4Header(parseHex("45000028123440004006118e0a0001050a00020a"));
 * header.source // => '10.0.1.5'
 * header.dontFragment // => true
 */
export function decodeIpv4Header(bytes: Uint8Array, at = 0): Ipv4Header {
  need(bytes, at, IPV4_HEADER_BYTES, "IPv4 header");
  const length = checkedHeaderLength(bytes, at);
  const dscpEcn = bytes[at + AT.dscp]!;
  const fragment = read16(bytes, at + AT.reservedFlag);
  return {
    dscp: dscpEcn >> 2,
    ecn: dscpEcn & 3,
    totalLength: read16(bytes, at + AT.totalLength),
    identification: read16(bytes, at + AT.identification),
    reservedFlag: (fragment & 0x8000) !== 0,
    dontFragment: (fragment & 0x4000) !== 0,
    moreFragments: (fragment & 0x2000) !== 0,
    fragmentOffsetBytes: (fragment & 0x1fff) << 3,
    ttl: bytes[at + AT.ttl]!,
    protocol: bytes[at + AT.protocol]!,
    checksum: read16(bytes, at + AT.checksum),
    source: readIpv4Address(bytes, at + AT.source),
    destination: readIpv4Address(bytes, at + AT.destination),
    options:
      length === IPV4_HEADER_BYTES
        ? NO_OPTIONS
        : splitOptions(bytes, at + IPV4_HEADER_BYTES, at + length, "IPv4 header", otherOption),
  };
}

/** @returns the length of the header with options, in bytes, all of which are there */
function checkedHeaderLength(bytes: Uint8Array, at: number): number {
  const version = bytes[at]! >> 4;
  if (version !== 4) {
    throw new CorruptionError(`Cannot decode IPv4 header: need version 4, got ${version}`, at);
  }
  const length = (bytes[at]! & 15) << 2;
  if (length < IPV4_HEADER_BYTES) {
    throw new CorruptionError(
      `Cannot decode IPv4 header: need a header length of 20 or more, got ${length}`,
      at,
    );
  }
  if (length > IPV4_HEADER_BYTES) need(bytes, at, length, "IPv4 header");
  const totalLength = read16(bytes, at + AT.totalLength);
  if (totalLength < length) {
    throw new CorruptionError(
      `Cannot decode IPv4 header: need a total length of ${length} or more, got ${totalLength}`,
      at + AT.totalLength,
    );
  }
  return length;
}

/**
 * One line about the header.
 *
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {decodeIpv4Header, describeIpv4Header} from "kernel-lib/packet";
 * const header = decodeIpv4Header(parseHex("45000028123440004006118e0a0001050a00020a"));
 * describeIpv4Header(header)
 * // => "IPv4 10.0.1.5 → 10.0.2.10, TCP, ttl 64, 40 bytes, id 0x1234, don't fragment, checksum 0x118e"
 */
export function describeIpv4Header(header: Ipv4Header): string {
  const {source, destination, ttl, totalLength, fragmentOffsetBytes, options} = header;
  const protocol = {1: "ICMP", 6: "TCP", 17: "UDP"}[header.protocol];
  const words = [
    `IPv4 ${source} → ${destination}`,
    protocol ?? `protocol ${header.protocol}`,
    `ttl ${ttl}`,
    byteCount(totalLength),
    `id ${hex(header.identification, 4)}`,
  ];
  if (header.dscp !== 0) words.push(`dscp ${header.dscp}`);
  if (header.ecn !== 0) words.push(`ecn ${header.ecn}`);
  if (header.reservedFlag) words.push("reserved flag");
  if (header.dontFragment) words.push("don't fragment");
  if (header.moreFragments) words.push("more fragments");
  if (fragmentOffsetBytes > 0) words.push(`fragment at ${fragmentOffsetBytes}`);
  words.push(`checksum ${hex(header.checksum, 4)}`, ...options.map(describeIpv4Option));
  return words.join(", ");
}
