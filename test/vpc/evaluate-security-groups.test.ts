import fc from "fast-check";
import {Cidr, parseIpv4Address} from "kernel-lib/packet";
import {ALLOW_ALL_OUTBOUND, evaluateSecurityGroups, SecurityGroup} from "kernel-lib/vpc";
import type {SecurityGroupRule} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {icmp, packet, someBlocks, somePackets, someTraffic} from "./packets.js";

const ssh = packet("203.0.113.1:40000 > 10.0.1.5:22");
const http = packet("198.51.100.7:40000 > 10.0.1.5:80");

/** The example of the EC2 User Guide, "Connection tracking example". */
function guideGroup(outbound: SecurityGroupRule[] = [ALLOW_ALL_OUTBOUND]): SecurityGroup {
  return new SecurityGroup({
    id: "sg-guide",
    inbound: [
      {protocol: "tcp", ports: [22, 22], peer: "203.0.113.1/32"},
      {protocol: "tcp", ports: [80, 80], peer: "0.0.0.0/0"},
      {protocol: "icmp", peer: "0.0.0.0/0"},
    ],
    outbound,
  });
}

describe("evaluateSecurityGroups", () => {
  it("evaluateSecurityGroups() tracks what the User Guide's example says is tracked", () => {
    const tracked = (group: SecurityGroup): boolean[] =>
      [ssh, http, icmp("198.51.100.7 > 10.0.1.5", 8, 0)].map((asked) => {
        const verdict = evaluateSecurityGroups({
          direction: "inbound",
          packet: asked,
          groups: [group],
        });
        expect(verdict.allowed).toBe(true);
        return verdict.tracked;
      });
    expect(tracked(guideGroup())).toEqual([true, false, true]);
    // "If you remove the outbound rule, all traffic to and from the instance is tracked."
    expect(tracked(guideGroup([]))).toEqual([true, true, true]);
    const narrower = [{protocol: "tcp", ports: [1024, 65_535], peer: "0.0.0.0/0"} as const];
    expect(tracked(guideGroup(narrower))).toEqual([true, true, true]);
  });

  it("evaluateSecurityGroups() tracks what goes out where only some ports may come in", () => {
    const asked = packet("10.0.1.5:40000 > 198.51.100.7:443");
    const groups = [guideGroup()];
    const verdict = evaluateSecurityGroups({direction: "outbound", packet: asked, groups});
    expect(verdict).toMatchObject({allowed: true, tracked: true, groupId: "sg-guide"});
  });

  it("evaluateSecurityGroups() tracks an open flow that goes through a NAT gateway", () => {
    const request = {direction: "inbound", packet: http, groups: [guideGroup()]} as const;
    expect(evaluateSecurityGroups(request).tracked).toBe(false);
    expect(evaluateSecurityGroups({...request, alwaysTracked: true}).tracked).toBe(true);
  });

  it("evaluateSecurityGroups() finds the rule of the other direction in another group", () => {
    const [here, there] = [guideGroup([]), new SecurityGroup({id: "sg-out"})];
    const verdict = evaluateSecurityGroups({
      direction: "inbound",
      packet: http,
      groups: [here, there],
    });
    expect(verdict.tracked).toBe(false);
  });

  it("evaluateSecurityGroups() lets an open rule decide before a narrow one", () => {
    const narrow = {protocol: "tcp", ports: [80, 80], peer: "198.51.100.0/24"} as const;
    const groups = [new SecurityGroup({id: "sg-narrow", inbound: [narrow]}), guideGroup()];
    const verdict = evaluateSecurityGroups({direction: "inbound", packet: http, groups});
    expect(verdict).toMatchObject({groupId: "sg-guide", tracked: false});
    expect(verdict.reason).toBe("sg-guide allows tcp 80 0.0.0.0/0; untracked");
  });

  it("evaluateSecurityGroups() denies with the groups that it asked", () => {
    const groups = [guideGroup(), new SecurityGroup({id: "sg-2"})];
    const asked = packet("203.0.113.2:40000 > 10.0.1.5:22");
    expect(evaluateSecurityGroups({direction: "inbound", packet: asked, groups})).toEqual({
      allowed: false,
      tracked: false,
      reason: "no inbound rule of sg-guide, sg-2 allows it",
    });
  });

  it("evaluateSecurityGroups() takes a referenced group for its members", () => {
    const inbound = [{protocol: "tcp", peer: "sg-web"}] as const;
    const groups = [new SecurityGroup({id: "sg-db", inbound})];
    const web = parseIpv4Address("10.0.1.5");
    const isMember = (id: string, address: number): boolean => id === "sg-web" && address === web;
    const verdictFor = (from: string): boolean =>
      evaluateSecurityGroups({
        direction: "inbound",
        packet: packet(`${from}:40000 > 10.0.2.10:5432`),
        groups,
        isMember,
      }).allowed;
    expect(verdictFor("10.0.1.5")).toBe(true);
    expect(verdictFor("10.0.1.6")).toBe(false);
  });

  it("a default group lets its members in and no one else", () => {
    const groups = [SecurityGroup.default("sg-d")];
    const member = parseIpv4Address("10.0.1.5");
    const isMember = (id: string, address: number): boolean => id === "sg-d" && address === member;
    const request = {direction: "inbound", groups, isMember} as const;
    const [inside, outside] = ["10.0.1.5", "10.0.1.6"].map((from) =>
      evaluateSecurityGroups({...request, packet: packet(`${from}:1 > 10.0.1.7:2`)}),
    );
    expect(inside).toMatchObject({allowed: true, tracked: true});
    expect(outside).toMatchObject({allowed: false});
  });

  it("evaluateSecurityGroups() takes a prefix list for its entries, and needs them", () => {
    const inbound = [{protocol: "tcp", peer: "pl-1"}] as const;
    const request = {
      direction: "inbound",
      packet: ssh,
      groups: [new SecurityGroup({id: "sg-1", inbound})],
    } as const;
    const prefixLists = new Map([["pl-1", [Cidr.parse("203.0.113.0/24")]]]);
    expect(evaluateSecurityGroups({...request, prefixLists}).allowed).toBe(true);
    expect(evaluateSecurityGroups({...request, prefixLists: new Map([["pl-1", []]])}).allowed).toBe(
      false,
    );
    expect(() => evaluateSecurityGroups(request)).toThrow(TypeError);
  });

  it.each([0, 6])("evaluateSecurityGroups() refuses an interface with %i groups", (count) => {
    const groups = Array.from({length: count}, (_, n) => new SecurityGroup({id: `sg-${n}`}));
    const request = {direction: "inbound", packet: ssh, groups} as const;
    expect(() => evaluateSecurityGroups(request)).toThrow(RangeError);
  });

  it("a rule more never turns allow into deny", () => {
    const rules = fc.uniqueArray(
      fc
        .tuple(someTraffic, someBlocks)
        .map(([traffic, peer]): SecurityGroupRule => ({...traffic, peer})),
      {maxLength: 6, selector: (rule) => JSON.stringify(rule)},
    );
    let allowedCount = 0;
    fc.assert(
      fc.property(rules, somePackets, fc.nat(6), (inbound, asked, fewer) => {
        const verdictWith = (some: SecurityGroupRule[]): boolean =>
          evaluateSecurityGroups({
            direction: "inbound",
            packet: asked,
            groups: [new SecurityGroup({id: "sg-1", inbound: some})],
          }).allowed;
        const [some, all] = [verdictWith(inbound.slice(0, fewer)), verdictWith(inbound)];
        if (some) allowedCount++;
        expect(all || !some).toBe(true);
      }),
      {numRuns: 500},
    );
    expect(allowedCount).toBeGreaterThan(50);
  });
});
