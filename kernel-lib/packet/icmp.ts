/**
 * The ICMP header: echo, and the errors by which a network tells a sender what became of a packet.
 *
 * ```
 * type | code | checksum (2) | four bytes that depend on the type | payload
 * ```
 *
 * An error's payload quotes the packet it is about: its IPv4 header and at least 8 bytes more
 * (RFC 792; as much as fits into 576 bytes, RFC 1812 §4.3.2.3).
 *
 * Source: RFC 792; RFC 1191 §4 (next-hop MTU). Fidelity: public; the types that this library's
 * networks send are decoded, of all others the four bytes are kept as a number.
 */
import {readIpv4Address, writeIpv4Address} from "./address.js";
import {checkNumber, need, needRoom, read16, read32, write16, write32} from "./big-endian.js";
import {byteOffsets, fixedBytes} from "./field.js";
import type {Field} from "./field.js";
import {hex} from "./numbers.js";

/** The table of the format; `rest` is what the types differ in. */
export const ICMP_HEADER_FIELDS: readonly Field<"type" | "code" | "checksum" | "rest">[] = [
  {name: "type", bits: 8, meaning: "what the message is"},
  {name: "code", bits: 8, meaning: "which kind of it"},
  {name: "checksum", bits: 16, meaning: "Internet checksum of header and payload"},
  {name: "rest", bits: 32, meaning: "depends on the type"},
];
/** `rest` in echo request and reply. */
export const ICMP_ECHO_FIELDS: readonly Field<"identifier" | "sequence">[] = [
  {name: "identifier", bits: 16, meaning: "tells one ping from another, as a port would"},
  {name: "sequence", bits: 16, meaning: "tells one request from another"},
];
/** `rest` in destination unreachable. */
export const ICMP_UNREACHABLE_FIELDS: readonly Field<"unused" | "nextHopMtu">[] = [
  {name: "unused", bits: 16, meaning: "0"},
  {name: "nextHopMtu", bits: 16, meaning: "with code 4: the longest packet that would pass"},
];
/** `rest` in redirect. */
export const ICMP_REDIRECT_FIELDS: readonly Field<"gateway">[] = [
  {name: "gateway", bits: 32, meaning: "the router to use instead"},
];
const AT = byteOffsets(ICMP_HEADER_FIELDS);
/** 8. */
export const ICMP_HEADER_BYTES: number = fixedBytes(ICMP_HEADER_FIELDS);

/** `documented`: IANA, "ICMP Type Numbers". */
export const ICMP_TYPE: Readonly<
  Record<"echoReply" | "unreachable" | "redirect" | "echoRequest" | "timeExceeded", number>
> = {echoReply: 0, unreachable: 3, redirect: 5, echoRequest: 8, timeExceeded: 11};

/** `documented`: RFC 792 and RFC 1812 §5.2.7.1, codes of type 3. */
export const UNREACHABLE_CODE: Readonly<
  Record<"network" | "host" | "protocol" | "port" | "fragmentationNeeded" | "prohibited", number>
> = {network: 0, host: 1, protocol: 2, port: 3, fragmentationNeeded: 4, prohibited: 13};

/** What all kinds begin with. */
export interface IcmpStart {
  /** See `ICMP_TYPE`; decides `kind`. */
  readonly type: number;
  readonly code: number;
  readonly checksum: number;
}

/** Type 8, which asks for an answer, or 0, the answer. */
export interface IcmpEcho extends IcmpStart {
  readonly kind: "echo";
  readonly identifier: number;
  readonly sequence: number;
}

/** Type 3: the packet was dropped, and why. */
export interface IcmpUnreachable extends IcmpStart {
  readonly kind: "unreachable";
  /** 16 bits, 0 if right (RFC 4884 gives 8 of them to a length). */
  readonly unused: number;
  /** With code 4 the bytes of the longest packet that would pass (RFC 1191 §4); otherwise 0. */
  readonly nextHopMtu: number;
}

/** Type 11: the ttl reached 0 (code 0), or fragments were missing for too long (code 1). */
export interface IcmpTimeExceeded extends IcmpStart {
  readonly kind: "timeExceeded";
  /** 32 bits, 0 if right. */
  readonly unused: number;
}

/** Type 5: a better first router. */
export interface IcmpRedirect extends IcmpStart {
  readonly kind: "redirect";
  readonly gateway: string;
}

/** Any other type. */
export interface IcmpOther extends IcmpStart {
  readonly kind: "other";
  /** The four bytes as a number. */
  readonly rest: number;
}

/** The value of an ICMP header. */
export type IcmpHeader = IcmpEcho | IcmpUnreachable | IcmpTimeExceeded | IcmpRedirect | IcmpOther;

/** What a header of a type is called; types not named are "other". */
function kindOf(type: number): IcmpHeader["kind"] {
  if (type === ICMP_TYPE.echoRequest || type === ICMP_TYPE.echoReply) return "echo";
  if (type === ICMP_TYPE.unreachable) return "unreachable";
  if (type === ICMP_TYPE.timeExceeded) return "timeExceeded";
  return type === ICMP_TYPE.redirect ? "redirect" : "other";
}

