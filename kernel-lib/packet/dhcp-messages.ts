/**
 * DHCP messages as clients and servers make them: fields that do not matter are zero.
 *
 * Source: RFC 2131 §4.3.1 table 3, §4.4.1 table 5. Fidelity: public.
 */
import {writeMacAddress} from "./address.js";
import type {DhcpMessage} from "./dhcp.js";
import {DHCP_OPTION} from "./dhcp-options.js";
import type {DhcpOption} from "./dhcp-options.js";

/** What a client puts into a message. */
export interface DhcpRequestParts {
  /** MAC address of the client. */
  readonly mac: string;
  /** In [0, 2^32): chosen by the client, given back by the server. */
  readonly transactionId: number;
  /** Without the end, which is added. */
  readonly options: readonly DhcpOption[];
  /** What the client has already; default "0.0.0.0". */
  readonly clientAddress?: string;
}

/**
 * A message of a client: discover, request, release ….
 *
 * @throws SyntaxError if the MAC address is none
 * @example
 * import {dhcpRequest} from "kernel-lib/packet";
 * dhcpRequest({mac: "02:00:00:00:00:01", transactionId: 7, options: []}).op // => 1
 */
export function dhcpRequest(parts: DhcpRequestParts): DhcpMessage {
  const {mac, transactionId, options, clientAddress = "0.0.0.0"} = parts;
  const clientHardware = new Uint8Array(16);
  writeMacAddress(clientHardware, 0, mac);
  return {
    op: 1,
    hardwareType: 1,
    hardwareLength: 6,
    hops: 0,
    transactionId,
    seconds: 0,
    flags: 0,
    clientAddress,
    yourAddress: "0.0.0.0",
    serverAddress: "0.0.0.0",
    relayAddress: "0.0.0.0",
    clientHardware,
    serverName: new Uint8Array(64),
    bootFile: new Uint8Array(128),
    options: [...options, {code: DHCP_OPTION.end, data: new Uint8Array(0)}],
  };
}

/** What a server answers. */
export interface DhcpReplyParts {
  /** What the client is given. */
  readonly yourAddress: string;
  /** Without the end, which is added. */
  readonly options: readonly DhcpOption[];
}

/**
 * A server's answer to a client's message: offer, ack, nak.
 *
 * @param request what is answered: its transaction, hardware address, flags and relay are kept
 * @example
 * import {dhcpReply, dhcpRequest} from "kernel-lib/packet";
 * const question = dhcpRequest({mac: "02:00:00:00:00:01", transactionId: 7, options: []});
 * dhcpReply(question, {yourAddress: "10.0.1.5", options: []}).transactionId // => 7
 */
export function dhcpReply(
  request: DhcpMessage,
  {yourAddress, options}: DhcpReplyParts,
): DhcpMessage {
  return {
    ...request,
    op: 2,
    hops: 0,
    seconds: 0,
    yourAddress,
    serverAddress: "0.0.0.0",
    serverName: new Uint8Array(64),
    bootFile: new Uint8Array(128),
    options: [...options, {code: DHCP_OPTION.end, data: new Uint8Array(0)}],
  };
}
