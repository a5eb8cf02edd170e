/**
 * The options of a DHCP message: a code, a length, data. Code 0 is one byte of padding, code 255
 * ends the list.
 *
 * Source: RFC 2132 §2 (form), §3 to §9 (codes). Fidelity: public. Simplified: an option of more
 * than 255 bytes, split into several of one code (RFC 3396), is not put together, and options that
 * overflow into the fields for names (RFC 2132 §9.3) are not looked for.
 */
import {CorruptionError, formatHex} from "../bytes/index.js";
import {formatIpv4Address, parseIpv4Address} from "./address.js";
import {read32, write32} from "./big-endian.js";

/** One option of a DHCP message, as bytes. */
export interface DhcpOption {
  /** In [1, 254]. 0 is padding and has no data; 255 is the end, its data all that follows it. */
  readonly code: number;
  /** At most 255 bytes, save after the end; a view when decoded. */
  readonly data: Uint8Array;
}

/** `documented`: RFC 2132, by section. */
export const DHCP_OPTION: Readonly<
  Record<
    | "subnetMask"
    | "router"
    | "nameServer"
    | "hostName"
    | "interfaceMtu"
    | "requestedAddress"
    | "leaseSeconds"
    | "messageType"
    | "serverIdentifier"
    | "parameterList"
    | "clientIdentifier"
    | "end",
    number
  >
> = {
  subnetMask: 1,
  router: 3,
  nameServer: 6,
  hostName: 12,
  interfaceMtu: 26,
  requestedAddress: 50,
  leaseSeconds: 51,
  messageType: 53,
  serverIdentifier: 54,
  parameterList: 55,
  clientIdentifier: 61,
  end: 255,
};
const PADDING = 0;

/** `documented`: RFC 2132 §9.6. */
export const DHCP_MESSAGE_TYPE: Readonly<
  Record<
    "discover" | "offer" | "request" | "decline" | "ack" | "nak" | "release" | "inform",
    number
  >
> = {discover: 1, offer: 2, request: 3, decline: 4, ack: 5, nak: 6, release: 7, inform: 8};

/**
 * An option whose data are IPv4 addresses.
 *
 * @param code in [1, 254], see `DHCP_OPTION`
 * @param addresses like "10.0.1.1", up to 63
 * @throws SyntaxError if one is no address
 * @example
 * import {DHCP_OPTION, dhcpAddresses} from "kernel-lib/packet";
 * dhcpAddresses(DHCP_OPTION.router, ["10.0.1.1"]).data // => Uint8Array(4) [ 10, 0, 1, 1 ]
 */
export function dhcpAddresses(code: number, addresses: readonly string[]): DhcpOption {
  const data = new Uint8Array(4 * addresses.length);
  addresses.forEach((address, index) => write32(data, 4 * index, parseIpv4Address(address)));
  return {code, data};
}

/**
 * An option whose data are one number, big-endian.
 *
 * @param code in [1, 254], see `DHCP_OPTION`
 * @param value a whole number in [0, 256^sizeBytes)
 * @param sizeBytes 1, 2 or 4
 * @throws RangeError if the number does not fit
 * @example
 * import {DHCP_MESSAGE_TYPE, DHCP_OPTION, dhcpNumber} from "kernel-lib/packet";
 * dhcpNumber(DHCP_OPTION.messageType, DHCP_MESSAGE_TYPE.discover, 1)
 * // => { code: 53, data: Uint8Array(1) [ 1 ] }
 */
export function dhcpNumber(code: number, value: number, sizeBytes: 1 | 2 | 4): DhcpOption {
  if (value >>> 0 !== value || value >= 256 ** sizeBytes) {
    throw new RangeError(
      `Cannot encode DHCP option: need a number in [0, ${256 ** sizeBytes}), got ${value}`,
    );
  }
  const data = Uint8Array.from({length: sizeBytes}, (_, index) => {
    return value >>> (8 * (sizeBytes - 1 - index));
  });
  return {code, data};
}

