/**
 * The overlay: frames of a VPC, carried between hosts inside UDP packets of the network below.
 *
 *     host A  outer Ethernet │ outer IPv4 │ UDP 4789 │ VXLAN, VNI = which VPC │ inner frame  host B
 *
 * The receiver believes nothing that a guest could forge: the VNI must be of a VPC, the mapping must
 * say that the inner source really lives on the host that the packet came from, and the interface
 * must be here. So a frame of one VPC never reaches another, whatever is in it.
 *
 * Source: RFC 7348. Fidelity: AWS's own encapsulation is proprietary, and VXLAN stands in for it;
 * that the receiver validates the source is second-hand (talks on AWS's networking). Simplified: the
 * hosts share one Ethernet, and the ttl stays as it is, as in a VPC.
 */
import {CorruptionError} from "../bytes/index.js";
import {decodeFrame, encodeFrame, formatIpv4Address, internetChecksum} from "../packet/index.js";
import type {Host, MappingService} from "./mapping-service.js";
import {packetSummary} from "./packet-summary.js";
import type {PacketSummary} from "./packet-summary.js";

/** What VXLAN adds to a frame: Ethernet 14, IPv4 20, UDP 8, VXLAN 8 (RFC 7348 §5). */
export const VXLAN_OVERHEAD_BYTES = 50;

/** Why the overlay dropped a frame. */
export type OverlayDrop =
  "notIpv4" | "noMapping" | "malformed" | "wrongHost" | "unknownVni" | "sourceNotThere" | "notHere";

/** A frame was dropped, and why. */
export interface OverlayDropped {
  readonly verdict: "dropped";
  readonly drop: OverlayDrop;
  readonly reason: string;
}

/** A frame is on its way. */
export interface Encapsulated {
  readonly verdict: "sent";
  /** The outer frame. */
  readonly bytes: Uint8Array;
  /** The host that it goes to. */
  readonly host: Host;
  readonly reason: string;
}

/** A frame came out, and for whom. */
export interface Decapsulated {
  readonly verdict: "delivered";
  readonly vpcId: string;
  readonly eniId: string;
  /** A view into the outer frame. */
  readonly frame: Uint8Array;
  readonly reason: string;
}

export interface VxlanOverlayOptions {
  mapping: MappingService;
  /** The VXLAN network identifier of each VPC, in [0, 2^24). */
  vnis: Readonly<Record<string, number>>;
  /** Underlay addresses of gateways, which send from addresses that no interface has. */
  gatewayHosts?: readonly string[];
}

/**
 * Puts frames into VXLAN and takes them out.
 *
 * @example
 * import {encodeFrame} from "kernel-lib/packet";
 * import {MappingService, VxlanOverlay} from "kernel-lib/vpc";
 * const mapping = new MappingService();
 * mapping.addSubnet({vpcId: "vpc-a", subnetId: "subnet-1", cidr: "10.0.0.0/16"});
 * const hosts = [1, 2].map((n) => ({address: `192.168.0.${n}`, mac: `02:aa:00:00:00:0${n}`}));
 * for (const [n, host] of hosts.entries()) {
 *   const at = {vpcId: "vpc-a", address: `10.0.1.${n + 5}`};
 *   mapping.register({...at, mapping: {host, eniId: `eni-${n}`, mac: `02:00:00:00:00:0${n}`}}, 0);
 * }
 * const overlay = new VxlanOverlay({mapping, vnis: {"vpc-a": 0xabcde}});
 * const frame = encodeFrame({
 *   ethernet: {source: "02:00:00:00:00:00", destination: "02:00:00:00:00:01"},
 *   ipv4: {source: "10.0.1.5", destination: "10.0.1.6"},
 *   udp: {sourcePort: 40000, destinationPort: 9},
 * });
 * const sent = overlay.encapsulate({vpcId: "vpc-a", frame, host: hosts[0]!}, 0);
 * sent.reason // => '10.0.1.6 is on 192.168.0.2'
 * const bytes = sent.verdict === "sent" ? sent.bytes : new Uint8Array(0);
 * overlay.decapsulate({bytes, host: hosts[1]!}, 0).reason // => '10.0.1.5 is on 192.168.0.1, eni-1 is here'
 * overlay.decapsulate({bytes, host: hosts[0]!}, 0).reason // => 'for host 192.168.0.2, not 192.168.0.1'
 */
export class VxlanOverlay {
  readonly mapping: MappingService;
  private readonly vniOf: ReadonlyMap<string, number>;
  private readonly vpcOf: ReadonlyMap<number, string>;
  private readonly gatewayHosts: ReadonlySet<string>;

  /** @throws RangeError if a VNI is outside its range or given to two VPCs */
  constructor({mapping, vnis, gatewayHosts = []}: VxlanOverlayOptions) {
    const pairs = Object.entries(vnis);
    const isFit = pairs.every(([, vni]) => Number.isInteger(vni) && vni >= 0 && vni < 2 ** 24);
    if (!isFit || new Set(pairs.map(([, vni]) => vni)).size < pairs.length) {
      const got = pairs.map(([, vni]) => vni).join(", ");
      throw new RangeError(`Cannot make overlay: need different VNIs in [0, 2^24), got ${got}`);
    }
    this.mapping = mapping;
    this.vniOf = new Map(pairs);
    this.vpcOf = new Map(pairs.map(([vpcId, vni]) => [vni, vpcId]));
    this.gatewayHosts = new Set(gatewayHosts);
  }

