/**
 * Routes of a VPC's route table: a block of destinations, where its packets go, and who said so.
 *
 * Source: Amazon VPC User Guide, "Route tables" and "Route priority"; "Amazon VPC quotas".
 * Fidelity: public. IPv4 only, and without the targets of Outposts, carrier and egress-only
 * gateways, which would differ in name alone.
 */
import {Cidr} from "../packet/index.js";

/** What a route points to. */
export type RouteTargetKind =
  | "local"
  | "internetGateway"
  | "natGateway"
  | "networkInterface"
  | "vpcPeering"
  | "vpcEndpoint"
  | "transitGateway"
  | "virtualPrivateGateway"
  | "blackhole";

/** Where a route sends a packet. */
export interface RouteTarget {
  /** "blackhole" drops it: EC2 shows a route so whose target was deleted. */
  readonly kind: RouteTargetKind;
  /** For example "igw-1"; none for "local", and for a blackhole what it pointed to, if anything. */
  readonly id?: string;
}

/**
 * Who put a route into the table: "local" the VPC, "static" a person, "prefixList" a person through a
 * prefix list, "propagated" a virtual private gateway, "reserved" nobody: AWS forwards nothing to it.
 */
export type RouteOrigin = "reserved" | "local" | "static" | "prefixList" | "propagated";

/** One line of a route table. */
export interface Route {
  readonly destination: Cidr;
  readonly target: RouteTarget;
  readonly origin: RouteOrigin;
  /** The list that the destination is an entry of. */
  readonly prefixListId?: string;
}

/** Origins, the one that wins first, among routes to the same block ("Route priority"). */
export const ROUTE_PRIORITY: readonly RouteOrigin[] = [
  "reserved",
  "local",
  "static",
  "prefixList",
  "propagated",
];

/** Routes a table may have; documented ("Amazon VPC quotas", "Route tables"). */
export const ROUTE_LIMITS = {
  /** Static routes and entries of prefix lists; on request up to `mostRoutes`. */
  routes: 50,
  mostRoutes: 1000,
  /** Routes that BGP advertises; cannot be raised. */
  propagatedRoutes: 100,
} as const;

/**
 * The part of the link-local block in which AWS's own services answer: no route into it can be
 * added, and a packet to it is not forwarded even under a larger block (User Guide, "Route tables",
 * considerations). Its counterpart of IPv6, fd00:ec2::/32, has no place here.
 */
export const UNROUTABLE_BLOCK: Cidr = Cidr.parse("169.254.168.0/22");

/**
 * A target as the console shows it.
 *
 * @example
 * import {formatRouteTarget} from "kernel-lib/vpc";
 * formatRouteTarget({kind: "internetGateway", id: "igw-1"}) // => 'igw-1'
 * formatRouteTarget({kind: "local"}) // => 'local'
 * formatRouteTarget({kind: "blackhole", id: "nat-1"}) // => 'nat-1 (blackhole)'
 */
export function formatRouteTarget({kind, id}: RouteTarget): string {
  if (id === undefined) return kind;
  return kind === "blackhole" ? `${id} (blackhole)` : id;
}

/**
 * A route in one line.
 *
 * @example
 * import {Cidr} from "kernel-lib/packet";
 * import {formatRoute} from "kernel-lib/vpc";
 * const target = {kind: "internetGateway", id: "igw-1"} as const;
 * formatRoute({destination: Cidr.parse("0.0.0.0/0"), target, origin: "static"}) // => '0.0.0.0/0 → igw-1 (static)'
 */
export function formatRoute({destination, target, origin, prefixListId}: Route): string {
  const from = prefixListId === undefined ? origin : `prefix list ${prefixListId}`;
  return `${destination} → ${formatRouteTarget(target)} (${from})`;
}
