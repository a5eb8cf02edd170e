/**
 * Addresses, as text for people and as numbers for machines.
 *
 * Decoded headers hold text, "10.0.1.5" and "02:00:00:00:00:01"; `FrameView`, `Cidr` and route
 * tables work on the 32-bit number. Fidelity: public (RFC 791 §3.1; RFC 7042 §2.1 for MACs, which
 * are written with colons here, as by ip(8) and tshark).
 */
import {read16, read32, write32} from "./big-endian.js";

/** Decimal text of each byte, and hexadecimal of two digits. */
const DECIMAL = Array.from({length: 256}, (_, byte) => String(byte));
const HEX = Array.from({length: 256}, (_, byte) => byte.toString(16).padStart(2, "0"));

/**
 * Texts made lately, by the low bits of the address: traffic repeats its few addresses, and making
 * the text costs more than reading the rest of the header.
 */
const SLOTS = 1024;
const ipv4Keys = new Float64Array(SLOTS).fill(-1);
const ipv4Texts: string[] = new Array<string>(SLOTS).fill("");
const macKeys = new Float64Array(SLOTS).fill(-1);
const macTexts: string[] = new Array<string>(SLOTS).fill("");

/**
 * Writes a 32-bit number as an IPv4 address.
 *
 * @param address a whole number in [0, 2^32)
 * @throws RangeError if it is none
 * @example
 * import {formatIpv4Address} from "kernel-lib/packet";
 * formatIpv4Address(0x0a000105) // => '10.0.1.5'
 */
export function formatIpv4Address(address: number): string {
  if (address >>> 0 !== address) {
    throw new RangeError(`Cannot format address: need a number in [0, 2^32), got ${address}`);
  }
  const slot = (address ^ (address >>> 16)) & (SLOTS - 1);
  if (ipv4Keys[slot] === address) return ipv4Texts[slot]!;
  const text = [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255]
    .map((byte) => DECIMAL[byte])
    .join(".");
  ipv4Keys[slot] = address;
  ipv4Texts[slot] = text;
  return text;
}

/**
 * Reads an IPv4 address of four decimal numbers. Other spellings ("10.1", "010.0.0.1") mean
 * different addresses to different programs and are refused (RFC 6943 §3.1.1).
 *
 * @returns a whole number in [0, 2^32)
 * @throws SyntaxError if the text is no such address
 * @example
 * import {parseIpv4Address} from "kernel-lib/packet";
 * parseIpv4Address("10.0.1.5").toString(16) // => 'a000105'
 */
export function parseIpv4Address(text: string): number {
  let address = 0;
  let part = -1;
  let dots = 0;
  const length = typeof text === "string" ? text.length : 0;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code === 46 && part >= 0 && dots < 3) {
      address = (address << 8) | part;
      part = -1;
      dots++;
    } else if (code >= 48 && code <= 57 && part !== 0) {
      part = part < 0 ? code - 48 : 10 * part + code - 48;
      if (part > 255) return refuse(text);
    } else return refuse(text);
  }
  if (dots !== 3 || part < 0) return refuse(text);
  return ((address << 8) | part) >>> 0;
}

function refuse(text: string): never {
  throw new SyntaxError(
    `Cannot parse address: need four numbers in [0, 255] like "10.0.1.5", got ${JSON.stringify(text)}`,
  );
}

/** The text of the IPv4 address at `at`, which must lie inside. */
export function readIpv4Address(bytes: Uint8Array, at: number): string {
  return formatIpv4Address(read32(bytes, at));
}

/** @throws SyntaxError if the text is no IPv4 address */
export function writeIpv4Address(bytes: Uint8Array, at: number, text: string): void {
  write32(bytes, at, parseIpv4Address(text));
}

/** The text of the MAC address at `at`, which must lie inside. */
export function readMacAddress(bytes: Uint8Array, at: number): string {
  const [high, low] = [read16(bytes, at), read32(bytes, at + 2)];
  const key = high * 2 ** 32 + low;
  const slot = (low ^ (low >>> 16) ^ high) & (SLOTS - 1);
  if (macKeys[slot] === key) return macTexts[slot]!;
  const text = Array.from(bytes.subarray(at, at + 6), (byte) => HEX[byte]).join(":");
  macKeys[slot] = key;
  macTexts[slot] = text;
  return text;
}

/** @throws SyntaxError if the text is no MAC address */
export function writeMacAddress(bytes: Uint8Array, at: number, text: string): void {
  let isMac = typeof text === "string" && text.length === 17;
  for (let index = 0; isMac && index < 6; index++) {
    const byte = 16 * digitAt(text, 3 * index) + digitAt(text, 3 * index + 1);
    // A digit that is none makes it negative; ":" stands between two bytes.
    isMac = byte >= 0 && (index === 5 || text.charCodeAt(3 * index + 2) === 58);
    if (isMac) bytes[at + index] = byte;
  }
  if (isMac) return;
  throw new SyntaxError(
    `Cannot parse MAC address: need one like "02:00:00:00:00:01", got ${JSON.stringify(text)}`,
  );
}

/** The hexadecimal digit at a place in the text, or −256 if there is none. */
function digitAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 48 && code <= 57) return code - 48;
  // With this bit "A" is "a".
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -256;
}