/** The bytes that options take. */
export function dhcpOptionBytes(options: readonly DhcpOption[]): number {
  return options.reduce((sum, option) => sum + headBytes(option.code) + option.data.length, 0);
}

/** Padding and end are one byte; every other option has a length too. */
function headBytes(code: number): number {
  return code === PADDING || code === DHCP_OPTION.end ? 1 : 2;
}

/**
 * @param start where the first option begins
 * @throws CorruptionError if an option runs over the end of the bytes, or no end is marked
 */
export function decodeDhcpOptions(bytes: Uint8Array, start: number): DhcpOption[] {
  const options: DhcpOption[] = [];
  for (let at = start; at < bytes.length;) {
    const code = bytes[at]!;
    if (code === DHCP_OPTION.end) {
      options.push({code, data: bytes.subarray(at + 1)});
      return options;
    }
    const data = at + headBytes(code);
    const length = at + 1 < bytes.length ? bytes[at + 1]! : Infinity;
    const next = data + (code === PADDING ? 0 : length);
    if (next > bytes.length) {
      throw new CorruptionError(
        `Cannot decode DHCP message: need all of option ${code}, got ${bytes.length - at} bytes`,
        at,
      );
    }
    options.push({code, data: bytes.subarray(data, next)});
    at = next;
  }
  // RFC 2131 §4.1: the last option must always be the end option.
  throw new CorruptionError(
    "Cannot decode DHCP message: need an end option, got none",
    bytes.length,
  );
}

/** Writes options from `at` on, where there must be room for them. */
export function writeDhcpOptions(
  options: readonly DhcpOption[],
  target: Uint8Array,
  at: number,
): void {
  options.forEach(({code, data}, index) => {
    if (!(Number.isInteger(code) && code >= 0 && code <= 255)) {
      throw new RangeError(`Cannot encode DHCP option: need a code in [0, 255], got ${code}`);
    }
    const isEnd = code === DHCP_OPTION.end;
    if (isEnd !== (index === options.length - 1)) {
      throw new RangeError(
        `Cannot encode DHCP message: need option 255 last and only last, got code ${code} at ${index}`,
      );
    }
    const longest = code === PADDING ? 0 : isEnd ? Infinity : 255;
    if (data.length > longest) {
      throw new RangeError(
        `Cannot encode DHCP option ${code}: need at most ${longest} bytes, got ${data.length}`,
      );
    }
    target[at] = code;
    if (headBytes(code) === 2) target[at + 1] = data.length;
    target.set(data, at + headBytes(code));
    at += headBytes(code) + data.length;
  });
}

/** "message type discover", "router 10.0.1.1"; "" for padding. */
export function describeDhcpOption({code, data}: DhcpOption): string {
  const name = nameOf(DHCP_OPTION, code);
  if (code === PADDING || name === "end") return "";
  const bytes = formatHex(data);
  if (name === undefined) return `option ${code} (${bytes})`;
  return `${words(name)} ${readable(name, data) ?? `(${bytes})`}`;
}

/** The data as text, where the option's form is known and they have it. */
function readable(name: string, data: Uint8Array): string | undefined {
  if (name === "messageType" && data.length === 1) return nameOf(DHCP_MESSAGE_TYPE, data[0]!);
  if (name === "interfaceMtu" && data.length === 2) return String((data[0]! << 8) | data[1]!);
  if (name === "parameterList") return data.join(", ");
  if (name === "hostName") return JSON.stringify(String.fromCharCode(...data));
  if (name === "leaseSeconds" && data.length === 4) return String(read32(data, 0));
  const isAddress = name !== "clientIdentifier" && data.length > 0 && data.length % 4 === 0;
  if (!isAddress || name === "leaseSeconds") return undefined;
  const addresses = Array.from({length: data.length / 4}, (_, index) => read32(data, 4 * index));
  return addresses.map(formatIpv4Address).join(", ");
}

function nameOf(names: Readonly<Record<string, number>>, code: number): string | undefined {
  return Object.keys(names).find((name) => names[name] === code);
}

/** "leaseSeconds" → "lease seconds". */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
