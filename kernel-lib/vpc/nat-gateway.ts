import {FrameView, IP_PROTOCOL} from "../packet/index.js";
import type {Endpoint} from "../packet/index.js";
import {ConnectionTracker} from "./connection-tracker.js";
import {isIcmpError, readQuote} from "./icmp-errors.js";
import {FragmentMemory} from "./nat-gateway-fragments.js";
import {NatAddresses} from "./nat-gateway-addresses.js";
import {NAT_PORTS, PortAllocator} from "./nat-gateway-ports.js";
import type {Destination, PortRange} from "./nat-gateway-ports.js";
import {translateQuote} from "./nat-gateway-quote.js";
import {resetAnswer} from "./nat-gateway-reset.js";
import {turnedWord} from "./connection-tracker-tuple.js";
import {NAT_GATEWAY_TIMEOUTS} from "./timeout-profiles.js";
import type {TimeoutProfile} from "./timeout-profiles.js";

export interface NatGatewayOptions {
  /**
   * A zonal gateway's own addresses, 1 to 8 of them; or a regional gateway's, by zone. A public
   * gateway's are private ones too: the Internet gateway behind it makes public ones of them.
   */
  readonly addresses: readonly string[] | Readonly<Record<string, readonly string[]>>;
  /** Default: those of AWS, `NAT_PORTS`. */
  readonly ports?: PortRange;
  /** Default `NAT_GATEWAY_TIMEOUTS`: 350 s. */
  readonly timeouts?: TimeoutProfile;
  /** Flows in all, in [1, 2^24]. Default 1,048,576, `invented for teaching`: AWS publishes no bound. */
  readonly maxFlows?: number;
}

/** What becomes of a frame: sent on, translated in place; dropped; or answered. */
export interface NatVerdict {
  readonly action: "forward" | "drop" | "answer";
  readonly reason: string;
  /** A frame back to the sender. */
  readonly answer?: Uint8Array;
}

/** Named like the metrics of CloudWatch ("NAT gateway metrics and dimensions"). */
export interface NatCounters {
  /** New flows that found no free port. */
  errorPortAllocation: number;
  connectionAttemptCount: number;
  idleTimeoutCount: number;
  packetsDropCount: number;
  packetsForwarded: number;
}

const {tcp: TCP, udp: UDP, icmp: ICMP} = IP_PROTOCOL;

/**
 * A NAT gateway: many senders behind a few addresses, told apart by the ports they seem to have.
 *
 * It translates real frames in place, with all checksums updated (RFC 1624), neither MAC addresses
 * nor ttl, which are a router's. Only those behind it can begin a flow; only TCP, UDP and ICMP pass,
 * and no fragments of TCP and ICMP; an idle flow is forgotten after 350 s, and its next TCP packet
 * from behind is answered with a reset.
 *
 * Source: Amazon VPC User Guide, "NAT gateway basics", "Troubleshoot NAT gateways", "Regional NAT
 * gateways"; RFC 4787, RFC 5382, RFC 5508; checked against Linux's masquerade
 * (`test/vpc/linux-nat.test.ts`). Fidelity: public as to what it does, inferred as to how; a packet
 * to one of its own addresses (hairpin) is translated twice, as RFC 4787 §6 wants.
 *
 * @example
 * import {NatGateway} from "kernel-lib/vpc";
 * import {encodeFrame, FrameView, formatIpv4Address, verifyChecksums} from "kernel-lib/packet";
 * const frame = encodeFrame({
 *   ethernet: {source: "02:00:00:00:00:01", destination: "02:00:00:00:00:02"},
 *   ipv4: {source: "10.0.2.10", destination: "52.0.0.9"},
 *   tcp: {sourcePort: 44321, destinationPort: 443, flags: 0x02},
 * });
 * const gateway = new NatGateway({addresses: ["10.0.1.20"]});
 * gateway.outbound(frame, 0).action // => 'forward'
 * const view = new FrameView().read(frame);
 * `${formatIpv4Address(view.source)}:${view.sourcePort}` // => '10.0.1.20:1024'
 * verifyChecksums(frame).map((check) => check.verdict) // => [ 'good', 'good' ]
 */
export class NatGateway {
  readonly tracker: ConnectionTracker;
  readonly addresses: NatAddresses;
  readonly ports: PortAllocator;
  readonly counters: NatCounters = {
    errorPortAllocation: 0,
    connectionAttemptCount: 0,
    idleTimeoutCount: 0,
    packetsDropCount: 0,
    packetsForwarded: 0,
  };
  private readonly fragments = new FragmentMemory();
  private readonly view = new FrameView();

