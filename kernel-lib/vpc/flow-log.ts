import type {Cidr} from "../packet/index.js";
import {parseIpv4Address} from "../packet/index.js";
import type {FlowLogData, FlowLogRecord} from "./flow-log-record.js";
import type {PacketSummary} from "./packet-summary.js";
import type {Direction} from "./traffic.js";
import {unfilteredService} from "./unfiltered.js";

export interface FlowLogOptions {
  accountId: string;
  interfaceId: string;
  /** The interface's primary private address, which stands for all of its addresses. */
  primaryAddress: string;
  /** When logging begins, in ms of Unix time. */
  startMs: number;
  /** Length of a window. Default: 10 minutes; on a Nitro instance never more than 1 minute. */
  windowMs?: number;
  /** The VPC's first block, for its resolver. */
  vpcCidr?: Cidr;
}

/** A packet at the interface, and what became of it. */
export interface LoggedPacket {
  packet: PacketSummary;
  direction: Direction;
  /** Of the IPv4 packet, header included. */
  sizeBytes: number;
  action: "ACCEPT" | "REJECT";
}

/** Documented ("Aggregation interval"). */
export const FLOW_LOG_WINDOW_MS = {default: 600_000, shortest: 60_000} as const;

/**
 * Watches an interface and writes one record for each flow and window: addresses, ports and protocol
 * one way, so that a connection gives two; accepted and rejected packets apart.
 *
 * Not logged, as in AWS: traffic to its DNS, metadata and time services, and DHCP.
 *
 * Source: Amazon VPC User Guide, "Flow log records" and "Flow log limitations". Fidelity: public;
 * that windows follow each other without gap from the start on, and that bytes are those of the
 * IPv4 packets, is inferred.
 *
 * @example
 * import {parseIpv4Address} from "kernel-lib/packet";
 * import {FlowLog, flowLogRecord} from "kernel-lib/vpc";
 * const log = new FlowLog({
 *   accountId: "123456789010", interfaceId: "eni-1", primaryAddress: "172.31.16.21", startMs: 0,
 * });
 * const [source, destination] = ["172.31.16.139", "172.31.16.21"].map(parseIpv4Address);
 * const packet = {protocol: 6, source, destination, sourcePort: 20641, destinationPort: 22};
 * log.record({packet, direction: "inbound", sizeBytes: 40, action: "ACCEPT"}, 61_000);
 * log.record({packet, direction: "inbound", sizeBytes: 52, action: "ACCEPT"}, 75_500);
 * const [line] = log.flush(600_000).map(flowLogRecord);
 * line // => '2 123456789010 eni-1 172.31.16.139 172.31.16.21 20641 22 6 2 92 61 75 ACCEPT OK'
 */
export class FlowLog {
  readonly accountId: string;
  readonly interfaceId: string;
  readonly windowMs: number;
  private readonly primaryAddress: number;
  private readonly vpcCidr: Cidr | undefined;
  /** When the first window that was not written yet begins. */
  private openFromMs: number;
  /** By the number of the window from now, then by flow. */
  private windows: Map<string, FlowLogData>[] = [];

  /**
   * @throws SyntaxError if the address is none
   * @throws RangeError if a time is outside its range
   */
  constructor(options: FlowLogOptions) {
    const {accountId, interfaceId, startMs, windowMs = FLOW_LOG_WINDOW_MS.default} = options;
    if (!(windowMs > 0 && Number.isFinite(windowMs) && Number.isFinite(startMs))) {
      throw new RangeError(
        `Cannot make flow log: need windowMs > 0 and a startMs, got ${windowMs} and ${startMs}`,
      );
    }
    this.accountId = accountId;
    this.interfaceId = interfaceId;
    this.windowMs = windowMs;
    this.primaryAddress = parseIpv4Address(options.primaryAddress);
    this.vpcCidr = options.vpcCidr;
    this.openFromMs = startMs;
  }

  /**
   * Counts a packet.
   *
   * @returns whether it is of a kind that is logged
   * @throws RangeError if its window is written already, or the size is no number >= 0
   */
  record({packet, direction, sizeBytes, action}: LoggedPacket, nowMs: number): boolean {
    if (!(nowMs >= this.openFromMs) || !(sizeBytes >= 0)) {
      throw new RangeError(
        `Cannot record packet: need a time >= ${this.openFromMs} and a size >= 0, ` +
          `got ${nowMs} and ${sizeBytes}`,
      );
    }
    if (unfilteredService(packet, this.vpcCidr)) return false;
    const seconds = Math.floor(nowMs / 1000);
    const {protocol, sourcePort, destinationPort} = packet;
    const source = direction === "outbound" ? this.primaryAddress : packet.source;
    const destination = direction === "inbound" ? this.primaryAddress : packet.destination;
    const key = [source, destination, sourcePort, destinationPort, protocol, action].join();
    const flows = this.windowAt(nowMs);
    const before = flows.get(key);
    flows.set(key, {
      status: "OK",
      accountId: this.accountId,
      interfaceId: this.interfaceId,
      ...{source, destination, sourcePort, destinationPort, protocol, action},
      packets: (before?.packets ?? 0) + 1,
      bytes: (before?.bytes ?? 0) + sizeBytes,
      startSeconds: Math.min(before?.startSeconds ?? seconds, seconds),
      endSeconds: Math.max(before?.endSeconds ?? seconds, seconds),
    });
    return true;
  }

  private windowAt(nowMs: number): Map<string, FlowLogData> {
    const place = Math.floor((nowMs - this.openFromMs) / this.windowMs);
    let flows = this.windows[place];
    if (flows === undefined) this.windows[place] = flows = new Map();
    return flows;
  }

  /**
   * The records of all windows that have ended and were not written yet; for one without traffic a
   * record that says so.
   */
  flush(nowMs: number): FlowLogRecord[] {
    const records: FlowLogRecord[] = [];
    while (this.openFromMs + this.windowMs <= nowMs) {
      const flows = this.windows.shift() ?? new Map<string, FlowLogData>();
      records.push(...(flows.size > 0 ? flows.values() : [this.noData()]));
      this.openFromMs += this.windowMs;
    }
    return records;
  }

  private noData(): FlowLogRecord {
    return {
      status: "NODATA",
      accountId: this.accountId,
      interfaceId: this.interfaceId,
      startSeconds: Math.floor(this.openFromMs / 1000),
      endSeconds: Math.floor((this.openFromMs + this.windowMs) / 1000),
    };
  }
}
