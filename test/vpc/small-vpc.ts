/** The VPC of the source text's figure, with what it forgot, and frames of its instances. */
import {encodeFrame, FrameView, formatIpv4Address, verifyChecksums} from "kernel-lib/packet";
import type {FrameParts} from "kernel-lib/packet";
import {ROUTER_MAC} from "kernel-lib/vpc";
import type {TraceStage, VpcDescription, VpcResult} from "kernel-lib/vpc";
import {flagsOf} from "./frames.js";
import type {Ends} from "./frames.js";

export const MACS = {
  "eni-a": "02:00:00:00:00:0a",
  "eni-a2": "02:00:00:00:00:0c",
  "eni-b": "02:00:00:00:00:0b",
} as const;
export type EniId = keyof typeof MACS;
/** What the Internet gateway makes of private addresses. */
export const PUBLIC = {a: "52.0.0.5", a2: "52.0.0.6", nat: "52.0.0.20"} as const;

/** Public 10.0.1.0/24 with a, a2 and the NAT gateway; private 10.0.2.0/24 with b. */
export function smallVpc(changes: Partial<VpcDescription> = {}): VpcDescription {
  return {
    id: "vpc-1",
    cidr: "10.0.0.0/16",
    subnets: [
      {id: "subnet-public", cidr: "10.0.1.0/24", routeTableId: "rtb-public", networkAclId: "acl-1"},
      {
        id: "subnet-private",
        cidr: "10.0.2.0/24",
        routeTableId: "rtb-private",
        networkAclId: "acl-2",
      },
    ],
    networkAcls: ["acl-1", "acl-2"].map((id) => ({
      id,
      inbound: [{number: 100, action: "allow", protocol: "all", cidr: "0.0.0.0/0"}],
      outbound: [{number: 100, action: "allow", protocol: "all", cidr: "0.0.0.0/0"}],
    })),
    routeTables: [
      {id: "rtb-public", routes: [{destination: "0.0.0.0/0", target: "igw-1"}]},
      {
        id: "rtb-private",
        routes: [
          {destination: "0.0.0.0/0", target: "nat-1"},
          {destination: "198.51.100.0/24", target: "blackhole"},
          {destination: "10.9.0.0/16", target: "pcx-1"},
        ],
      },
    ],
    securityGroups: [
      {id: "sg-web", inbound: [{protocol: "tcp", ports: [443, 443], peer: "0.0.0.0/0"}]},
      {id: "sg-inside", inbound: [{protocol: "all", peer: "10.0.0.0/16"}]},
    ],
    interfaces: [
      eni("eni-a", "subnet-public", "10.0.1.5", ["sg-web", "sg-inside"]),
      eni("eni-a2", "subnet-public", "10.0.1.6", ["sg-web", "sg-inside"]),
      eni("eni-b", "subnet-private", "10.0.2.10", ["sg-inside"]),
    ],
    internetGateway: {
      id: "igw-1",
      addresses: [
        {privateAddress: "10.0.1.5", publicAddress: PUBLIC.a},
        {privateAddress: "10.0.1.6", publicAddress: PUBLIC.a2},
        {privateAddress: "10.0.1.20", publicAddress: PUBLIC.nat},
      ],
    },
    natGateways: [{id: "nat-1", subnetId: "subnet-public", addresses: ["10.0.1.20"]}],
    attachments: ["pcx-1"],
    ...changes,
  };
}

export function eni(
  id: EniId,
  subnetId: string,
  address: string,
  securityGroupIds: string[],
): VpcDescription["interfaces"][number] {
  return {id, mac: MACS[id], subnetId, privateAddresses: [address], securityGroupIds};
}

/** A TCP frame as an instance or the Internet sends it. */
export function tcp(
  ends: Ends,
  flags: string,
  more: {eniId?: EniId; payloadBytes?: number; ipv4?: Partial<FrameParts["ipv4"]>} = {},
): Uint8Array {
  const {eniId, payloadBytes = 0, ipv4 = {}} = more;
  const {source, destination, sourcePort, destinationPort} = ends;
  return encodeFrame({
    ethernet: {
      source: eniId ? MACS[eniId] : "02:ee:00:00:00:01",
      destination: ROUTER_MAC,
    },
    ipv4: {...ipv4, source, destination},
    tcp: {sourcePort, destinationPort, flags: flagsOf(flags), sequence: 1000, acknowledgment: 1},
    payload: new Uint8Array(payloadBytes).fill(7),
  });
}

/** "10.0.1.5:44321 → 1.2.3.4:443", as a frame has it. */
export function ends(frame: Uint8Array): string {
  const view = new FrameView().read(frame);
  const [from, to] = [view.source, view.destination].map(formatIpv4Address);
  return `${from}:${view.sourcePort} → ${to}:${view.destinationPort}`;
}

/** "stage@at decision" of each stage. */
export function steps(trace: readonly TraceStage[]): string[] {
  return trace.map(({stage, at, decision}) => `${stage} @ ${at}: ${decision}`);
}

export function lastStage({trace}: VpcResult): TraceStage {
  return trace.at(-1)!;
}

/** Whether every checksum that can be checked is right. */
export function isSound(frame: Uint8Array): boolean {
  return verifyChecksums(frame).every(({verdict}) => verdict !== "bad");
}

/** In milliseconds. */
export const SECOND = 1000;
/** From instance a to a web server, and the same from b. */
export const WEB = {
  source: "10.0.1.5",
  sourcePort: 44321,
  destination: "1.2.3.4",
  destinationPort: 443,
};
export const FROM_B = {...WEB, source: "10.0.2.10"};
