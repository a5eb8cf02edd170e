/**
 * A DHCP message: how a machine that has just booted learns its address. Discover, offer, request
 * and ack all have this one form, that of BOOTP with options behind a magic cookie.
 *
 * ```
 * op | hardwareType | hardwareLength | hops | transactionId (4) | seconds (2) | flags (2)
 * four addresses (4 each) | clientHardware (16) | serverName (64) | bootFile (128)
 * cookie (4) | options
 * ```
 *
 * Source: RFC 2131 §2; RFC 951 §3 (BOOTP); RFC 2132 (options). Fidelity: public; see
 * `dhcp-options` for what is simplified there.
 */
import {CorruptionError, formatHex} from "../bytes/index.js";
import {readIpv4Address, writeIpv4Address} from "./address.js";
import {checkNumber, need, needRoom, read16, read32, write16, write32} from "./big-endian.js";
import {
  decodeDhcpOptions,
  describeDhcpOption,
  DHCP_OPTION,
  dhcpOptionBytes,
  writeDhcpOptions,
} from "./dhcp-options.js";
import type {DhcpOption} from "./dhcp-options.js";
import {byteOffsets, fixedBytes} from "./field.js";
import type {Field} from "./field.js";
import {hex} from "./numbers.js";

/** `documented`: RFC 2131 §3, 99, 130, 83, 99 in decimal. */
const COOKIE = 0x63825363;

/** The table of the format; options follow. */
export const DHCP_MESSAGE_FIELDS: readonly Field<
  Exclude<keyof DhcpMessage, "options"> | "cookie"
>[] = [
  {name: "op", bits: 8, meaning: "1 from the client, 2 from the server"},
  {name: "hardwareType", bits: 8, meaning: "kind of link: 1 is Ethernet"},
  {name: "hardwareLength", bits: 8, meaning: "bytes of clientHardware that count"},
  {name: "hops", bits: 8, meaning: "relays it went through"},
  {name: "transactionId", bits: 32, meaning: "which answer belongs to which question"},
  {name: "seconds", bits: 16, meaning: "since the client began"},
  {name: "flags", bits: 16, meaning: "0x8000: answer by broadcast"},
  {name: "clientAddress", bits: 32, meaning: "what the client has already"},
  {name: "yourAddress", bits: 32, meaning: "what the client is given"},
  {name: "serverAddress", bits: 32, meaning: "where to boot from"},
  {name: "relayAddress", bits: 32, meaning: "the relay nearest to the client"},
  {name: "clientHardware", bits: 128, meaning: "MAC address of the client, then zeros"},
  {name: "serverName", bits: 512, meaning: "name of the server, ended by a zero"},
  {name: "bootFile", bits: 1024, meaning: "file to boot from, ended by a zero"},
  {name: "cookie", bits: 32, meaning: "options follow", fixed: COOKIE},
];
const AT = byteOffsets(DHCP_MESSAGE_FIELDS);
/** 240: without options. */
export const DHCP_MESSAGE_BYTES: number = fixedBytes(DHCP_MESSAGE_FIELDS);
/** Fields that are bytes in the value, and how many. */
const BLOCKS = {clientHardware: 16, serverName: 64, bootFile: 128} as const;
const ADDRESSES = ["clientAddress", "yourAddress", "serverAddress", "relayAddress"] as const;

/** The value of a DHCP message. */
export interface DhcpMessage {
  /** 1: from the client, BOOTREQUEST; 2: from the server, BOOTREPLY. */
  readonly op: number;
  /** 1 is Ethernet. */
  readonly hardwareType: number;
  /** 6 for a MAC address. */
  readonly hardwareLength: number;
  readonly hops: number;
  /** `xid`: 32 bits that the client chose at random. */
  readonly transactionId: number;
  /** `secs`: in [0, 65535]. */
  readonly seconds: number;
  /** 0x8000: answer by broadcast. */
  readonly flags: number;
  /** `ciaddr`; "0.0.0.0" for none, as in the next three. */
  readonly clientAddress: string;
  /** `yiaddr`. */
  readonly yourAddress: string;
  /** `siaddr`. */
  readonly serverAddress: string;
  /** `giaddr`. */
  readonly relayAddress: string;
  /** `chaddr`: 16 bytes; a view when decoded, as the next two. */
  readonly clientHardware: Uint8Array;
  /** `sname`: 64 bytes. */
  readonly serverName: Uint8Array;
  /** `file`: 128 bytes. */
  readonly bootFile: Uint8Array;
  /** In the order of the bytes; the last is the end option. */
  readonly options: readonly DhcpOption[];
}

/**
 * The bytes of the message.
 *
 * @param target where to write, default new bytes of just the right length
 * @param at offset in `target`
 * @returns `target`
 * @throws SyntaxError if an address is none
 * @throws RangeError if a number or a block of bytes does not fit its field, an option is too long,
 *   the last one is not the end option or `target` is too short
 * @example
 * import {DHCP_MESSAGE_TYPE, DHCP_OPTION, dhcpNumber, dhcpRequest, encodeDhcpMessage} from "kernel-lib/packet";
 * const discover = dhcpRequest({
 *   mac: "02:00:00:00:00:01",
 *   transactionId: 7,
 *   options: [dhcpNumber(DHCP_OPTION.messageType, DHCP_MESSAGE_TYPE.discover, 1)],
 * });
 * encodeDhcpMessage(discover).length // => 244
 */
