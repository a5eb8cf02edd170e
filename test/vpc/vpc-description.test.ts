import {routeTargetOf} from "kernel-lib/vpc";
import {expect, it} from "vitest";

it("routeTargetOf() knows a target by the beginning of its id", () => {
  const ids = ["igw-1", "nat-1", "eni-1", "pcx-1", "tgw-1", "vgw-1", "vpce-1", "blackhole"];
  expect(ids.map((id) => routeTargetOf(id).kind)).toEqual([
    "internetGateway",
    "natGateway",
    "networkInterface",
    "vpcPeering",
    "transitGateway",
    "virtualPrivateGateway",
    "vpcEndpoint",
    "blackhole",
  ]);
  for (const id of ["", "igw", "i-1", "constructor-1"]) {
    expect(() => routeTargetOf(id)).toThrow(TypeError);
  }
});
