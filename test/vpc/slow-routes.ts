/** The slow twin of a route table, and random tables to compare the two on. */
import {Cidr} from "kernel-lib/packet";
import type {Random} from "kernel-lib/random";
import {ROUTE_PRIORITY, RouteTable} from "kernel-lib/vpc";
import type {Route, RouteOrigin} from "kernel-lib/vpc";

/** Looks at every route: longest block first, then the order of priority, then of arrival. */
export function scanRoutes(routes: readonly Route[], address: number): Route | undefined {
  let best: Route | undefined;
  for (const route of routes) {
    if (!route.destination.contains(address)) continue;
    if (best === undefined || wins(route, best)) best = route;
  }
  return best;
}

function wins(route: Route, other: Route): boolean {
  const longer = route.destination.prefixLength - other.destination.prefixLength;
  if (longer !== 0) return longer > 0;
  return ROUTE_PRIORITY.indexOf(route.origin) < ROUTE_PRIORITY.indexOf(other.origin);
}

/**
 * Blocks that overlap a lot: half of them lie inside an earlier one. In [1.0.0.0, 224.0.0.0), without
 * the loopback and link-local blocks, where a kernel or AWS has routes of its own.
 */
export function randomBlocks(count: number, random: Random): Cidr[] {
  const blocks: Cidr[] = [];
  while (blocks.length < count) {
    const earlier = random.integer({min: 0, max: Math.max(0, blocks.length - 1)});
    const around = random.float() < 0.5 ? blocks[earlier] : undefined;
    const length = random.integer({min: around?.prefixLength ?? 1, max: 32});
    const inside =
      around === undefined ? random.integer({min: 0, max: 2 ** 32 - 1}) : randomIn(around, random);
    if (isOrdinary(inside)) blocks.push(new Cidr(inside, length));
  }
  return blocks;
}

/** An address in one of the blocks, three times of four at one of its ends or beside it. */
export function randomDestination(blocks: readonly Cidr[], random: Random): number {
  for (;;) {
    const block = blocks[random.integer({min: 0, max: blocks.length - 1})]!;
    const ends = [block.network - 1, block.network, block.last, block.last + 1];
    const address =
      random.float() < 0.75
        ? ends[random.integer({min: 0, max: 3})]! >>> 0
        : randomIn(block, random);
    if (isOrdinary(address)) return address;
  }
}

/** Static routes, and beside some of them a propagated route to the same block. */
export function randomRoutes(count: number, random: Random): Route[] {
  const seen = new Set<string>();
  return randomBlocks(count, random).flatMap((destination, index) => {
    const origin: RouteOrigin = random.float() < 0.3 ? "propagated" : "static";
    const target = {kind: "networkInterface", id: `eni-${index % 50}`} as const;
    const isNew = !seen.has(`${destination} ${origin}`);
    seen.add(`${destination} ${origin}`);
    const other: RouteOrigin = origin === "static" ? "propagated" : "static";
    const both = random.float() < 0.2 && !seen.has(`${destination} ${other}`);
    if (both) seen.add(`${destination} ${other}`);
    return [
      ...(isNew ? [{destination, target, origin}] : []),
      ...(both ? [{destination, target: {...target, id: "eni-other"}, origin: other}] : []),
    ];
  });
}

function randomIn(block: Cidr, random: Random): number {
  return block.network + random.integer({min: 0, max: block.size - 1});
}

function isOrdinary(address: number): boolean {
  const first = address >>> 24;
  return first >= 1 && first < 224 && first !== 127 && first !== 169;
}

/** A table of these routes, without AWS's limits and without local blocks. */
export function fullTable(routes: readonly Route[]): RouteTable {
  const table = new RouteTable({maxRoutes: Infinity, maxPropagatedRoutes: Infinity});
  for (const {destination, target, origin} of routes) {
    if (origin !== "static" && origin !== "propagated") throw new Error(`${origin} is not added`);
    table.add({destination, target, origin});
  }
  return table;
}
