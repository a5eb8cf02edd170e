/**
 * A packet's way through a VPC after it has left where it began: one object for each packet.
 *
 * ```
 * instance ─▶ checks ─▶ groups ─▶ route() ─▶ ACL out ─▶ route table ─┬─▶ carry() ─▶ arrive()
 *                                   ▲                                └─▶ exit()     ACL in, groups in
 *                                   └─────────── NAT gateway ◀─────────────────────────┘
 * ```
 */
import {Cidr, FrameView, formatIpv4Address} from "../packet/index.js";
import type {Host} from "./mapping-service.js";
import {packetSummary} from "./packet-summary.js";
import type {PacketSummary} from "./packet-summary.js";
import {fragmentFrame, INTERNET_GATEWAY_MTU, limitToMtu} from "./path-mtu.js";
import {formatRoute} from "./route.js";
import {ROUTER_MAC} from "./answer-arp.js";
import type {Direction} from "./traffic.js";
import {EDGE_HOST, INTERNET_GATEWAY_ADDRESS} from "./vpc-parts.js";
import type {VpcInterface, VpcNatGateway, VpcParts, VpcSubnet} from "./vpc-parts.js";
import {VpcTrace} from "./vpc-trace.js";
import type {TraceNote, VpcResult} from "./vpc-trace.js";

/** Where a frame is: at an interface or gateway, in a subnet or (an edge) in none. */
export interface Place {
  readonly id: string;
  readonly host: Host;
  readonly subnet?: VpcSubnet;
}

/** NAT gateways that a packet may pass before it is taken to go round in a circle. */
const MOST_GATEWAYS = 8;

/** See the head of the file. */
export class VpcWalk {
  readonly trace: VpcTrace = new VpcTrace();
  private gatewaysPassed = 0;

  constructor(
    private readonly parts: VpcParts,
    private readonly nowMs: number,
  ) {}

  /** Sends a frame on from a subnet, by its route table. */
  route(frame: Uint8Array, from: Place & {subnet: VpcSubnet}): VpcResult {
    const packet = packetSummary(frame)!;
    const {subnet} = from;
    if (subnet.cidr.contains(packet.destination)) {
      this.trace.pass({
        stage: "route",
        at: subnet.routeTableId,
        reason: `${formatIpv4Address(packet.destination)} is in ${subnet.id} itself`,
      });
      return this.carry(frame, from, packet.destination);
    }
    const denied = this.networkAcl("outbound", packet, subnet);
    if (denied) return denied;
    const match = subnet.routeTable.lookup(packet.destination);
    const note = {
      stage: "route",
      at: subnet.routeTableId,
      reason: match
        ? formatRoute(match.route)
        : `no route to ${formatIpv4Address(packet.destination)}`,
    } as const;
    if (match === undefined || match.target.kind === "blackhole") return this.trace.drop(note);
    const before = frame.slice();
    setSourceMac(frame, ROUTER_MAC);
    this.trace.change(note, before, frame);
    const {kind, id = ""} = match.target;
    if (kind === "local") return this.carry(frame, from, packet.destination);
    if (kind === "internetGateway") return this.exit(frame, from, id);
    if (kind === "natGateway") return this.carry(frame, from, this.natGateway(id).address);
    if (kind === "networkInterface") {
      return this.carry(frame, from, this.parts.interfaces.get(id)!.eni.primaryAddress);
    }
    return this.trace.end("sent", {frame, via: id});
  }

  /** Brings a frame through the overlay to whoever has an address of the VPC. */
  carry(frame: Uint8Array, from: Place, nextHop: string | number): VpcResult {
    const carried = this.overlay(frame, from, nextHop);
    return "verdict" in carried ? carried : this.arrive(carried.frame, from, carried.eniId);
  }

