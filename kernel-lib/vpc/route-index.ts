import type {Cidr} from "../packet/index.js";
import {PrefixTrie} from "./prefix-trie.js";
import {RouteColumns} from "./route-columns.js";
import {formatRoute, ROUTE_PRIORITY} from "./route.js";
import type {Route, RouteTarget} from "./route.js";

/** Which of the routes to a block is meant; a target is no part of a route's name. */
export type RouteName = Pick<Route, "destination" | "origin" | "prefixListId">;

/**
 * The routes of a table, found by address: a trie whose values are places in columns.
 *
 * Routes inside a local one that can never win stand in a trie of their own, so that a look-up does
 * not pass them and an explanation still finds them.
 */
export class RouteIndex {
  private readonly columns: RouteColumns = new RouteColumns();
  private readonly trie: PrefixTrie = new PrefixTrie();
  private readonly localCidrs: readonly Cidr[];
  /** Made with the first route that needs it. */
  private neverTaken: PrefixTrie | undefined;

  /** @param localCidrs what no propagated route or prefix list can take a packet out of */
  constructor(localCidrs: readonly Cidr[]) {
    this.localCidrs = localCidrs;
  }

  /** Bytes of the arrays. */
  get sizeBytes(): number {
    return this.columns.sizeBytes + this.trie.sizeBytes + (this.neverTaken?.sizeBytes ?? 0);
  }

  /** @throws RangeError if there is such a route */
  insert(route: Route): void {
    const trie = this.trieOf(route);
    const head = trie.get(route.destination);
    const same = this.columns.find(head, route);
    if (same >= 0) {
      throw new RangeError(
        `Cannot add route: need a new one, got ${formatRoute(route)} ` +
          `beside ${formatRoute(this.columns.routeAt(same))}`,
      );
    }
    trie.set(route.destination, this.columns.insert(head, route));
  }

  /** @returns whether it was there */
  delete(route: RouteName): boolean {
    const trie = this.trieOf(route);
    const head = trie.get(route.destination);
    const place = this.columns.find(head, route);
    if (place < 0) return false;
    const rest = this.columns.remove(head, place);
    if (rest < 0) trie.delete(route.destination);
    else trie.set(route.destination, rest);
    return true;
  }

  /** The place of the route that wins for an address in [0, 2^32), or −1. */
  placeFor(address: number): number {
    return this.trie.lookup(address);
  }

  targetAt(place: number): RouteTarget {
    return this.columns.targetAt(place);
  }

  routeAt(place: number): Route {
    return this.columns.routeAt(place);
  }

  /** All other routes that contain the address: by preference, then those that are never taken. */
  lostTo(place: number, address: number): Route[] {
    const heads = [...this.trie.covering(address), ...(this.neverTaken?.covering(address) ?? [])];
    return heads
      .flatMap((head) => this.columns.chain(head))
      .filter((other) => other !== place)
      .map((other) => this.columns.routeAt(other));
  }

  /** All routes, by block and then by preference. */
  routes(): Route[] {
    return this.columns.routes().sort((a, b) => {
      const [one, other] = [a.destination, b.destination];
      if (one.network !== other.network) return one.network - other.network;
      if (one.prefixLength !== other.prefixLength) return one.prefixLength - other.prefixLength;
      return ROUTE_PRIORITY.indexOf(a.origin) - ROUTE_PRIORITY.indexOf(b.origin);
    });
  }

  private trieOf({destination, origin}: RouteName): PrefixTrie {
    const isInside =
      (origin === "propagated" || origin === "prefixList") &&
      this.localCidrs.some((local) => local.covers(destination));
    return isInside ? (this.neverTaken ??= new PrefixTrie()) : this.trie;
  }
}