/**
 * The 8 bytes of the header, as the value says: no checksum is computed (`encodeFrame` does).
 *
 * @param target where to write, default new bytes of just that length
 * @param at offset in `target`
 * @returns `target`
 * @throws SyntaxError if the gateway is no address
 * @throws RangeError if a number does not fit its field, `kind` is not that of the type or `target`
 *   is too short
 * @example
 * import {formatHex} from "kernel-lib/bytes";
 * import {encodeIcmpHeader} from "kernel-lib/packet";
 * const tooBig = {kind: "unreachable", type: 3, code: 4, checksum: 0, unused: 0, nextHopMtu: 1500} as const;
 * formatHex(encodeIcmpHeader(tooBig)) // => '03 04 00 00 00 00 05 dc'
 */
export function encodeIcmpHeader(
  header: IcmpHeader,
  target: Uint8Array = new Uint8Array(ICMP_HEADER_BYTES),
  at = 0,
): Uint8Array {
  needRoom(target, at, ICMP_HEADER_BYTES, "ICMP header");
  checkNumber("ICMP header", "type", header.type, 256);
  checkNumber("ICMP header", "code", header.code, 256);
  checkNumber("ICMP header", "checksum", header.checksum, 2 ** 16);
  if (header.kind !== kindOf(header.type)) {
    throw new RangeError(
      `Cannot encode ICMP header: need kind ${kindOf(header.type)} for type ${header.type}, got ${header.kind}`,
    );
  }
  target[at + AT.type] = header.type;
  target[at + AT.code] = header.code;
  write16(target, at + AT.checksum, header.checksum);
  writeRest(header, target, at + AT.rest);
  return target;
}

function writeRest(header: IcmpHeader, target: Uint8Array, at: number): void {
  const halves = (first: string, one: number, second: string, two: number): void => {
    checkNumber("ICMP header", first, one, 2 ** 16);
    checkNumber("ICMP header", second, two, 2 ** 16);
    write16(target, at, one);
    write16(target, at + 2, two);
  };
  switch (header.kind) {
    case "echo":
      return halves("identifier", header.identifier, "sequence", header.sequence);
    case "unreachable":
      return halves("unused", header.unused, "nextHopMtu", header.nextHopMtu);
    case "redirect":
      return writeIpv4Address(target, at, header.gateway);
    default: {
      const rest = header.kind === "other" ? header.rest : header.unused;
      checkNumber("ICMP header", header.kind === "other" ? "rest" : "unused", rest, 2 ** 32);
      return write32(target, at, rest);
    }
  }
}

/**
 * The header that begins at `at`. Its checksum is not verified: `verifyChecksums` does that.
 *
 * @throws CorruptionError if fewer than 8 bytes are left
 * @throws RangeError if `at` is no offset into `bytes`
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {decodeIcmpHeader} from "kernel-lib/packet";
 * const header = decodeIcmpHeader(parseHex("0304 0000 0000 05dc"));
 * header.kind === "unreachable" && header.nextHopMtu // => 1500
 */
export function decodeIcmpHeader(bytes: Uint8Array, at = 0): IcmpHeader {
  need(bytes, at, ICMP_HEADER_BYTES, "ICMP header");
  const type = bytes[at + AT.type]!;
  const code = bytes[at + AT.code]!;
  const checksum = read16(bytes, at + AT.checksum);
  const rest = at + AT.rest;
  switch (kindOf(type)) {
    case "echo": {
      const [identifier, sequence] = [read16(bytes, rest), read16(bytes, rest + 2)];
      return {kind: "echo", type, code, checksum, identifier, sequence};
    }
    case "unreachable": {
      const [unused, nextHopMtu] = [read16(bytes, rest), read16(bytes, rest + 2)];
      return {kind: "unreachable", type, code, checksum, unused, nextHopMtu};
    }
    case "timeExceeded":
      return {kind: "timeExceeded", type, code, checksum, unused: read32(bytes, rest)};
    case "redirect":
      return {kind: "redirect", type, code, checksum, gateway: readIpv4Address(bytes, rest)};
    default:
      return {kind: "other", type, code, checksum, rest: read32(bytes, rest)};
  }
}

/**
 * One line about the header.
 *
 * @example
 * import {describeIcmpHeader} from "kernel-lib/packet";
 * const header = {kind: "echo", type: 8, code: 0, checksum: 0xf7fd, identifier: 1, sequence: 1} as const;
 * describeIcmpHeader(header) // => 'ICMP echo request 1 of ping 1, checksum 0xf7fd'
 */
export function describeIcmpHeader(header: IcmpHeader): string {
  return `ICMP ${describeKind(header)}, checksum ${hex(header.checksum, 4)}`;
}

function describeKind(header: IcmpHeader): string {
  const {type, code} = header;
  switch (header.kind) {
    case "echo": {
      const what = type === ICMP_TYPE.echoRequest ? "request" : "reply";
      return `echo ${what} ${header.sequence} of ping ${header.identifier}`;
    }
    case "unreachable": {
      if (code === UNREACHABLE_CODE.fragmentationNeeded) {
        return `fragmentation needed, next hop takes ${header.nextHopMtu} bytes`;
      }
      const [name] = Object.entries(UNREACHABLE_CODE).find(([, number]) => number === code) ?? [];
      return name === "prohibited"
        ? "prohibited by a filter"
        : `${name ?? `code ${code}:`} unreachable`;
    }
    case "timeExceeded":
      return code === 0 ? "time exceeded in transit" : "time exceeded for the other fragments";
    case "redirect":
      return `redirect to ${header.gateway}`;
    default:
      return `type ${type}, code ${code}, rest ${hex(header.rest, 8)}`;
  }
}