  /** From the edge into the VPC: the Internet gateway, and then to the private address. */
  enter(frame: Uint8Array, id: string): VpcResult {
    const gateway = this.parts.internetGateway!;
    const before = frame.slice();
    const {action, reason} = gateway.inbound(frame);
    const note: TraceNote = {stage: "internet gateway", at: id, reason};
    if (action === "drop") return this.trace.drop(note);
    setSourceMac(frame, ROUTER_MAC);
    this.trace.change(note, before, frame);
    return this.carry(frame, {id, host: EDGE_HOST}, packetSummary(frame)!.destination);
  }

  private overlay(
    frame: Uint8Array,
    from: Place,
    nextHop: string | number,
  ): {frame: Uint8Array; eniId: string} | VpcResult {
    const {overlay, description} = this.parts;
    const request = {vpcId: description.id, frame, host: from.host, nextHop};
    const sent = overlay.encapsulate(request, this.nowMs);
    const at = from.host.address;
    const reason = sent.reason;
    if (sent.verdict === "dropped") return this.trace.drop({stage: "encapsulation", at, reason});
    this.trace.change({stage: "encapsulation", at, reason}, frame, sent.bytes);
    const got = overlay.decapsulate(sent, this.nowMs);
    const note = {stage: "decapsulation", at: sent.host.address, reason: got.reason} as const;
    if (got.verdict === "dropped") return this.trace.drop(note);
    this.trace.change(note, sent.bytes, got.frame);
    return {frame: got.frame.slice(), eniId: got.eniId};
  }

  private arrive(frame: Uint8Array, from: Place, id: string): VpcResult {
    const packet = packetSummary(frame)!;
    const nat = this.parts.natGateways.get(id);
    const to = nat ?? this.parts.interfaces.get(id);
    if (to === undefined) throw new TypeError(`Cannot deliver: need an interface, got ${id}`);
    if (to.subnet !== from.subnet) {
      const denied = this.networkAcl("inbound", packet, to.subnet);
      if (denied) return denied;
    }
    return nat ? this.translate(frame, nat) : this.deliver(frame, packet, to as VpcInterface);
  }

  private deliver(frame: Uint8Array, packet: PacketSummary, to: VpcInterface): VpcResult {
    const stopped = this.securityGroups("inbound", frame, packet, to);
    if (stopped) return stopped;
    const {allowed, reason} = to.eni.mayReceive(packet);
    const note = {stage: "source/destination check", at: to.eni.id, reason} as const;
    const refused = this.trace.judge(note, allowed);
    return refused ?? this.trace.end("delivered", {frame, eniId: to.eni.id});
  }

  private translate(frame: Uint8Array, nat: VpcNatGateway): VpcResult {
    const before = frame.slice();
    const view = new FrameView().read(frame);
    const comesFromBeyond = nat.gateway.addresses.has(view.destination);
    const verdict = comesFromBeyond
      ? nat.gateway.inbound(frame, this.nowMs)
      : nat.gateway.outbound(frame, this.nowMs);
    const note: TraceNote = {stage: "nat gateway", at: nat.id, reason: verdict.reason};
    if (verdict.action === "drop" || ++this.gatewaysPassed > MOST_GATEWAYS) {
      const reason = verdict.action === "drop" ? verdict.reason : "it goes round in a circle";
      return this.trace.drop({...note, reason});
    }
    const place = {id: nat.id, host: nat.host, subnet: nat.subnet};
    if (verdict.action === "forward") {
      this.trace.change(note, before, frame);
      return this.route(frame, place);
    }
    if (verdict.answer === undefined) return this.trace.drop(note);
    this.trace.drop(note);
    return this.answered(this.route(verdict.answer, place), note.reason);
  }

