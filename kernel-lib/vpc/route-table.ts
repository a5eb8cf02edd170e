import {Cidr, parseIpv4Address} from "../packet/index.js";
import {RouteIndex} from "./route-index.js";
import {RouteMatch} from "./route-match.js";
import {formatRoute, ROUTE_LIMITS, UNROUTABLE_BLOCK} from "./route.js";
import type {Route, RouteTarget, RouteTargetKind} from "./route.js";

export interface RouteTableOptions {
  /** The VPC's own blocks; each is a local route, which cannot be taken away. Default: none. */
  localCidrs?: readonly (string | Cidr)[];
  /** Most static routes and entries of prefix lists. Default: 50, which AWS raises to 1,000. */
  maxRoutes?: number;
  /** Most propagated routes. Default: 100, which AWS does not raise. */
  maxPropagatedRoutes?: number;
}

/** A route to add. */
export interface NewRoute {
  destination: string | Cidr;
  target: RouteTarget;
  /** "static" if left out. */
  origin?: "static" | "propagated";
}

/** A route whose destinations are a list that is kept elsewhere. */
export interface PrefixListRoute {
  prefixListId: string;
  entries: readonly (string | Cidr)[];
  /** What the list may grow to, which is what counts against the limit. Default: its length. */
  maxEntries?: number;
  target: RouteTarget;
}

/**
 * The route table of a subnet: where a packet to a destination goes, and why there.
 *
 * The longest block that contains the destination decides. Among routes to the same block a static
 * one wins over an entry of a prefix list, and that over a propagated one. Two exceptions: inside the
 * VPC's own blocks propagated routes and prefix lists count for nothing, however specific they are;
 * and to 169.254.168.0/22 nothing is forwarded.
 *
 * Sources: Amazon VPC User Guide, "Route tables", "Route priority"; Site-to-Site VPN User Guide,
 * "Route tables and VPN route priority". Fidelity: public. Simplified: of two prefix lists with the
 * same block the first one wins, where AWS draws one and keeps to it; a static route inside a local
 * one may have any length, where AWS wants the block of a subnet; the local route does not count
 * against the limit, of which the quotas say nothing. A gateway's route table, which may replace
 * the local route's target, is not modelled.
 *
 * @example
 * import {RouteTable} from "kernel-lib/vpc";
 * const table = new RouteTable({localCidrs: ["10.0.0.0/16"]});
 * table.add({destination: "0.0.0.0/0", target: {kind: "natGateway", id: "nat-1"}});
 * table.add({destination: "172.31.0.0/16", target: {kind: "vpcPeering", id: "pcx-1"}});
 * table.lookup("8.8.8.8")?.target // => { kind: 'natGateway', id: 'nat-1' }
 * table.lookup("172.31.0.9")?.target // => { kind: 'vpcPeering', id: 'pcx-1' }
 * table.lookup("169.254.169.254")?.target // => { kind: 'blackhole' }
 */
export class RouteTable {
  readonly maxRoutes: number;
  readonly maxPropagatedRoutes: number;
  /** Goes up by one with each change. */
  version = 0;
  /** Static routes, and the most entries of each prefix list. */
  routeCount = 0;
  propagatedRouteCount = 0;
  private readonly localCidrs: readonly Cidr[];
  private readonly index: RouteIndex;
  private readonly prefixLists: Map<string, Required<PrefixListRoute>> = new Map();

