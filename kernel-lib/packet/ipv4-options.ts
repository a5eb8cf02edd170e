/**
 * The options of an IPv4 header. They are kept as bytes: a router of today forwards them without
 * looking or drops the packet, and no mechanism here acts on one.
 *
 * Source: RFC 791 §3.1 "Options", RFC 2113 (router alert), RFC 7126 (what to do with them).
 * Fidelity: public; data of the options not decoded.
 */
import {formatHex} from "../bytes/index.js";
import {generalOptionBytes} from "./option-list.js";
import type {EndOfList, NoOperation, OtherOption} from "./option-list.js";

/** Any option of an IPv4 header. */
export type Ipv4Option = EndOfList | NoOperation | OtherOption;

/** `documented`: IANA, "IP Option Numbers", by the whole first byte. */
const NAMES: Readonly<Record<number, string>> = {
  7: "record route",
  68: "timestamp",
  130: "security",
  131: "loose source route",
  137: "strict source route",
  148: "router alert",
};

/** The bytes that options take, before padding. */
export function ipv4OptionBytes(options: readonly Ipv4Option[]): number {
  return options.reduce((sum, option) => sum + generalOptionBytes(option), 0);
}

/** "router alert (00 00)". */
export function describeIpv4Option(option: Ipv4Option): string {
  if (option.kind === "noOperation") return "no operation";
  if (option.kind === "endOfList") return "end of list";
  const {code, data} = option;
  return `${NAMES[code] ?? `option ${code}`}${data.length > 0 ? ` (${formatHex(data)})` : ""}`;
}
