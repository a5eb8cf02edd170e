import {formatRoute, formatRouteTarget} from "./route.js";
import type {Route, RouteTarget} from "./route.js";

/** A route that contains the destination and was not taken. */
export interface LostRoute {
  readonly route: Route;
  /** For example "less specific than 10.0.0.0/16". */
  readonly reason: string;
}

/** What a look-up asks of the table it was made in, when somebody wants to know why. */
export interface RouteExplainer {
  /** Goes up by one with each change of the table. */
  readonly version: number;
  routeAt(place: number): Route;
  /** All other routes that contain the address, the one that would be next first. */
  lostTo(place: number, address: number): Route[];
}

/**
 * What a look-up found, and why: the route that matched and those that lost against it.
 *
 * A match is made for each look-up and holds only where to look; the rest is worked out when asked
 * for. Ask before the table changes: after that nobody knows any more what lost.
 *
 * @example
 * import {RouteTable} from "kernel-lib/vpc";
 * const table = new RouteTable({localCidrs: ["10.0.0.0/16"]});
 * table.add({destination: "0.0.0.0/0", target: {kind: "internetGateway", id: "igw-1"}});
 * const match = table.lookup("10.0.1.5")!;
 * match.target // => { kind: 'local' }
 * match.lost.map(({reason}) => reason) // => [ 'less specific than 10.0.0.0/16' ]
 */
export class RouteMatch {
  /** Where the packet goes; stays right whatever happens to the table. */
  readonly target: RouteTarget;
  private readonly table: RouteExplainer;
  private readonly version: number;
  private readonly place: number;
  /** As a signed number, which V8 keeps in the object itself. */
  private readonly address: number;

  /** Made by `RouteTable.lookup`. */
  constructor(target: RouteTarget, table: RouteExplainer, place: number, address: number) {
    this.target = target;
    this.table = table;
    this.version = table.version;
    this.place = place;
    this.address = address | 0;
  }

  /**
   * The route that matched.
   *
   * @throws RangeError if the table has changed since
   */
  get route(): Route {
    return this.tableThen().routeAt(this.place);
  }

  /**
   * The routes that contain the destination too, the one that would be next first.
   *
   * @throws RangeError if the table has changed since
   */
  get lost(): LostRoute[] {
    const {route} = this;
    return this.tableThen()
      .lostTo(this.place, this.address >>> 0)
      .map((lost) => ({route: lost, reason: reasonOf(lost, route)}));
  }

  /**
   * The match and what lost, a line each.
   *
   * @throws RangeError if the table has changed since
   */
  describe(): string {
    const lines = this.lost.map(({route, reason}) => `  not ${formatRoute(route)}: ${reason}`);
    return [`${formatRoute(this.route)}${drops(this.route)}`, ...lines].join("\n");
  }

  private tableThen(): RouteExplainer {
    if (this.table.version === this.version) return this.table;
    const changes = this.table.version - this.version;
    throw new RangeError(
      `Cannot explain the way to ${formatRouteTarget(this.target)}: need the table as it was, ` +
        `got one changed ${changes} ${changes === 1 ? "time" : "times"} since`,
    );
  }
}

function drops({origin, target}: Route): string {
  if (origin === "reserved") return ": AWS forwards nothing to this block";
  return target.kind === "blackhole" ? ": the packet is dropped" : "";
}

function reasonOf(lost: Route, won: Route): string {
  if (lost.destination.prefixLength < won.destination.prefixLength) {
    return `less specific than ${won.destination}`;
  }
  // Routes inside a local one lost before lengths were compared.
  if (lost.destination.prefixLength > won.destination.prefixLength || won.origin === "local") {
    return `${nameOf(lost)} inside a local route, and so never taken`;
  }
  if (lost.origin === won.origin) return `${nameOf(won)} was added before`;
  return `to the same block ${nameOf(won)} is preferred over ${nameOf(lost)}`;
}

function nameOf({origin, prefixListId}: Route): string {
  if (origin === "prefixList") return `prefix list ${prefixListId}`;
  return origin === "propagated" ? "a propagated route" : `a ${origin} route`;
}
