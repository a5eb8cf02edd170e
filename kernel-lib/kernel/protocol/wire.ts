/**
 * Jupyter's wire format: a message is a list of frames.
 *
 *     identities… | "<IDS|MSG>" | signature | header | parent header | metadata | content | buffers…
 *
 * Source: Jupyter client documentation, "Messaging in Jupyter", section "The wire protocol", 5.4.
 * The signature is an HMAC of the four JSON frames, in hexadecimal digits; identities and buffers are
 * not signed. An empty key means that nothing is signed.
 */
import {createHmac, getHashes, randomUUID, timingSafeEqual} from "node:crypto";

export const PROTOCOL_VERSION = "5.4";

/** Who sent a message, when, and of which type. */
export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

export type JsonObject = Record<string, unknown>;

export interface WireMessage {
  /** Where a reply goes: routing frames that zeromq put before the message. */
  identities: Uint8Array[];
  header: Header;
  /** The header of the request that this message belongs to; `{}` if there is none. */
  parentHeader: Header | JsonObject;
  metadata: JsonObject;
  content: JsonObject;
  buffers: Uint8Array[];
}

/** What came over the wire: a message, or why it is none. */
export type Decoded =
  {message: WireMessage; problem?: undefined} | {message?: undefined; problem: string};

const DELIMITER = new TextEncoder().encode("<IDS|MSG>");
const utf8 = new TextDecoder("utf-8", {fatal: true});

/** Signs frames with the key of a connection file, and checks signatures. */
export class Signer {
  readonly #key: string;
  readonly #hash: string;

  /**
   * @param key shared secret; empty: nothing is signed and every signature is taken
   * @param scheme such as `hmac-sha256`
   * @throws RangeError if Node has no such hash
   */
  constructor(key: string, scheme: string) {
    const [, hash] = /^hmac-(.+)$/.exec(scheme) ?? [];
    if (hash === undefined || !getHashes().includes(hash)) {
      throw new RangeError(
        `Cannot sign messages: need a scheme such as hmac-sha256, got ${scheme}`,
      );
    }
    this.#key = key;
    this.#hash = hash;
  }

  sign(frames: readonly Uint8Array[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac(this.#hash, this.#key);
    for (const frame of frames) hmac.update(frame);
    return hmac.digest("hex");
  }

  /** In constant time, so that a signature cannot be guessed digit by digit. */
  accepts(signature: Uint8Array, frames: readonly Uint8Array[]): boolean {
    if (this.#key === "") return true;
    const wanted = new TextEncoder().encode(this.sign(frames));
    return wanted.length === signature.length && timingSafeEqual(wanted, signature);
  }
}

/** The frames of a message, signed. */
export function encodeMessage(message: WireMessage, signer: Signer): Uint8Array[] {
  const encoder = new TextEncoder();
  const parts = [message.header, message.parentHeader, message.metadata, message.content];
  const frames = parts.map((part) => encoder.encode(JSON.stringify(part)));
  const signature = encoder.encode(signer.sign(frames));
  return [...message.identities, DELIMITER, signature, ...frames, ...message.buffers];
}

/** Reads the frames of a message. Anything can come over a socket, so a bad one is no exception. */
export function decodeMessage(frames: readonly Uint8Array[], signer: Signer): Decoded {
  const delimiter = frames.findIndex((frame) => equalBytes(frame, DELIMITER));
  if (delimiter < 0) return {problem: "no <IDS|MSG> delimiter"};
  const signature = frames[delimiter + 1];
  const signed = frames.slice(delimiter + 2, delimiter + 6);
  if (signature === undefined || signed.length < 4) return {problem: "frames are missing"};
  if (!signer.accepts(signature, signed)) return {problem: "the signature is wrong"};
  const [header, parentHeader, metadata, content] = signed.map(readJsonObject);
  if (!header || !parentHeader || !metadata || !content) {
    return {problem: "a frame is no JSON object"};
  }
  if (!isHeader(header)) return {problem: "the header lacks msg_id, msg_type or session"};
  const identities = frames.slice(0, delimiter);
  const buffers = frames.slice(delimiter + 6);
  return {message: {identities, header, parentHeader, metadata, content, buffers}};
}

/** A header for a message that this kernel sends. */
export function newHeader(type: string, session: string): Header {
  return {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: "kernel",
    date: new Date().toISOString(),
    version: PROTOCOL_VERSION,
  };
}

function readJsonObject(frame: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(frame));
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

function isHeader(header: object): header is Header {
  const {msg_id: id, msg_type: type, session} = header as Partial<Record<keyof Header, unknown>>;
  return [id, type, session].every((field) => typeof field === "string") && type !== "";
}

function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
