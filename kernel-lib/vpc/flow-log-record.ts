/**
 * Flow log records as text: AWS's default format, version 2, fourteen fields and a space between.
 *
 * Source: Amazon VPC User Guide, "Flow log records", "Default format", "Available fields" and "Flow
 * log record examples". Fidelity: public; IPv4 only.
 */
import {formatIpv4Address, parseIpv4Address} from "../packet/index.js";

/** The fields of the default format, in order, by AWS's names. */
export const FLOW_LOG_FIELDS: readonly string[] = [
  ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport"],
  ...["protocol", "packets", "bytes", "start", "end", "action", "log-status"],
];

/** What every record says. */
export interface FlowLogRecordHeader {
  /** Twelve digits. */
  readonly accountId: string;
  /** For example "eni-1235b8ca123456789". */
  readonly interfaceId: string;
  /** When the first and the last packet came, or the window began and ended: Unix time. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** A flow within a window. */
export interface FlowLogData extends FlowLogRecordHeader {
  readonly status: "OK";
  /** Addresses as numbers. The interface's own end is always its primary private address. */
  readonly source: number;
  readonly destination: number;
  /** 0 for what has no ports. */
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly protocol: number;
  readonly packets: number;
  readonly bytes: number;
  readonly action: "ACCEPT" | "REJECT";
}

/** A window in which there was no traffic, or records were lost. */
export interface FlowLogGap extends FlowLogRecordHeader {
  readonly status: "NODATA" | "SKIPDATA";
}

/** One line of a flow log. */
export type FlowLogRecord = FlowLogData | FlowLogGap;

/**
 * Writes a record as a line of a flow log.
 *
 * @throws RangeError if an address is none
 * @example
 * import {flowLogRecord} from "kernel-lib/vpc";
 * const header = {accountId: "123456789010", interfaceId: "eni-1", startSeconds: 60, endSeconds: 120};
 * flowLogRecord({...header, status: "NODATA"}) // => '2 123456789010 eni-1 - - - - - - - 60 120 - NODATA'
 */
export function flowLogRecord(record: FlowLogRecord): string {
  const {accountId, interfaceId, startSeconds, endSeconds, status} = record;
  const flow =
    record.status === "OK"
      ? [
          formatIpv4Address(record.source),
          formatIpv4Address(record.destination),
          ...[record.sourcePort, record.destinationPort, record.protocol],
          ...[record.packets, record.bytes],
        ]
      : new Array<string>(7).fill("-");
  const action = record.status === "OK" ? record.action : "-";
  return [2, accountId, interfaceId, ...flow, startSeconds, endSeconds, action, status].join(" ");
}

/**
 * Reads a line of a flow log in the default format.
 *
 * @throws SyntaxError if it is none
 * @example
 * import {parseFlowLogRecord} from "kernel-lib/vpc";
 * parseFlowLogRecord("2 123456789010 eni-1 - - - - - - - 60 120 - NODATA").status // => 'NODATA'
 */
export function parseFlowLogRecord(line: string): FlowLogRecord {
  const fields = line.split(" ");
  const [version, accountId, interfaceId] = fields;
  const [start, end, action, status] = fields.slice(10);
  const flow = fields.slice(3, 10);
  if (fields.length !== FLOW_LOG_FIELDS.length || version !== "2") return refuse(line);
  if (![start, end].every(isCount)) return refuse(line);
  const header = {
    accountId: accountId!,
    interfaceId: interfaceId!,
    startSeconds: Number(start),
    endSeconds: Number(end),
  };
  if (status === "NODATA" || status === "SKIPDATA") {
    if (action !== "-" || flow.some((field) => field !== "-")) return refuse(line);
    return {...header, status};
  }
  if (status !== "OK" || (action !== "ACCEPT" && action !== "REJECT")) return refuse(line);
  const [source, destination, ...numbers] = flow;
  if (!numbers.every(isCount)) return refuse(line);
  const [sourcePort, destinationPort, protocol, packets, bytes] = numbers.map(Number);
  return {
    ...header,
    status,
    source: parseIpv4Address(source!),
    destination: parseIpv4Address(destination!),
    sourcePort: sourcePort!,
    destinationPort: destinationPort!,
    protocol: protocol!,
    packets: packets!,
    bytes: bytes!,
    action,
  };
}

function isCount(field: string | undefined): boolean {
  return /^\d{1,15}$/.test(field ?? "");
}

function refuse(line: string): never {
  throw new SyntaxError(
    `Cannot parse flow log record: need version 2 with ${FLOW_LOG_FIELDS.length} fields, ` +
      `got ${JSON.stringify(line)}`,
  );
}
