import {Random} from "kernel-lib/random";
import {ROUTE_PRIORITY} from "kernel-lib/vpc";
import {describe, expect} from "vitest";
import {itNeeds} from "../support/needs.js";
import {askLinux, hasNamespaces} from "./linux-routes.js";
import {fullTable, randomDestination, randomRoutes} from "./slow-routes.js";

describe("RouteTable and Linux", () => {
  itNeeds(
    hasNamespaces,
    "root and iproute2",
    "sudo, apt install iproute2",
    "RouteTable.lookup() takes the route that the kernel's table takes, 6,000 times",
    () => {
      const random = new Random(702);
      const routes = randomRoutes(1500, random);
      const blocks = routes.map(({destination}) => destination);
      const addresses = Array.from({length: 6000}, () => randomDestination(blocks, random));
      const table = fullTable(routes);
      const ours = addresses.map((address) => {
        const route = table.lookup(address)?.route;
        return route && `${route.destination} metric ${ROUTE_PRIORITY.indexOf(route.origin)}`;
      });
      expect(ours).toEqual(askLinux(routes, addresses));
      // The comparison would be empty if nearly all addresses had the same answer.
      expect(new Set(ours).size).toBeGreaterThan(500);
    },
  );
});
