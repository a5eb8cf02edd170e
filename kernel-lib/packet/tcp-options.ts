/**
 * The options of a TCP header: what two ends agree upon when they connect, and what a receiver says
 * about bytes that came out of order.
 *
 * Source: RFC 9293 §3.2 (end of list, no operation, maximum segment size); RFC 7323 §2.2 (window
 * scale), §3.2 (timestamps); RFC 2018 §2, §3 (selective acknowledgement). Fidelity: public. An
 * option of an unknown code, or of a known one with a wrong length, is kept as it is.
 */
import {read16, read32, checkNumber, write16, write32} from "./big-endian.js";
import {generalOptionBytes, otherOption, writeGeneralOption} from "./option-list.js";
import type {EndOfList, NoOperation, OtherOption} from "./option-list.js";
import {byteCount} from "./numbers.js";

/** Any option of a TCP header. */
export type TcpOption =
  | EndOfList
  | NoOperation
  | OtherOption
  | {
      readonly kind: "maximumSegmentSize";
      /** The longest payload that the sender wants to get in one segment. */
      readonly bytes: number;
    }
  | {
      readonly kind: "windowScale";
      /** Windows of the sender are shifted left by this, up to 14 (RFC 7323 §2.3). */
      readonly shift: number;
    }
  | {readonly kind: "sackPermitted"}
  | {readonly kind: "sack"; readonly blocks: readonly SackBlock[]}
  | {
      readonly kind: "timestamps";
      /** `TSval`: the sender's clock. */
      readonly value: number;
      /** `TSecr`: the receiver's clock, sent back. */
      readonly echo: number;
    };

/** Bytes that came though some before them are missing. */
export interface SackBlock {
  /** Sequence number of the first. */
  readonly left: number;
  /** Sequence number after the last. */
  readonly right: number;
}

/** `documented`: IANA, "TCP Option Kind Numbers". */
const CODE = {maximumSegmentSize: 2, windowScale: 3, sackPermitted: 4, sack: 5, timestamps: 8};

/** The bytes that options take, before padding. */
export function tcpOptionBytes(options: readonly TcpOption[]): number {
  return options.reduce((sum, option) => sum + oneOptionBytes(option), 0);
}

function oneOptionBytes(option: TcpOption): number {
  switch (option.kind) {
    case "maximumSegmentSize":
      return 4;
    case "windowScale":
      return 3;
    case "sackPermitted":
      return 2;
    case "sack":
      return 2 + 8 * option.blocks.length;
    case "timestamps":
      return 10;
    default:
      return generalOptionBytes(option);
  }
}

/** Makes the option that begins at `at` and ends before `next`. */
export function makeTcpOption(bytes: Uint8Array, at: number, next: number): TcpOption {
  const [code, length] = [bytes[at]!, next - at];
  if (code === CODE.maximumSegmentSize && length === 4) {
    return {kind: "maximumSegmentSize", bytes: read16(bytes, at + 2)};
  }
  if (code === CODE.windowScale && length === 3) {
    return {kind: "windowScale", shift: bytes[at + 2]!};
  }
  if (code === CODE.sackPermitted && length === 2) return {kind: "sackPermitted"};
  // RFC 2018 §3: n blocks take 8n + 2 bytes.
  if (code === CODE.sack && length > 2 && length % 8 === 2) {
    const blocks = Array.from({length: (length - 2) / 8}, (_, block) => ({
      left: read32(bytes, at + 2 + 8 * block),
      right: read32(bytes, at + 6 + 8 * block),
    }));
    return {kind: "sack", blocks};
  }
  if (code === CODE.timestamps && length === 10) {
    return {kind: "timestamps", value: read32(bytes, at + 2), echo: read32(bytes, at + 6)};
  }
  return otherOption(bytes, at, next);
}

/** Writes an option at `at`. @returns the offset behind it */
export function writeTcpOption(option: TcpOption, target: Uint8Array, at: number): number {
  const length = oneOptionBytes(option);
  const number = (name: string, value: number, limit: number): number => {
    checkNumber("TCP option", name, value, limit);
    return value;
  };
  switch (option.kind) {
    case "maximumSegmentSize":
      write16(target, at + 2, number("bytes", option.bytes, 2 ** 16));
      break;
    case "windowScale":
      target[at + 2] = number("shift", option.shift, 256);
      break;
    case "sackPermitted":
      break;
    case "sack":
      option.blocks.forEach(({left, right}, block) => {
        write32(target, at + 2 + 8 * block, number("left", left, 2 ** 32));
        write32(target, at + 6 + 8 * block, number("right", right, 2 ** 32));
      });
      break;
    case "timestamps":
      write32(target, at + 2, number("value", option.value, 2 ** 32));
      write32(target, at + 6, number("echo", option.echo, 2 ** 32));
      break;
    default:
      return writeGeneralOption(option, target, at, "TCP header");
  }
  target[at] = CODE[option.kind];
  target[at + 1] = length;
  return at + length;
}

/** "maximum segment size 1460". */
export function describeTcpOption(option: TcpOption): string {
  switch (option.kind) {
    case "maximumSegmentSize":
      return `maximum segment size ${option.bytes}`;
    case "windowScale":
      return `window scale ${option.shift}`;
    case "sackPermitted":
      return "SACK permitted";
    case "sack":
      return `SACK ${option.blocks.map(({left, right}) => `${left} to ${right}`).join(", ")}`;
    case "timestamps":
      return `timestamps ${option.value}, echo ${option.echo}`;
    case "noOperation":
      return "no operation";
    case "endOfList":
      return "end of list";
    default:
      return `option ${option.code} (${byteCount(option.data.length)})`;
  }
}
