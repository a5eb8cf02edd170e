import fc from "fast-check";
import {Cidr} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {formatRoute, ROUTE_LIMITS, RouteTable} from "kernel-lib/vpc";
import type {Route, RouteTarget} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {fullTable, randomDestination, randomRoutes, scanRoutes} from "./slow-routes.js";

const igw: RouteTarget = {kind: "internetGateway", id: "igw-1"};
const nat: RouteTarget = {kind: "natGateway", id: "nat-1"};
const eni: RouteTarget = {kind: "networkInterface", id: "eni-1"};
const vgw: RouteTarget = {kind: "virtualPrivateGateway", id: "vgw-1"};
const pcx: RouteTarget = {kind: "vpcPeering", id: "pcx-1"};

function vpcTable(): RouteTable {
  return new RouteTable({localCidrs: ["10.0.0.0/16"]});
}

describe("RouteTable.lookup", () => {
  it("RouteTable.lookup() takes the longest block: the User Guide's example", () => {
    const table = vpcTable();
    table.add({destination: "172.31.0.0/16", target: pcx});
    table.add({destination: "0.0.0.0/0", target: igw});
    expect(table.lookup("10.0.3.4")?.target).toEqual({kind: "local"});
    expect(table.lookup("172.31.255.255")?.target).toEqual(pcx);
    expect(table.lookup("172.32.0.0")?.target).toEqual(igw);
  });

  it("RouteTable.lookup() prefers a static route to a propagated one: the User Guide's example", () => {
    const table = vpcTable();
    table.add({destination: "172.31.0.0/24", target: vgw, origin: "propagated"});
    table.add({destination: "172.31.0.0/24", target: igw});
    const match = table.lookup("172.31.0.9")!;
    expect(match.target).toEqual(igw);
    expect(match.lost).toMatchObject([
      {
        route: {target: vgw},
        reason: "to the same block a static route is preferred over a propagated route",
      },
    ]);
  });

  it("RouteTable.lookup() takes a longer propagated block before a shorter static one", () => {
    const table = vpcTable();
    table.add({destination: "172.31.0.0/16", target: igw});
    table.add({destination: "172.31.4.0/24", target: vgw, origin: "propagated"});
    expect(table.lookup("172.31.4.1")?.target).toEqual(vgw);
  });

  it("RouteTable.lookup() ranks a block of one's own, a prefix list, a propagated route", () => {
    const table = vpcTable();
    const destination = "192.0.2.0/24";
    table.add({destination, target: vgw, origin: "propagated"});
    expect(table.lookup("192.0.2.1")?.target).toEqual(vgw);
    table.addPrefixList({prefixListId: "pl-1", entries: [destination], target: pcx});
    expect(table.lookup("192.0.2.1")?.target).toEqual(pcx);
    table.add({destination, target: nat});
    const match = table.lookup("192.0.2.1")!;
    expect(match.describe()).toBe(
      [
        "192.0.2.0/24 → nat-1 (static)",
        "  not 192.0.2.0/24 → pcx-1 (prefix list pl-1): to the same block a static route is preferred over prefix list pl-1",
        "  not 192.0.2.0/24 → vgw-1 (propagated): to the same block a static route is preferred over a propagated route",
      ].join("\n"),
    );
    table.remove({destination});
    table.removePrefixList("pl-1");
    expect(table.lookup("192.0.2.1")?.target).toEqual(vgw);
  });

  it("RouteTable.lookup() keeps to the first of two prefix lists", () => {
    const table = vpcTable();
    table.addPrefixList({prefixListId: "pl-1", entries: ["192.0.2.0/24"], target: pcx});
    table.addPrefixList({prefixListId: "pl-2", entries: ["192.0.2.0/24"], target: nat});
    const match = table.lookup("192.0.2.1")!;
    expect(match.target).toEqual(pcx);
    expect(match.lost[0]?.reason).toBe("prefix list pl-1 was added before");
  });

  it("RouteTable.lookup() never leaves the VPC through a propagated route or a prefix list", () => {
    const table = vpcTable();
    table.add({destination: "10.0.1.0/24", target: vgw, origin: "propagated"});
    table.add({destination: "10.0.0.0/16", target: vgw, origin: "propagated"});
    table.addPrefixList({prefixListId: "pl-1", entries: ["10.0.1.128/25"], target: pcx});
    const match = table.lookup("10.0.1.200")!;
    expect(match.target).toEqual({kind: "local"});
    expect(match.lost.map(({route, reason}) => `${formatRoute(route)}: ${reason}`)).toEqual([
      "10.0.1.128/25 → pcx-1 (prefix list pl-1): prefix list pl-1 inside a local route, and so never taken",
      "10.0.1.0/24 → vgw-1 (propagated): a propagated route inside a local route, and so never taken",
      "10.0.0.0/16 → vgw-1 (propagated): a propagated route inside a local route, and so never taken",
    ]);
    expect(table.lookup("10.0.2.1")!.lost).toHaveLength(1);
    expect(table.remove({destination: "10.0.1.0/24", origin: "propagated"})).toBe(true);
    expect(table.lookup("10.0.1.200")!.lost).toHaveLength(2);
  });

  it("RouteTable.lookup() follows a static route inside the VPC, to a middlebox", () => {
    const table = vpcTable();
    table.add({destination: "10.0.1.0/24", target: eni});
    const match = table.lookup("10.0.1.5")!;
    expect(match.target).toEqual(eni);
    expect(match.lost[0]).toMatchObject({reason: "less specific than 10.0.1.0/24"});
  });

  it("RouteTable.lookup() forwards nothing to 169.254.168.0/22, whatever block is around it", () => {
    const table = vpcTable();
    table.add({destination: "169.254.0.0/16", target: eni});
    const match = table.lookup("169.254.169.254")!;
    expect(match.target).toEqual({kind: "blackhole"});
    expect(match.describe()).toContain("AWS forwards nothing to this block");
    expect(table.lookup("169.254.167.255")?.target).toEqual(eni);
    expect(table.lookup("169.254.172.0")?.target).toEqual(eni);
    expect(table.routes.map(({origin}) => origin)).toEqual(["local", "static"]);
  });

  it("RouteTable.lookup() finds nothing where no block contains the address", () => {
    expect(vpcTable().lookup("8.8.8.8")).toBeUndefined();
    expect(vpcTable().targetOf(0x0808_0808)).toBeUndefined();
  });

  it("RouteTable.lookup() says that a blackhole drops", () => {
    const table = vpcTable();
    table.add({destination: "0.0.0.0/0", target: {kind: "blackhole", id: "nat-1"}});
    expect(table.lookup("8.8.8.8")?.describe()).toBe(
      "0.0.0.0/0 → nat-1 (blackhole) (static): the packet is dropped",
    );
  });

  it("RouteMatch keeps its target and refuses to explain a table that has changed", () => {
    const table = vpcTable();
    const match = table.lookup("10.0.1.5")!;
    table.add({destination: "10.0.1.0/24", target: eni});
    expect(match.target).toEqual({kind: "local"});
    expect(() => match.lost).toThrow(RangeError);
    expect(() => match.route).toThrow(
      "Cannot explain the way to local: need the table as it was, got one changed 1 time since",
    );
  });

  it("RouteTable.lookup() and targetOf() equal a scan on 20,000 look-ups, through removals", () => {
    const random = new Random(31);
    for (const count of [3, 40, 400]) {
      const routes = randomRoutes(count, random);
      const blocks = routes.map(({destination}) => destination);
      const table = fullTable(routes);
      const left = routes.filter((_, index) => index % 3 > 0);
      compare(table, routes, 4000);
      for (const route of routes.filter((_, index) => index % 3 === 0)) {
        expect(removed(table, route)).toBe(true);
        expect(removed(table, route)).toBe(false);
      }
      compare(table, left, 3000);
      expect(table.routes).toHaveLength(left.length);

      function compare(against: RouteTable, scanned: readonly Route[], times: number): void {
        for (let asked = 0; asked < times; asked++) {
          const address = randomDestination(blocks, random);
          const route = scanRoutes(scanned, address);
          const match = against.lookup(address);
          expect(match?.route).toEqual(route);
          expect(against.targetOf(address)).toEqual(route?.target);
        }
      }
    }
  });

  it("RouteMatch.lost is all that contains the address but the winner, longest first", () => {
    const routes = randomRoutes(200, new Random(8));
    const blocks = routes.map(({destination}) => destination);
    const table = fullTable(routes);
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const address = randomDestination(blocks, new Random(seed));
        const containing = routes.filter(({destination}) => destination.contains(address));
        const match = table.lookup(address);
        expect(match?.lost.length ?? 0).toBe(Math.max(0, containing.length - 1));
        const lengths = match?.lost.map(({route}) => route.destination.prefixLength) ?? [];
        expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
      }),
    );
  });
});

