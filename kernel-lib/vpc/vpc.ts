import {CorruptionError} from "../bytes/index.js";
import {ETHER_TYPE, FrameView} from "../packet/index.js";
import {answerArp} from "./answer-arp.js";
import type {ConnectionTracker} from "./connection-tracker.js";
import type {NatGateway} from "./nat-gateway.js";
import type {NetworkAcl} from "./network-acl.js";
import {packetSummary} from "./packet-summary.js";
import {VPC_MTU} from "./path-mtu.js";
import type {RouteTable} from "./route-table.js";
import type {SecurityGroup} from "./security-group.js";
import {unfilteredService} from "./unfiltered.js";
import type {VpcDescription} from "./vpc-description.js";
import {EDGE_HOST, VpcParts} from "./vpc-parts.js";
import type {VpcInterface} from "./vpc-parts.js";
import type {VpcResult} from "./vpc-trace.js";
import {VpcWalk} from "./vpc-walk.js";

/**
 * A virtual private cloud: takes a frame as an instance sends it, or as it comes from outside, and
 * brings it, changed byte by byte, to where it ends, with every stage's reason.
 *
 * The parts are live: take a rule from `securityGroup("sg-1")`, add one to `networkAcl("acl-1")` or a
 * route to `routeTable("rtb-1")`, and the next packet meets it. A tracked flow outlives its rule.
 *
 * Sources: Amazon VPC User Guide and EC2 User Guide as named in the parts. Fidelity: the order of
 * the stages within an interface and a subnet is public as far as it can be told from outside, the
 * rest inferred. Simplified: no stage takes time; the ttl stays as it is everywhere, also at
 * gateways (AWS documents nothing; a traceroute within a VPC shows no router); an answer of the
 * network comes from the subnet's router and passes network ACL and groups like any packet; frames
 * to AWS's own services are not answered; one VPC, whose peerings end at its edge; zonal NAT gateways
 * only. A reset that a NAT gateway sends for a flow that the group's tracker has forgotten too does
 * not come through, which follows from "only a SYN opens a flow" in `InterfaceFilter`.
 *
 * @example
 * import {encodeFrame} from "kernel-lib/packet";
 * import {formatTrace, Vpc} from "kernel-lib/vpc";
 * const vpc = new Vpc({
 *   id: "vpc-1", cidr: "10.0.0.0/16",
 *   subnets: [{id: "subnet-1", cidr: "10.0.1.0/24", routeTableId: "rtb-1"}],
 *   routeTables: [{id: "rtb-1", routes: [{destination: "0.0.0.0/0", target: "igw-1"}]}],
 *   securityGroups: [{id: "sg-1"}],
 *   interfaces: [{
 *     id: "eni-1", mac: "02:00:00:00:00:01", subnetId: "subnet-1",
 *     privateAddresses: ["10.0.1.5"], securityGroupIds: ["sg-1"],
 *   }],
 *   internetGateway: {
 *     id: "igw-1", addresses: [{privateAddress: "10.0.1.5", publicAddress: "52.0.0.5"}],
 *   },
 * });
 * const frame = encodeFrame({
 *   ethernet: {source: "02:00:00:00:00:01", destination: "02:00:00:00:00:fe"},
 *   ipv4: {source: "10.0.1.5", destination: "1.2.3.4"},
 *   tcp: {sourcePort: 44321, destinationPort: 443, flags: 0x02},
 * });
 * const sent = vpc.forward({eniId: "eni-1", frame}, 0);
 * sent.verdict // => 'sent'
 * formatTrace(sent.trace).split("\n")[3] // => '4 route at rtb-1: change, 0.0.0.0/0 → igw-1 (static)'
 */
export class Vpc {
  readonly description: VpcDescription;
  readonly parts: VpcParts;
  private lastMs: number = -Infinity;

  /**
   * @throws TypeError if something names what is not there
   * @throws RangeError if numbers or blocks do not fit each other
   * @throws SyntaxError if a text is no address, block or id
   */
  constructor(description: VpcDescription) {
    this.description = description;
    this.parts = new VpcParts(description);
  }

  /**
   * What becomes of a frame that an instance sends from an interface. Bytes that are no frame are
   * dropped.
   *
   * @param request `frame` is left as it is
   * @param nowMs in milliseconds, not before an earlier call's
   * @throws TypeError if there is no such interface
   * @throws RangeError if time goes back
   */
  forward({eniId, frame}: {eniId: string; frame: Uint8Array}, nowMs: number): VpcResult {
    const from = need(this.parts.interfaces, eniId, "forward");
    const walk = this.walk("forward", nowMs);
    return readable(walk, eniId, () => {
      if (new FrameView().read(frame).etherType === ETHER_TYPE.arp) {
        return this.answerArp(walk, eniId, frame, nowMs);
      }
      return leave(walk, from, frame.slice(), this.parts);
    });
  }