  /**
   * @throws RangeError if there are no addresses, too many, one twice, or the ports are no range
   * @throws SyntaxError if an address is none
   */
  constructor({addresses, ports = NAT_PORTS as PortRange, ...rest}: NatGatewayOptions) {
    const {timeouts = NAT_GATEWAY_TIMEOUTS, maxFlows = 2 ** 20} = rest;
    const {first, last, perDestination} = ports;
    if (!(first >= 1 && first <= last && last <= 65_535 && perDestination >= 1)) {
      throw new RangeError(
        `Cannot make NAT gateway: need ports first ≤ last in [1, 65535] and perDestination ≥ 1, ` +
          `got ${first}, ${last} and ${perDestination}`,
      );
    }
    this.addresses = new NatAddresses(addresses);
    this.ports = new PortAllocator(this.addresses.all, ports);
    const onForget = (slot: number): void => this.giveBack(slot);
    this.tracker = new ConnectionTracker({timeouts, maxFlows, tcpLoose: false, onForget});
  }

  /** Flows that are remembered: CloudWatch's ActiveConnectionCount. */
  get activeConnectionCount(): number {
    return this.tracker.size;
  }

  /**
   * A frame from behind the gateway.
   *
   * @param frame changed in place if it is sent on
   * @param nowMs time in milliseconds, not before that of an earlier call
   * @param zone the sender's, for a regional gateway
   * @throws CorruptionError if the frame cannot be read
   * @throws RangeError if time goes back, or a regional gateway has no such zone
   */
  outbound(frame: Uint8Array, nowMs: number, zone?: string): NatVerdict {
    const view = this.view.read(frame);
    this.expire(nowMs);
    const refusal = this.refusal();
    if (refusal !== undefined) return this.drop(refusal);
    if (isLaterFragment(view)) return this.laterFragment(nowMs, 0);
    if (isError(view)) return this.translateError(0);
    let slot = this.tracker.find(view);
    if (slot < 0) {
      const problem = this.begin(zone);
      if (problem !== undefined) return problem;
      slot = this.tracker.find(view);
    } else if (slot & 1) return this.drop("comes from behind and looks like an answer from beyond");
    else {
      const verdict = this.tracker.state.step(slot, view);
      if (verdict.kind === "invalid") return this.drop(verdict.reason);
    }
    const seenAs = this.end(slot + 1);
    if (view.isFragment) this.fragments.remember(view, seenAs, nowMs);
    view.rewriteSource(seenAs);
    if (!this.addresses.has(view.destination)) return this.forward("source translated");
    return this.inbound(frame, nowMs);
  }

  /**
   * A frame from beyond the gateway, to one of its addresses.
   *
   * @param frame changed in place if it is sent on
   * @param nowMs time in milliseconds, not before that of an earlier call
   * @throws CorruptionError if the frame cannot be read
   * @throws RangeError if time goes back
   */
  inbound(frame: Uint8Array, nowMs: number): NatVerdict {
    const view = this.view.read(frame);
    this.expire(nowMs);
    const refusal = this.refusal();
    if (refusal !== undefined) return this.drop(refusal);
    if (!this.addresses.has(view.destination)) return this.drop("not to an address of the gateway");
    if (isLaterFragment(view)) return this.laterFragment(nowMs, 1);
    if (isError(view)) return this.translateError(1);
    const slot = this.tracker.find(view);
    if (slot < 0 || (slot & 1) === 0) {
      return this.drop("belongs to no flow, and none can be begun from beyond");
    }
    const sender = {
      address: this.tracker.state.table.source(slot - 1),
      port: this.tracker.state.table.ports(slot - 1) >>> 16,
    };
    const verdict = this.tracker.state.step(slot, view);
    if (verdict.kind === "invalid") return this.drop(verdict.reason);
    if (view.isFragment) this.fragments.remember(view, sender, nowMs);
    view.rewriteDestination(sender);
    return this.forward("destination translated back");
  }

  /** Ports in use to a destination, over all addresses. */
  portsInUse(to: Destination): number {
    return this.addresses.all.reduce((sum, address) => sum + this.ports.inUse(address, to), 0);
  }

  private expire(nowMs: number): void {
    this.counters.idleTimeoutCount += this.tracker.expire(nowMs);
  }