describe("RouteTable", () => {
  const one = {destination: "0.0.0.0/0", target: igw};

  it.each([
    ["a block in 169.254.168.0/22", {...one, destination: "169.254.169.254/32"}],
    ["that block itself", {...one, destination: "169.254.168.0/22"}],
    ["the local route's block", {...one, destination: "10.0.0.0/16"}],
    ["a gateway as target inside the VPC", {...one, destination: "10.0.1.0/24"}],
  ])("RouteTable.add() refuses %s", (_, route) => {
    const table = vpcTable();
    expect(() => table.add(route)).toThrow(RangeError);
    expect(table.version).toBe(0);
  });

  it("RouteTable.add() refuses the same block and origin twice, with both in the message", () => {
    const table = vpcTable();
    table.add(one);
    expect(() => table.add({...one, target: nat})).toThrow(
      "Cannot add route: need a new one, got 0.0.0.0/0 → nat-1 (static) beside 0.0.0.0/0 → igw-1 (static)",
    );
  });

  it("RouteTable.add() refuses what is no block", () => {
    expect(() => vpcTable().add({...one, destination: "10.0.0.0"})).toThrow(SyntaxError);
  });

  it("RouteTable counts against the documented limits: 50 routes, 100 propagated ones", () => {
    const table = vpcTable();
    for (let index = 0; index < ROUTE_LIMITS.routes; index++) {
      table.add({destination: `172.16.${index}.0/24`, target: igw});
    }
    for (let index = 0; index < ROUTE_LIMITS.propagatedRoutes; index++) {
      table.add({destination: `172.17.${index}.0/24`, target: vgw, origin: "propagated"});
    }
    expect(() => table.add(one)).toThrow(/need at most 50 routes/);
    expect(() => table.add({...one, origin: "propagated"})).toThrow(/at most 100 propagated/);
    expect(table.remove({destination: "172.16.0.0/24"})).toBe(true);
    table.add(one);
  });

  it("RouteTable counts a prefix list by what it may grow to", () => {
    const table = vpcTable();
    const list = {prefixListId: "pl-1", entries: ["192.0.2.0/24"], target: pcx};
    expect(() => table.addPrefixList({...list, maxEntries: 51})).toThrow(
      /at most 50 routes, got 51/,
    );
    table.addPrefixList({...list, maxEntries: 50});
    expect(() => table.add(one)).toThrow(/at most 50/);
    expect(table.removePrefixList("pl-1")).toBe(true);
    expect(table.removePrefixList("pl-1")).toBe(false);
    table.add(one);
  });

  it.each([
    ["an entry twice", ["192.0.2.0/24", "192.0.2.0/24"], undefined],
    ["more entries than it may have", ["192.0.2.0/24", "198.51.100.0/24"], 1],
  ])("RouteTable.addPrefixList() refuses %s", (_, entries, maxEntries) => {
    const list = {prefixListId: "pl-1", entries, target: pcx};
    const add = (): void =>
      vpcTable().addPrefixList({...list, ...(maxEntries !== undefined && {maxEntries})});
    expect(add).toThrow(RangeError);
  });

  it("RouteTable.addPrefixList() refuses the same list twice, and skips reserved entries", () => {
    const table = vpcTable();
    const entries = ["169.254.169.254/32", "192.0.2.0/24"];
    table.addPrefixList({prefixListId: "pl-1", entries, target: pcx});
    expect(table.routes.map(formatRoute)).toEqual([
      "10.0.0.0/16 → local (local)",
      "192.0.2.0/24 → pcx-1 (prefix list pl-1)",
    ]);
    expect(() => table.addPrefixList({prefixListId: "pl-1", entries: [], target: pcx})).toThrow(
      RangeError,
    );
  });

  it("RouteTable.remove() refuses a local route", () => {
    expect(() => vpcTable().remove({destination: "10.0.0.0/16"})).toThrow(RangeError);
  });

  it.each([
    [{localCidrs: ["10.0.0.0/16", "10.0.1.0/24"]}],
    [{localCidrs: ["169.254.0.0/16"]}],
    [{maxRoutes: -1}],
    [{maxPropagatedRoutes: NaN}],
  ])("RouteTable refuses the options %j", (options) => {
    expect(() => new RouteTable(options)).toThrow(RangeError);
  });

  it.each(["10.0.0", "010.0.0.1", ""])("RouteTable.lookup() refuses the text %j", (text) => {
    expect(() => vpcTable().lookup(text)).toThrow(SyntaxError);
  });

  it.each([-1, 2 ** 32, 0.5, NaN])("RouteTable refuses the address %d", (address) => {
    expect(() => vpcTable().lookup(address)).toThrow(RangeError);
    expect(() => vpcTable().targetOf(address)).toThrow(RangeError);
  });

  it("RouteTable.describe() lists the routes by block", () => {
    const table = vpcTable();
    table.add({destination: "192.0.2.0/24", target: pcx});
    table.add(one);
    expect(table.describe()).toBe(
      [
        "0.0.0.0/0 → igw-1 (static)",
        "10.0.0.0/16 → local (local)",
        "192.0.2.0/24 → pcx-1 (static)",
      ].join("\n"),
    );
  });

  it("RouteTable holds 100,000 routes in less than 8 MB", () => {
    const table = new RouteTable({maxRoutes: Infinity});
    const random = new Random(100_000);
    while (table.routeCount < 100_000) {
      const destination = new Cidr(
        random.integer({min: 0, max: 2 ** 32 - 1}),
        17 + (table.routeCount % 16),
      );
      if (destination.overlaps(Cidr.parse("169.254.168.0/22"))) continue;
      try {
        table.add({destination, target: igw});
      } catch {
        // The same block a second time: drawn again.
      }
    }
    expect(table.sizeBytes).toBeLessThan(8e6);
  });
});

function removed(table: RouteTable, {destination, origin}: Route): boolean {
  return table.remove({destination, origin: origin === "propagated" ? "propagated" : "static"});
}
