import {Cidr} from "kernel-lib/packet";
import {evaluateSecurityGroups, NetworkAcl, SecurityGroup, unfilteredService} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {packet, reply} from "./packets.js";

const vpcCidr = Cidr.parse("10.0.0.0/16");
const CASES: [string, string, number][] = [
  ["instance metadata", "10.0.1.5:40000 > 169.254.169.254:80", 6],
  ["Amazon Time Sync", "10.0.1.5:40000 > 169.254.169.123:123", 17],
  ["Amazon DNS", "10.0.1.5:40000 > 169.254.169.253:53", 17],
  ["Amazon DNS", "10.0.1.5:40000 > 10.0.0.2:53", 6],
  ["DHCP", "0.0.0.0:68 > 255.255.255.255:67", 17],
];

describe("unfilteredService", () => {
  it.each(CASES)("unfilteredService() knows %s and its replies: %s", (service, flow, protocol) => {
    expect(unfilteredService(packet(flow, protocol), vpcCidr)).toBe(service);
    expect(unfilteredService(reply(packet(flow, protocol)), vpcCidr)).toBe(service);
  });

  it.each([
    ["a resolver of one's own", "10.0.1.5:40000 > 10.0.9.2:53", 17],
    ["another port of the resolver", "10.0.1.5:40000 > 10.0.0.2:80", 6],
    ["ICMP to the resolver", "10.0.1.5:0 > 10.0.0.2:0", 1],
    ["one of the two DHCP ports", "10.0.1.5:68 > 10.0.2.10:69", 17],
  ])("unfilteredService() does not take %s for a service", (_, flow, protocol) => {
    expect(unfilteredService(packet(flow, protocol), vpcCidr)).toBeUndefined();
  });

  it.each(CASES)("no filter stops %s: %s", (service, flow, protocol) => {
    const groups = [new SecurityGroup({id: "sg-shut", outbound: []})];
    const request = {direction: "outbound", packet: packet(flow, protocol), vpcCidr} as const;
    const reason = `${service} is not filtered`;
    expect(evaluateSecurityGroups({...request, groups})).toMatchObject({allowed: true, reason});
    expect(new NetworkAcl({id: "acl-shut"}).evaluate(request)).toMatchObject({
      allowed: true,
      reason,
    });
  });
});
