/** Route tables against the kernel's own, at sizes that the quick lane has no time for. */
import {Random} from "kernel-lib/random";
import {ROUTE_PRIORITY} from "kernel-lib/vpc";
import {describe, expect} from "vitest";
import {recordMeasured} from "../support/measured.js";
import {itNeeds} from "../support/needs.js";
import {askLinux, hasNamespaces} from "../vpc/linux-routes.js";
import {fullTable, randomDestination, randomRoutes} from "../vpc/slow-routes.js";

const SEED = 1107;
const SIZES = [1, 10, 100, 1000, 10_000, 100_000];
const LOOKUPS = 25_000;

describe("route tables", () => {
  itNeeds(
    hasNamespaces,
    "root and iproute2",
    "sudo, apt install iproute2",
    "RouteTable.lookup() and Linux's `ip route get fibmatch` agree on 150,000 look-ups",
    (context) => {
      let routeCount = 0;
      for (const size of SIZES) {
        const random = new Random(SEED + size);
        const routes = randomRoutes(size, random);
        const blocks = routes.map(({destination}) => destination);
        const addresses = Array.from({length: LOOKUPS}, () => randomDestination(blocks, random));
        const table = fullTable(routes);
        const linux = askLinux(routes, addresses);
        const differ = addresses.filter((address, index) => {
          const route = table.lookup(address)?.route;
          const ours =
            route && `${route.destination} metric ${ROUTE_PRIORITY.indexOf(route.origin)}`;
          return ours !== linux[index];
        });
        expect(differ).toEqual([]);
        routeCount += routes.length;
      }
      recordMeasured(
        context,
        `${SIZES.length * LOOKUPS} look-ups in ${SIZES.length} tables with ${routeCount} routes in ` +
          `all, up to ${SIZES.at(-1)} blocks: the same block and priority each time; seed ${SEED}`,
      );
    },
  );
});