  /**
   * What becomes of a frame that comes from outside.
   *
   * @param request `from` names what it comes through: the Internet gateway, which is the default, or
   *   an attachment; `frame` is left as it is
   * @param nowMs in milliseconds, not before an earlier call's
   * @throws TypeError if there is no such gateway or attachment
   * @throws RangeError if time goes back
   */
  receive({frame, from}: {frame: Uint8Array; from?: string}, nowMs: number): VpcResult {
    const {internetGateway, attachments = []} = this.description;
    const id = from ?? internetGateway?.id;
    if (id === undefined || !(id === internetGateway?.id || attachments.includes(id))) {
      throw new TypeError(`Cannot receive: need a gateway of ${this.description.id}, got ${id}`);
    }
    const walk = this.walk("receive", nowMs);
    return readable(walk, id, () => {
      const packet = packetSummary(frame);
      if (packet === undefined) {
        return walk.trace.drop({stage: "headers", at: id, reason: "only IPv4 comes in"});
      }
      if (id === internetGateway?.id) return walk.enter(frame.slice(), id);
      return walk.carry(frame.slice(), {id, host: EDGE_HOST}, packet.destination);
    });
  }

  /** @throws TypeError if there is none */
  securityGroup(id: string): SecurityGroup {
    return need(this.parts.securityGroups, id, "find security group");
  }

  /** @throws TypeError if there is none */
  networkAcl(id: string): NetworkAcl {
    return need(this.parts.networkAcls, id, "find network ACL");
  }

  /** @throws TypeError if there is none */
  routeTable(id: string): RouteTable {
    return need(this.parts.routeTables, id, "find route table");
  }

  /** @throws TypeError if there is none */
  natGateway(id: string): NatGateway {
    return need(this.parts.natGateways, id, "find NAT gateway").gateway;
  }

  /** The flows that the groups of an interface let pass. @throws TypeError if there is none */
  tracker(eniId: string): ConnectionTracker {
    return need(this.parts.interfaces, eniId, "find tracker").filter.tracker;
  }

  private walk(what: string, nowMs: number): VpcWalk {
    if (!(nowMs >= this.lastMs)) {
      throw new RangeError(`Cannot ${what}: need a time from ${this.lastMs} on, got ${nowMs}`);
    }
    this.lastMs = nowMs;
    return new VpcWalk(this.parts, nowMs);
  }

  private answerArp(walk: VpcWalk, eniId: string, frame: Uint8Array, nowMs: number): VpcResult {
    const {mapping} = this.parts;
    const answer = answerArp({vpcId: this.description.id, frame}, mapping, nowMs);
    const note = {stage: "arp", at: eniId} as const;
    if (answer === undefined) return walk.trace.drop({...note, reason: "nobody answers"});
    walk.trace.pass({...note, reason: "answered from the mapping"});
    return walk.trace.end("answered", {answer, eniId});
  }
}

/** The stages at the sender's interface, and then the way. */
function leave(walk: VpcWalk, from: VpcInterface, frame: Uint8Array, parts: VpcParts): VpcResult {
  const {eni, host, subnet} = from;
  const {trace} = walk;
  const packet = packetSummary(frame);
  if (packet === undefined) {
    return trace.drop({stage: "headers", at: eni.id, reason: "neither IPv4 nor ARP"});
  }
  const service = unfilteredService(packet, parts.cidr);
  if (service !== "DHCP") {
    const check = eni.maySend(packet, macText(frame));
    const note = {stage: "source/destination check", at: eni.id, reason: check.reason} as const;
    const refused = trace.judge(note, check.allowed);
    if (refused) return refused;
  }
  if (service !== undefined) {
    trace.pass({stage: "service of AWS", at: eni.id, reason: `${service} passes every filter`});
    return trace.end("sent", {frame, via: service});
  }
  const {totalLength} = new FrameView().read(frame);
  if (totalLength > VPC_MTU) {
    const reason = `${totalLength} bytes, the interface takes ${VPC_MTU}`;
    return trace.drop({stage: "mtu", at: eni.id, reason});
  }
  const stopped = walk.securityGroups("outbound", frame, packet, from);
  return stopped ?? walk.route(frame, {id: eni.id, host, subnet});
}

/** Drops what turns out to be damaged. */
function readable(walk: VpcWalk, at: string, go: () => VpcResult): VpcResult {
  try {
    return go();
  } catch (error) {
    if (!(error instanceof CorruptionError)) throw error;
    return walk.trace.drop({stage: "headers", at, reason: error.message});
  }
}

function need<Value>(map: ReadonlyMap<string, Value>, id: string, what: string): Value {
  const value = map.get(id);
  if (value !== undefined) return value;
  throw new TypeError(`Cannot ${what}: need one of ${[...map.keys()].join(", ")}, got ${id}`);
}

function macText(frame: Uint8Array): string {
  return Array.from(frame.subarray(6, 12), (byte) => byte.toString(16).padStart(2, "0")).join(":");
}
