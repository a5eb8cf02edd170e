import fc from "fast-check";
import {Cidr} from "kernel-lib/packet";
import {NetworkAcl} from "kernel-lib/vpc";
import type {NetworkAclRule} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {packet, reply, someBlocks, somePackets, someTraffic} from "./packets.js";

const all: NetworkAclRule = {number: 100, action: "allow", protocol: "all", cidr: "0.0.0.0/0"};
const https = packet("203.0.113.9:40000 > 10.0.1.5:443");

/** The custom network ACL of the User Guide. */
function guideAcl(): NetworkAcl {
  const allow = (
    number: number,
    first: number,
    last: number,
    cidr = "0.0.0.0/0",
  ): NetworkAclRule => ({
    number,
    action: "allow",
    protocol: "tcp",
    ports: [first, last],
    cidr,
  });
  return new NetworkAcl({
    id: "acl-guide",
    inbound: [
      ...[allow(140, 32_768, 65_535), allow(100, 80, 80), allow(110, 443, 443)],
      ...[allow(120, 22, 22, "192.0.2.0/24"), allow(130, 3389, 3389, "192.0.2.0/24")],
    ],
    outbound: [
      ...[allow(100, 80, 80), allow(110, 443, 443), allow(120, 1024, 65_535, "192.0.2.0/24")],
      allow(140, 32_768, 65_535),
    ],
  });
}

describe("NetworkAcl", () => {
  it("NetworkAcl.evaluate() walks through the User Guide's example", () => {
    const acl = guideAcl();
    expect(acl.evaluate({direction: "inbound", packet: https})).toMatchObject({
      allowed: true,
      rule: {number: 110},
      passedOver: [100],
      reason: "acl-guide rule 110 allows tcp 443 0.0.0.0/0",
    });
    const netbios = packet("203.0.113.9:40000 > 10.0.1.5:139");
    expect(acl.evaluate({direction: "inbound", packet: netbios})).toEqual({
      allowed: false,
      passedOver: [100, 110, 120, 130, 140],
      reason: "acl-guide rule * denies all else",
    });
  });

  it("NetworkAcl keeps no state: without a rule for it the reply is denied", () => {
    const acl = new NetworkAcl({id: "acl-1", inbound: [all]});
    expect(acl.evaluate({direction: "inbound", packet: https}).allowed).toBe(true);
    expect(acl.evaluate({direction: "outbound", packet: reply(https)}).allowed).toBe(false);
    expect(guideAcl().evaluate({direction: "outbound", packet: reply(https)}).allowed).toBe(true);
  });

  it("NetworkAcl lets the lower number decide, in whatever order rules came", () => {
    const deny: NetworkAclRule = {...all, number: 99, action: "deny"};
    for (const inbound of [
      [all, deny],
      [deny, all],
    ]) {
      const verdict = new NetworkAcl({id: "acl-1", inbound}).evaluate({
        direction: "inbound",
        packet: https,
      });
      expect(verdict).toMatchObject({allowed: false, rule: {number: 99}});
    }
    const later = new NetworkAcl({id: "acl-1", inbound: [all, {...deny, number: 101}]});
    expect(later.evaluate({direction: "inbound", packet: https}).allowed).toBe(true);
  });

  it("a new NetworkAcl denies everything, the default one allows it", () => {
    for (const direction of ["inbound", "outbound"] as const) {
      const request = {direction, packet: https};
      expect(new NetworkAcl({id: "acl-1"}).evaluate(request).allowed).toBe(false);
      expect(NetworkAcl.default("acl-1").evaluate(request).rule?.number).toBe(100);
    }
  });

  it("NetworkAcl looks at the source of what comes in and at the destination of what goes out", () => {
    const rule = {...all, cidr: "203.0.113.0/24"};
    const acl = new NetworkAcl({id: "acl-1", inbound: [rule], outbound: [rule]});
    expect(acl.evaluate({direction: "inbound", packet: https}).allowed).toBe(true);
    expect(acl.evaluate({direction: "outbound", packet: https}).allowed).toBe(false);
    expect(acl.evaluate({direction: "outbound", packet: reply(https)}).allowed).toBe(true);
  });

  it("NetworkAcl takes 19 rules in each direction, since `*` counts as one of 20", () => {
    const acl = new NetworkAcl({id: "acl-1"});
    for (let number = 1; number <= 19; number++) acl.addRule("inbound", {...all, number});
    expect(() => acl.addRule("inbound", all)).toThrow(/at most 20 inbound rules/);
    acl.addRule("outbound", all);
    expect(acl.removeRule("inbound", 7)).toBe(true);
    expect(acl.removeRule("inbound", 7)).toBe(false);
    acl.addRule("inbound", all);
  });

  it.each([0, 32_767, 1.5, NaN, 100])("NetworkAcl.addRule() refuses the number %d", (number) => {
    const acl = NetworkAcl.default("acl-1");
    expect(() => acl.addRule("inbound", {...all, number})).toThrow(RangeError);
  });

  it("NetworkAcl.addRule() refuses a block with bits beyond its prefix", () => {
    const rule = {...all, cidr: "10.0.0.1/16"};
    expect(() => new NetworkAcl({id: "acl-1", inbound: [rule]})).toThrow(SyntaxError);
  });

  it("NetworkAcl.describe() lists the rules in order, `*` last", () => {
    expect(NetworkAcl.default("acl-1").describe()).toBe(
      [
        "acl-1",
        "  inbound 100 all 0.0.0.0/0 allow",
        "  inbound * all 0.0.0.0/0 deny",
        "  outbound 100 all 0.0.0.0/0 allow",
        "  outbound * all 0.0.0.0/0 deny",
      ].join("\n"),
    );
  });

  it("NetworkAcl.evaluate() is the first match in order, and the same whatever came before", () => {
    const rules = fc.uniqueArray(
      fc
        .tuple(fc.integer({min: 1, max: 32_766}), fc.boolean(), someTraffic, someBlocks)
        .map(([number, isAllowed, traffic, cidr]): NetworkAclRule => {
          return {number, action: isAllowed ? "allow" : "deny", ...traffic, cidr};
        }),
      {maxLength: 8, selector: ({number}) => number},
    );
    fc.assert(
      fc.property(rules, fc.array(somePackets, {minLength: 1}), (inbound, packets) => {
        const acl = new NetworkAcl({id: "acl-1", inbound});
        for (const asked of [...packets, ...packets]) {
          const sorted = [...inbound].sort((a, b) => a.number - b.number);
          const first = sorted.find(({protocol, ports = [0, 65_535], cidr}) => {
            const number = {all: asked.protocol, tcp: 6, udp: 17, icmp: 1}[protocol as "all"];
            const {destinationPort} = asked;
            return (
              number === asked.protocol &&
              (protocol === "all" ||
                (ports[0] <= destinationPort && destinationPort <= ports[1])) &&
              Cidr.parse(cidr).contains(asked.source)
            );
          });
          const verdict = acl.evaluate({direction: "inbound", packet: asked});
          expect(verdict.rule).toEqual(first);
          expect(verdict.allowed).toBe(first?.action === "allow");
        }
      }),
      {numRuns: 300},
    );
  });
});
