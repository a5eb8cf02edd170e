import {Cidr} from "../packet/index.js";
import {ROUTE_PRIORITY} from "./route.js";
import type {Route, RouteTarget} from "./route.js";

/**
 * Routes as columns of numbers: 16 bytes a route, where an object would take a hundred.
 *
 * Routes to the same block are linked, the one that wins first. Targets and prefix lists are few,
 * and stand in lists of their own. Fidelity: ours.
 */
export class RouteColumns {
  private network: Uint32Array = new Uint32Array(16);
  private prefixLength: Uint8Array = new Uint8Array(16);
  /** Place in ROUTE_PRIORITY. */
  private rank: Uint8Array = new Uint8Array(16);
  private target: Uint32Array = new Uint32Array(16);
  private prefixList: Uint16Array = new Uint16Array(16);
  /** The next route to the same block, or the next place given back, or −1. */
  private next: Int32Array = new Int32Array(16);
  private end = 0;
  private free = -1;
  private readonly targets: RouteTarget[] = [];
  private readonly targetPlaces: Map<string, number> = new Map();
  /** Place 0 is for routes of no list. */
  private readonly prefixListIds: (string | undefined)[] = [undefined];

  get sizeBytes(): number {
    return this.network.length * (4 + 1 + 1 + 4 + 2 + 4);
  }

  /** The target, one frozen object for all routes that share it. */
  targetAt(place: number): RouteTarget {
    return this.targets[this.target[place]!]!;
  }

  /** The places of all routes to one block, given the first. */
  chain(head: number): number[] {
    const places: number[] = [];
    for (let place = head; place >= 0; place = this.next[place]!) places.push(place);
    return places;
  }

  /** All routes, in no particular order. */
  routes(): Route[] {
    const free = new Set(this.chain(this.free));
    const places = Array.from({length: this.end}, (_, place) => place);
    return places.filter((place) => !free.has(place)).map((place) => this.routeAt(place));
  }

  /** A new object. */
  routeAt(place: number): Route {
    const prefixListId = this.prefixListIds[this.prefixList[place]!];
    return {
      destination: new Cidr(this.network[place]!, this.prefixLength[place]!),
      target: this.targetAt(place),
      origin: ROUTE_PRIORITY[this.rank[place]!]!,
      ...(prefixListId !== undefined && {prefixListId}),
    };
  }

  /** The place of the same route in a chain of routes to one block, whatever its target, or −1. */
  find(head: number, {origin, prefixListId}: Pick<Route, "origin" | "prefixListId">): number {
    const rank = ROUTE_PRIORITY.indexOf(origin);
    const place = this.chain(head).find(
      (one) =>
        this.rank[one] === rank && this.prefixListIds[this.prefixList[one]!] === prefixListId,
    );
    return place ?? -1;
  }

  /**
   * Writes a route and links it behind those that win against it.
   *
   * @param head first of the routes to the same block, or −1
   * @returns the first of them now
   */
  insert(head: number, route: Route): number {
    const prefixList = this.placeOfList(route.prefixListId);
    const place = this.takePlace();
    const rank = ROUTE_PRIORITY.indexOf(route.origin);
    this.network[place] = route.destination.network;
    this.prefixLength[place] = route.destination.prefixLength;
    this.rank[place] = rank;
    this.target[place] = this.placeOfTarget(route.target);
    this.prefixList[place] = prefixList;
    let before = -1;
    let after = head;
    while (after >= 0 && this.rank[after]! <= rank) [before, after] = [after, this.next[after]!];
    this.next[place] = after;
    if (before < 0) return place;
    this.next[before] = place;
    return head;
  }

  /** @returns the first of the routes to that block now, or −1 */
  remove(head: number, place: number): number {
    const after = this.next[place]!;
    for (let before = head; before >= 0; before = this.next[before]!) {
      if (this.next[before] === place) this.next[before] = after;
    }
    this.next[place] = this.free;
    this.free = place;
    return head === place ? after : head;
  }

  private takePlace(): number {
    if (this.free >= 0) {
      const place = this.free;
      this.free = this.next[place]!;
      return place;
    }
    if (this.end === this.network.length) this.grow();
    return this.end++;
  }

  private grow(): void {
    const length = Math.ceil(this.network.length * 1.5);
    const larger = <Column extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(
      column: Column,
      into: Column,
    ): Column => {
      into.set(column);
      return into;
    };
    this.network = larger(this.network, new Uint32Array(length));
    this.prefixLength = larger(this.prefixLength, new Uint8Array(length));
    this.rank = larger(this.rank, new Uint8Array(length));
    this.target = larger(this.target, new Uint32Array(length));
    this.prefixList = larger(this.prefixList, new Uint16Array(length));
    this.next = larger(this.next, new Int32Array(length));
  }

  private placeOfTarget({kind, id}: RouteTarget): number {
    const key = `${kind} ${id ?? ""}`;
    let place = this.targetPlaces.get(key);
    if (place === undefined) {
      place = this.targets.push(Object.freeze({kind, ...(id !== undefined && {id})})) - 1;
      this.targetPlaces.set(key, place);
    }
    return place;
  }

  private placeOfList(prefixListId: string | undefined): number {
    const place = this.prefixListIds.indexOf(prefixListId);
    if (place >= 0) return place;
    if (this.prefixListIds.length > 0xffff) {
      throw new RangeError(
        `Cannot add route: need at most 65535 prefix lists, got ${prefixListId}`,
      );
    }
    return this.prefixListIds.push(prefixListId) - 1;
  }
}