export function encodeDhcpMessage(
  message: DhcpMessage,
  target: Uint8Array = new Uint8Array(dhcpMessageBytes(message)),
  at = 0,
): Uint8Array {
  const what = "DHCP message";
  needRoom(target, at, dhcpMessageBytes(message), what);
  for (const name of ["op", "hardwareType", "hardwareLength", "hops"] as const) {
    checkNumber(what, name, message[name], 256);
    target[at + AT[name]] = message[name];
  }
  checkNumber(what, "transactionId", message.transactionId, 2 ** 32);
  checkNumber(what, "seconds", message.seconds, 2 ** 16);
  checkNumber(what, "flags", message.flags, 2 ** 16);
  write32(target, at + AT.transactionId, message.transactionId);
  write16(target, at + AT.seconds, message.seconds);
  write16(target, at + AT.flags, message.flags);
  for (const name of ADDRESSES) writeIpv4Address(target, at + AT[name], message[name]);
  for (const name of ["clientHardware", "serverName", "bootFile"] as const) {
    if (message[name].length !== BLOCKS[name]) {
      throw new RangeError(
        `Cannot encode ${what}: need ${BLOCKS[name]} bytes of ${name}, got ${message[name].length}`,
      );
    }
    target.set(message[name], at + AT[name]);
  }
  write32(target, at + AT.cookie, COOKIE);
  if (message.options.at(-1)?.code !== DHCP_OPTION.end) {
    throw new RangeError(`Cannot encode ${what}: need an end option last, got none`);
  }
  writeDhcpOptions(message.options, target, at + DHCP_MESSAGE_BYTES);
  return target;
}

/** The bytes that the message takes with its options: 241 or more. */
export function dhcpMessageBytes({options}: {readonly options: readonly DhcpOption[]}): number {
  return DHCP_MESSAGE_BYTES + dhcpOptionBytes(options);
}

/**
 * The message that begins at `at` and takes all the rest of `bytes`.
 *
 * @returns the value; blocks of bytes are views into `bytes`
 * @throws CorruptionError if fewer than 240 bytes are left, the cookie is not there, an option runs
 *   over the end or no end is marked
 * @throws RangeError if `at` is no offset into `bytes`
 * @example
 * import {decodeDhcpMessage, dhcpRequest, encodeDhcpMessage} from "kernel-lib/packet";
 * const bytes = encodeDhcpMessage(dhcpRequest({mac: "02:00:00:00:00:01", transactionId: 7, options: []}));
 * decodeDhcpMessage(bytes).transactionId // => 7
 */
export function decodeDhcpMessage(bytes: Uint8Array, at = 0): DhcpMessage {
  need(bytes, at, DHCP_MESSAGE_BYTES, "DHCP message");
  const cookie = read32(bytes, at + AT.cookie);
  if (cookie !== COOKIE) {
    throw new CorruptionError(
      `Cannot decode DHCP message: need the cookie ${hex(COOKIE, 8)}, got ${hex(cookie, 8)}`,
      at + AT.cookie,
    );
  }
  const block = (name: keyof typeof BLOCKS): Uint8Array =>
    bytes.subarray(at + AT[name], at + AT[name] + BLOCKS[name]);
  return {
    op: bytes[at + AT.op]!,
    hardwareType: bytes[at + AT.hardwareType]!,
    hardwareLength: bytes[at + AT.hardwareLength]!,
    hops: bytes[at + AT.hops]!,
    transactionId: read32(bytes, at + AT.transactionId),
    seconds: read16(bytes, at + AT.seconds),
    flags: read16(bytes, at + AT.flags),
    clientAddress: readIpv4Address(bytes, at + AT.clientAddress),
    yourAddress: readIpv4Address(bytes, at + AT.yourAddress),
    serverAddress: readIpv4Address(bytes, at + AT.serverAddress),
    relayAddress: readIpv4Address(bytes, at + AT.relayAddress),
    clientHardware: block("clientHardware"),
    serverName: block("serverName"),
    bootFile: block("bootFile"),
    options: decodeDhcpOptions(bytes, at + DHCP_MESSAGE_BYTES),
  };
}

/**
 * One line about the message.
 *
 * @example
 * import {DHCP_OPTION, describeDhcpMessage, dhcpAddresses, dhcpRequest} from "kernel-lib/packet";
 * const options = [dhcpAddresses(DHCP_OPTION.requestedAddress, ["10.0.1.5"])];
 * describeDhcpMessage(dhcpRequest({mac: "02:00:00:00:00:01", transactionId: 7, options}))
 * // => 'DHCP from client 02 00 00 00 00 01, transaction 0x00000007, requested address 10.0.1.5'
 */
export function describeDhcpMessage(message: DhcpMessage): string {
  const from =
    message.op === 1 ? "from client" : message.op === 2 ? "to client" : `op ${message.op}`;
  const hardware = message.clientHardware.subarray(0, message.hardwareLength);
  const words = [
    `DHCP ${from} ${formatHex(hardware)}`,
    `transaction ${hex(message.transactionId, 8)}`,
    ...ADDRESSES.filter((name) => message[name] !== "0.0.0.0").map(
      (name) => `${name.replace("Address", " address")} ${message[name]}`,
    ),
    ...message.options.map(describeDhcpOption).filter((text) => text !== ""),
  ];
  return words.join(", ");
}
