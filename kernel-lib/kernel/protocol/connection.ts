/** The connection file: which sockets Jupyter wants the kernel to bind, and the key they share. */
import {readFileSync} from "node:fs";

export type Channel = "shell" | "control" | "stdin" | "iopub" | "hb";
export const CHANNELS: readonly Channel[] = ["shell", "control", "stdin", "iopub", "hb"];

export interface Connection {
  /** zeromq's address of each channel. */
  addresses: Record<Channel, string>;
  /** Port, or number of the socket file, of each channel. */
  ports: Record<Channel, number>;
  key: string;
  /** Such as `hmac-sha256`. */
  signatureScheme: string;
}

/** @throws SyntaxError if the file is no JSON, TypeError or RangeError if a field is not as needed */
export function readConnectionFile(path: string): Connection {
  return parseConnection(JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>);
}

export function parseConnection(file: Record<string, unknown>): Connection {
  const {transport = "tcp", ip, key = "", signature_scheme: scheme = "hmac-sha256"} = file;
  if (transport !== "tcp" && transport !== "ipc") {
    throw new RangeError(`Cannot connect: need transport tcp or ipc, got ${String(transport)}`);
  }
  if (typeof ip !== "string" || typeof key !== "string" || typeof scheme !== "string") {
    throw new TypeError("Cannot connect: ip, key and signature_scheme must be strings");
  }
  const ports = mapChannels((channel) => {
    const port = file[`${channel}_port`];
    if (Number.isInteger(port)) return port as number;
    throw new TypeError(`Cannot connect: ${channel}_port must be an integer, got ${String(port)}`);
  });
  const separator = transport === "tcp" ? ":" : "-";
  const addresses = mapChannels((channel) => `${transport}://${ip}${separator}${ports[channel]}`);
  return {addresses, ports, key, signatureScheme: scheme};
}

function mapChannels<T>(map: (channel: Channel) => T): Record<Channel, T> {
  const entries = CHANNELS.map((channel) => [channel, map(channel)]);
  return Object.fromEntries(entries) as Record<Channel, T>;
}