  /**
   * @throws SyntaxError if a text is no block
   * @throws RangeError if a limit is no number >= 0, or two local blocks overlap
   */
  constructor(options: RouteTableOptions = {}) {
    this.maxRoutes = limit("maxRoutes", options.maxRoutes ?? ROUTE_LIMITS.routes);
    this.maxPropagatedRoutes = limit(
      "maxPropagatedRoutes",
      options.maxPropagatedRoutes ?? ROUTE_LIMITS.propagatedRoutes,
    );
    this.localCidrs = (options.localCidrs ?? []).map(toCidr);
    this.index = new RouteIndex(this.localCidrs);
    for (const [place, destination] of this.localCidrs.entries()) {
      const other = this.localCidrs.slice(0, place).find((cidr) => cidr.overlaps(destination));
      if (other ?? UNROUTABLE_BLOCK.overlaps(destination)) {
        throw new RangeError(
          `Cannot make route table: need local blocks apart, got ${destination} ` +
            `and ${other ?? UNROUTABLE_BLOCK}`,
        );
      }
      this.index.insert({destination, target: {kind: "local"}, origin: "local"});
    }
    const nowhere: RouteTarget = {kind: "blackhole"};
    this.index.insert({destination: UNROUTABLE_BLOCK, target: nowhere, origin: "reserved"});
  }

  /** All routes in the order of their blocks, without the reserved one. */
  get routes(): Route[] {
    return this.index.routes().filter(({origin}) => origin !== "reserved");
  }

  /** Bytes of the arrays that hold the routes: nearly all that the table takes. */
  get sizeBytes(): number {
    return this.index.sizeBytes;
  }

  /**
   * Where a packet goes, with the reason.
   *
   * @param destination an address, as text or as a whole number in [0, 2^32)
   * @returns undefined if no route contains it: the packet is dropped
   * @throws SyntaxError if a text is no address
   * @throws RangeError if a number is none
   */
  lookup(destination: string | number): RouteMatch | undefined {
    const address = typeof destination === "number" ? destination : parseIpv4Address(destination);
    if (address >>> 0 !== address) return refuseAddress(address);
    const place = this.index.placeFor(address);
    if (place < 0) return undefined;
    return new RouteMatch(this.index.targetAt(place), this, place, address);
  }

  /**
   * Where a packet goes, without the reason: what a forwarding plane asks for each packet. The same
   * object for all routes with that target.
   *
   * @param address a whole number in [0, 2^32)
   * @throws RangeError if it is none
   */
  targetOf(address: number): RouteTarget | undefined {
    if (address >>> 0 !== address) return refuseAddress(address);
    const place = this.index.placeFor(address);
    return place < 0 ? undefined : this.index.targetAt(place);
  }

  /**
   * Adds a route.
   *
   * @throws SyntaxError if the destination is no block
   * @throws RangeError if there is such a route, the table is full, the block is reserved or a local
   *   route, or a static route inside a local one has a target that AWS does not take there
   */
  add({destination, target, origin = "static"}: NewRoute): void {
    const route: Route = {destination: toCidr(destination), target, origin};
    if (UNROUTABLE_BLOCK.covers(route.destination)) {
      refuse(route, `a destination that is not inside ${UNROUTABLE_BLOCK}`);
    }
    this.needPlaceInLocal(route);
    this.needRoom(route);
    this.index.insert(route);
    if (origin === "propagated") this.propagatedRouteCount++;
    else this.routeCount++;
    this.version++;
  }

  /**
   * Adds a route to each entry of a prefix list. Entries inside a local route or the reserved block
   * are not valid for the table and count for nothing, as in AWS.
   *
   * @throws SyntaxError if an entry is no block
   * @throws RangeError if the list is there, has an entry twice or more entries than `maxEntries`, or
   *   the table would be too full
   */
  addPrefixList({prefixListId, entries, maxEntries, target}: PrefixListRoute): void {
    const blocks = entries.map(toCidr);
    const most = maxEntries ?? blocks.length;
    const different = new Set(blocks.map(String)).size;
    if (this.prefixLists.has(prefixListId) || different < blocks.length || most < blocks.length) {
      throw new RangeError(
        `Cannot add prefix list ${prefixListId}: need a new one of at most ${most} different ` +
          `entries, got ${this.prefixLists.has(prefixListId) ? "the same" : blocks.join(", ")}`,
      );
    }
    if (this.routeCount + most > this.maxRoutes) {
      throw new RangeError(
        `Cannot add prefix list ${prefixListId}: need at most ${this.maxRoutes} routes, ` +
          `got ${this.routeCount + most}`,
      );
    }
    for (const destination of blocks) {
      if (UNROUTABLE_BLOCK.covers(destination)) continue;
      const route: Route = {destination, target, origin: "prefixList", prefixListId};
      this.index.insert(route);
    }
    this.prefixLists.set(prefixListId, {prefixListId, entries: blocks, maxEntries: most, target});
    this.routeCount += most;
    this.version++;
  }