  /** Why a packet cannot pass at all. */
  private refusal(): string | undefined {
    const {ipv4At, protocol, isFragment} = this.view;
    if (ipv4At < 0) return "not IPv4";
    if (protocol !== TCP && protocol !== UDP && protocol !== ICMP) {
      return `protocol ${protocol}: only TCP, UDP and ICMP pass`;
    }
    if (isFragment && protocol !== UDP) return "a fragment of TCP or ICMP";
    return undefined;
  }

  /** Opens a flow for the packet just read. */
  private begin(zone: string | undefined): NatVerdict | undefined {
    const {view, tracker} = this;
    const opening = tracker.state.opening(view);
    if (opening.kind !== "new") {
      if (view.protocol !== TCP) return this.drop(opening.reason);
      const answer = resetAnswer(view.bytes);
      if (answer === undefined) return this.drop("a reset of a flow that is forgotten");
      this.counters.packetsDropCount++;
      return {action: "answer", reason: "no flow, or idle for too long: reset", answer};
    }
    this.counters.connectionAttemptCount++;
    const to = this.destination(view.destination, view.destinationPort);
    const endpoint = this.ports.take(this.addresses.of(zone), view.source, to, this.isTaken);
    if (endpoint === undefined) {
      this.counters.errorPortAllocation++;
      return this.drop("no free port to this destination: ErrorPortAllocation");
    }
    const verdict = tracker.state.open(view, endpoint);
    if (verdict.kind === "new") return undefined;
    this.ports.give(endpoint.address, to);
    return this.drop(verdict.reason);
  }

  /** Whether the answers to such a flow would already belong to another. */
  private readonly isTaken = (address: number, port: number): boolean => {
    const {view} = this;
    const isEcho = view.protocol === ICMP;
    const seen = isEcho ? (port << 16) | 0x0800 : (port << 16) | view.destinationPort;
    const word = turnedWord(seen, view.protocol);
    const {table} = this.tracker.state;
    return table.find(view.destination | 0, address | 0, word, view.protocol) >= 0;
  };

  private destination(address: number, port: number, protocol = this.view.protocol): Destination {
    return {protocol, address, port: protocol === ICMP ? 0 : port};
  }

  private giveBack(slot: number): void {
    const {table} = this.tracker.state;
    const to = this.destination(
      table.destination(slot),
      table.ports(slot) & 0xffff,
      table.kind(slot >> 1),
    );
    this.ports.give(table.destination(slot + 1), to);
  }

  /** Where the packets of a slot go to. */
  private end(slot: number): Endpoint {
    const {table} = this.tracker.state;
    const word = table.ports(slot);
    const port = table.kind(slot >> 1) === ICMP ? word >>> 16 : word & 0xffff;
    return {address: table.destination(slot), port};
  }

  /** @param end 0 if it comes from behind, 1 if from beyond */
  private laterFragment(nowMs: number, end: 0 | 1): NatVerdict {
    const first = this.fragments.recall(this.view, nowMs);
    if (first === undefined) return this.drop("a later fragment whose first one has not been seen");
    const endpoint = {address: first.address, port: 0};
    if (end === 0) this.view.rewriteSource(endpoint);
    else this.view.rewriteDestination(endpoint);
    return this.forward("translated like the first fragment");
  }

  /** An ICMP error, translated with the packet that it quotes. */
  private translateError(from: 0 | 1): NatVerdict {
    const {view, tracker} = this;
    const quote = readQuote(view);
    const slot = quote === undefined ? -1 : tracker.findQuoted(view);
    if (slot < 0 || (slot & 1) !== from) return this.drop("an ICMP error about no flow");
    if (quote!.source !== view.destination) return this.drop("an ICMP error to the wrong address");
    if (from === 0) {
      const seenAs = this.end(slot + 1);
      translateQuote(view, quote!, 1, seenAs);
      view.rewriteSource({address: seenAs.address, port: 0});
    } else {
      const {table} = tracker.state;
      const sender = {address: table.source(slot - 1), port: table.ports(slot - 1) >>> 16};
      translateQuote(view, quote!, 0, sender);
      view.rewriteDestination({address: sender.address, port: 0});
    }
    return this.forward("an ICMP error, translated with the packet it quotes");
  }

  private forward(reason: string): NatVerdict {
    this.counters.packetsForwarded++;
    return {action: "forward", reason};
  }

  private drop(reason: string): NatVerdict {
    this.counters.packetsDropCount++;
    return {action: "drop", reason};
  }
}

function isError(view: FrameView): boolean {
  return view.protocol === ICMP && isIcmpError(view.bytes[view.transportAt]!);
}

function isLaterFragment(view: FrameView): boolean {
  return view.isFragment && !view.hasPorts;
}