  /** To the Internet gateway, and out. */
  private exit(frame: Uint8Array, from: Place & {subnet: VpcSubnet}, id: string): VpcResult {
    const carried = this.overlay(frame, from, INTERNET_GATEWAY_ADDRESS);
    if ("verdict" in carried) return carried;
    const out = carried.frame;
    const tooLong = this.mtu(out, from.subnet, id);
    if (tooLong) return tooLong;
    const before = out.slice();
    const gateway = this.parts.internetGateway!;
    const {action, reason} = gateway.outbound(out);
    const note: TraceNote = {stage: "internet gateway", at: id, reason};
    if (action === "drop") return this.trace.drop(note);
    this.trace.change(note, before, out);
    const target = formatIpv4Address(packetSummary(out)!.destination);
    if (gateway.addresses.some(({publicAddress}) => publicAddress === target)) {
      return this.enter(out, id);
    }
    const fragments = fragmentFrame(out, INTERNET_GATEWAY_MTU);
    if (fragments.length === 1) return this.trace.end("sent", {frame: out, via: id});
    this.trace.pass({stage: "mtu", at: id, reason: `cut into ${fragments.length} fragments`});
    return this.trace.end("sent", {frame: fragments[0]!, fragments, via: id});
  }

  /** What the Internet gateway says of a packet that is too long and must not be cut. */
  private mtu(frame: Uint8Array, subnet: VpcSubnet, id: string): VpcResult | undefined {
    const from = formatIpv4Address(subnet.cidr.network + 1);
    const verdict = limitToMtu(frame, {mtu: INTERNET_GATEWAY_MTU, from});
    const {totalLength} = new FrameView().read(frame);
    const lengths = `${totalLength} bytes, at most ${INTERNET_GATEWAY_MTU} pass`;
    const note = {stage: "mtu", at: id, reason: lengths} as const;
    if (verdict.kind !== "fragmentationNeeded") {
      this.trace.pass(note);
      return undefined;
    }
    const drop = this.trace.drop({...note, reason: `${lengths}: fragmentation needed`});
    if (verdict.error === undefined) return drop;
    const {destination} = packetSummary(verdict.error)!;
    const back = this.carry(verdict.error, {id, host: EDGE_HOST}, destination);
    return this.answered(back, drop.reason);
  }

  /** What the sender makes of an answer of the network, if that comes through to it. */
  private answered(back: VpcResult, reason: string): VpcResult {
    const {frame, eniId} = back;
    if (back.verdict !== "delivered" || frame === undefined || eniId === undefined) return back;
    return {...this.trace.end("answered", {answer: frame, eniId}), reason};
  }

  /** @returns the result if the packet is dropped */
  securityGroups(
    direction: Direction,
    frame: Uint8Array,
    packet: PacketSummary,
    {eni, groups, filter, subnet}: VpcInterface,
  ): VpcResult | undefined {
    const {cidr, isMember, prefixLists} = this.parts;
    const alwaysTracked = direction === "outbound" && isAlwaysTracked(subnet, packet);
    const {allowed, reason} = filter.judge(
      {
        direction,
        packet,
        frame,
        groups,
        isMember,
        prefixLists,
        vpcCidr: cidr,
        alwaysTracked,
        maxGroups: Math.max(5, groups.length),
      },
      this.nowMs,
    );
    return this.trace.judge({stage: `security group ${direction}`, at: eni.id, reason}, allowed);
  }

  private networkAcl(
    direction: Direction,
    packet: PacketSummary,
    subnet: VpcSubnet,
  ): VpcResult | undefined {
    const vpcCidr: Cidr = this.parts.cidr;
    const {allowed, reason} = subnet.networkAcl.evaluate({direction, packet, vpcCidr});
    return this.trace.judge({stage: `network ACL ${direction}`, at: subnet.id, reason}, allowed);
  }

  private natGateway(id: string): VpcNatGateway {
    return this.parts.natGateways.get(id)!;
  }
}

/** EC2 User Guide, "Automatically tracked connections". */
const ALWAYS_TRACKED: ReadonlySet<string> = new Set([
  "natGateway",
  "transitGateway",
  "vpcEndpoint",
]);

function isAlwaysTracked({routeTable}: VpcSubnet, packet: PacketSummary): boolean {
  return ALWAYS_TRACKED.has(routeTable.targetOf(packet.destination)?.kind ?? "");
}

function setSourceMac(frame: Uint8Array, mac: string): void {
  frame.set(
    mac.split(":").map((byte) => Number.parseInt(byte, 16)),
    6,
  );
}