  /**
   * Takes a route away.
   *
   * @returns whether it was there
   * @throws RangeError if it is a local route, which stays as long as the VPC
   */
  remove({destination, origin = "static"}: Omit<NewRoute, "target">): boolean {
    const block = toCidr(destination);
    if (origin === "static" && this.localCidrs.some((local) => String(local) === String(block))) {
      throw new RangeError(`Cannot remove route: need one that is not local, got ${block}`);
    }
    if (!this.index.delete({destination: block, origin})) return false;
    if (origin === "propagated") this.propagatedRouteCount--;
    else this.routeCount--;
    this.version++;
    return true;
  }

  /** Takes the routes of a prefix list away. @returns whether it was there */
  removePrefixList(prefixListId: string): boolean {
    const list = this.prefixLists.get(prefixListId);
    if (list === undefined) return false;
    for (const entry of list.entries) {
      this.index.delete({destination: toCidr(entry), origin: "prefixList", prefixListId});
    }
    this.prefixLists.delete(prefixListId);
    this.routeCount -= list.maxEntries;
    this.version++;
    return true;
  }

  /** For `RouteMatch`. */
  routeAt(place: number): Route {
    return this.index.routeAt(place);
  }

  /** For `RouteMatch`. */
  lostTo(place: number, address: number): Route[] {
    return this.index.lostTo(place, address);
  }

  /** A line for each route. */
  describe(): string {
    return this.routes.map(formatRoute).join("\n");
  }

  private needRoom(route: Route): void {
    const isPropagated = route.origin === "propagated";
    const most = isPropagated ? this.maxPropagatedRoutes : this.maxRoutes;
    const count = isPropagated ? this.propagatedRouteCount : this.routeCount;
    if (count < most) return;
    const kind = isPropagated ? "propagated routes" : "routes";
    refuse(route, `at most ${most} ${kind}`);
  }

  /** What AWS takes at and inside the VPC's own blocks ("Example routing options", middleboxes). */
  private needPlaceInLocal(route: Route): void {
    if (route.origin === "propagated") return;
    const local = this.localCidrs.find((cidr) => cidr.covers(route.destination));
    if (local === undefined) return;
    if (local.prefixLength === route.destination.prefixLength) {
      refuse(route, "another destination than the local route's");
    }
    if (!TARGETS_INSIDE_LOCAL.has(route.target.kind)) {
      refuse(route, `one of ${[...TARGETS_INSIDE_LOCAL].join(", ")} inside the local ${local}`);
    }
  }
}

/** A blackhole is what is left of the others when what they point to is deleted. */
const TARGETS_INSIDE_LOCAL: ReadonlySet<RouteTargetKind> = new Set<RouteTargetKind>([
  "natGateway",
  "networkInterface",
  "vpcEndpoint",
  "blackhole",
]);

function toCidr(block: string | Cidr): Cidr {
  return typeof block === "string" ? Cidr.parse(block) : block;
}

function limit(name: string, most: number): number {
  if (most >= 0) return most;
  throw new RangeError(`Cannot make route table: need ${name} >= 0, got ${most}`);
}

function refuse(route: Route, need: string): never {
  throw new RangeError(`Cannot add route: need ${need}, got ${formatRoute(route)}`);
}

function refuseAddress(address: number): never {
  throw new RangeError(`Cannot look up: need a whole number in [0, 2^32), got ${address}`);
}
