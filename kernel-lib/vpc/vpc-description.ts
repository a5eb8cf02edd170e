import type {Host} from "./mapping-service.js";
import type {NatGatewayOptions} from "./nat-gateway.js";
import type {NetworkAclOptions} from "./network-acl.js";
import type {NetworkInterfaceOptions} from "./network-interface.js";
import type {PublicAddress} from "./internet-gateway.js";
import type {RouteTarget, RouteTargetKind} from "./route.js";
import type {SecurityGroupOptions} from "./security-group.js";
import type {TimeoutProfile} from "./timeout-profiles.js";

/** A VPC as text would describe it: all that `Vpc` is made of. */
export interface VpcDescription {
  /** For example "vpc-1". */
  id: string;
  /** Its block of addresses, "10.0.0.0/16". */
  cidr: string;
  subnets: readonly SubnetDescription[];
  routeTables: readonly RouteTableDescription[];
  securityGroups: readonly SecurityGroupOptions[];
  interfaces: readonly InterfaceDescription[];
  /** Those that subnets name. */
  networkAcls?: readonly NetworkAclOptions[];
  internetGateway?: {id: string; addresses: readonly PublicAddress[]};
  natGateways?: readonly NatGatewayDescription[];
  /** What routes may name besides: peerings "pcx-…", "tgw-…", "vgw-…", "vpce-…". */
  attachments?: readonly string[];
  /** Entries of the prefix lists that groups and routes name. */
  prefixLists?: Readonly<Record<string, readonly string[]>>;
  /** Of the overlay, in [0, 2^24). Default: 0xabcde. */
  vni?: number;
  /** How long a change of the mapping takes to reach the hosts, in ms. Default: 0. */
  propagationDelayMs?: number;
}

export interface SubnetDescription {
  id: string;
  cidr: string;
  routeTableId: string;
  /** Default: one that allows everything, "acl-default". */
  networkAclId?: string;
}

export interface RouteTableDescription {
  id: string;
  /** Besides the local one. */
  routes?: readonly RouteDescription[];
}

export interface RouteDescription {
  /** A block, or a prefix list "pl-…". */
  destination: string;
  /** An id, whose beginning says what it is, or "blackhole". */
  target: string;
}

export interface InterfaceDescription extends Omit<NetworkInterfaceOptions, "mac"> {
  /** Default: one of its own. */
  mac?: string;
  /** Default: a host of its own. */
  host?: Host;
  /** How long its tracked flows may be idle. Default: `NITRO_6_TIMEOUTS`. */
  timeouts?: TimeoutProfile;
  /** How many flows its tracker holds. Default: 262,144, `invented for teaching`. */
  maxFlows?: number;
}

/** A zonal, public NAT gateway. */
export interface NatGatewayDescription extends Omit<NatGatewayOptions, "addresses"> {
  id: string;
  /** Its own, from which it needs a route to the Internet gateway. */
  subnetId: string;
  /** Private ones, of that subnet; the Internet gateway has the public ones. */
  addresses: readonly string[];
}

const KIND_OF_PREFIX: ReadonlyMap<string, RouteTargetKind> = new Map([
  ["igw", "internetGateway"],
  ["nat", "natGateway"],
  ["eni", "networkInterface"],
  ["pcx", "vpcPeering"],
  ["tgw", "transitGateway"],
  ["vgw", "virtualPrivateGateway"],
  ["vpce", "vpcEndpoint"],
]);

/**
 * What the id of a route's target means.
 *
 * @throws TypeError if it begins like none
 * @example
 * import {routeTargetOf} from "kernel-lib/vpc";
 * routeTargetOf("nat-1") // => { kind: 'natGateway', id: 'nat-1' }
 */
export function routeTargetOf(id: string): RouteTarget {
  if (id === "blackhole") return {kind: "blackhole"};
  const kind = KIND_OF_PREFIX.get(id.slice(0, id.indexOf("-")));
  if (kind !== undefined) return {kind, id};
  const known = [...KIND_OF_PREFIX.keys()].map((prefix) => `${prefix}-…`);
  throw new TypeError(
    `Cannot make route: need a target ${known.join(", ")} or blackhole, got "${id}"`,
  );
}
