/**
 * A virtual private cloud: the rules that decide what becomes of a packet.
 */
export {PrefixTrie} from "./prefix-trie.js";
export {
  formatRoute,
  formatRouteTarget,
  ROUTE_LIMITS,
  ROUTE_PRIORITY,
  UNROUTABLE_BLOCK,
} from "./route.js";
export type {Route, RouteOrigin, RouteTarget, RouteTargetKind} from "./route.js";
export {RouteMatch} from "./route-match.js";
export type {LostRoute, RouteExplainer} from "./route-match.js";
export {RouteTable} from "./route-table.js";
export type {NewRoute, PrefixListRoute, RouteTableOptions} from "./route-table.js";