  /**
   * Wraps a frame for the host that has its next hop, as the sender's copy of the mapping says.
   *
   * @param request the frame, the host that sends it, and the address in the VPC that it goes to next:
   *   a route's target, by default its destination
   * @throws RangeError if the VPC has no VNI
   * @throws CorruptionError if the frame's own headers are damaged
   */
  encapsulate(
    request: {vpcId: string; frame: Uint8Array; host: Host; nextHop?: string | number},
    nowMs: number,
  ): Encapsulated | OverlayDropped {
    const {vpcId, frame, host} = request;
    const vni = this.vniOf.get(vpcId);
    if (vni === undefined)
      throw new RangeError(`Cannot encapsulate: need a VNI of ${vpcId}, got none`);
    const packet = packetSummary(frame);
    if (packet === undefined) return dropped("notIpv4", "only IPv4 leaves a host");
    const next = request.nextHop ?? packet.destination;
    const text = typeof next === "number" ? formatIpv4Address(next) : next;
    const found = this.mapping.lookup({vpcId, address: next}, nowMs);
    if (found === undefined) return dropped("noMapping", `${text} is nowhere in ${vpcId}`);
    const inner = frame.slice();
    inner.set(macBytes(found.mac));
    const bytes = encodeFrame({
      ethernet: {source: host.mac, destination: found.host.mac},
      ipv4: {source: host.address, destination: found.host.address},
      udp: {},
      vxlan: {vni},
      payload: inner,
    });
    return {
      verdict: "sent",
      bytes,
      host: found.host,
      reason: `${text} is on ${found.host.address}`,
    };
  }

  /**
   * Unwraps a frame that came to a host, if it may be delivered there. Any bytes at all give a verdict.
   *
   * @throws TypeError if `bytes` is no Uint8Array
   */
  decapsulate(
    {bytes, host}: {bytes: Uint8Array; host: Host},
    nowMs: number,
  ): Decapsulated | OverlayDropped {
    try {
      return this.deliver(bytes, host, nowMs);
    } catch (error) {
      if (error instanceof CorruptionError) return dropped("malformed", error.message);
      throw error;
    }
  }

  private deliver(bytes: Uint8Array, host: Host, nowMs: number): Decapsulated | OverlayDropped {
    const {layers} = decodeFrame(bytes);
    const [ip, vxlan, innerEthernet] = [layers[1], layers[3], layers[4]];
    if (ip?.name !== "ipv4" || vxlan?.name !== "vxlan" || innerEthernet?.name !== "ethernet") {
      return dropped("malformed", `no VXLAN: ${layers.map(({name}) => name).join(", ")}`);
    }
    if (internetChecksum(bytes.subarray(ip.at, ip.at + ip.sizeBytes)) !== 0) {
      return dropped("malformed", "the outer IPv4 header's checksum is wrong");
    }
    const {source, destination} = ip.header;
    if (destination !== host.address) {
      return dropped("wrongHost", `for host ${destination}, not ${host.address}`);
    }
    const vpcId = this.vpcOf.get(vxlan.header.vni);
    if (vpcId === undefined) return dropped("unknownVni", `no VPC has VNI ${vxlan.header.vni}`);
    const frame = bytes.subarray(innerEthernet.at, ip.at + ip.header.totalLength);
    const packet = packetSummary(frame);
    if (packet === undefined) return dropped("notIpv4", "only IPv4 is carried");
    const [isThere, where] = this.validateSource({vpcId, packet, source}, nowMs);
    if (!isThere) return dropped("sourceNotThere", where);
    const mac = innerEthernet.header.destination;
    const found = this.mapping.currentInterface({vpcId, mac});
    if (found?.host.address !== host.address) {
      return dropped("notHere", `${vpcId} has no interface ${mac} here`);
    }
    const {eniId} = found;
    return {verdict: "delivered", vpcId, eniId, frame, reason: `${where}, ${eniId} is here`};
  }

  private validateSource(
    {vpcId, packet, source}: {vpcId: string; packet: PacketSummary; source: string},
    nowMs: number,
  ): [boolean, string] {
    if (this.gatewayHosts.has(source)) return [true, `${source} is a gateway`];
    const text = formatIpv4Address(packet.source);
    const found = this.mapping.lookup({vpcId, address: packet.source}, nowMs);
    if (found === undefined) return [false, `${text} is nowhere in ${vpcId}, came from ${source}`];
    const where = `${text} is on ${found.host.address}`;
    return found.host.address === source ? [true, where] : [false, `${where}, came from ${source}`];
  }
}

function dropped(drop: OverlayDrop, reason: string): OverlayDropped {
  return {verdict: "dropped", drop, reason};
}

function macBytes(mac: string): Uint8Array {
  return Uint8Array.from(mac.split(":"), (byte) => Number.parseInt(byte, 16));
}
