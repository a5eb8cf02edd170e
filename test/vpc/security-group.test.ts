import {SECURITY_GROUP_LIMITS, SecurityGroup} from "kernel-lib/vpc";
import type {SecurityGroupRule} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";

const https: SecurityGroupRule = {protocol: "tcp", ports: [443, 443], peer: "0.0.0.0/0"};

describe("SecurityGroup", () => {
  it("a new SecurityGroup lets nothing in and everything out", () => {
    const group = new SecurityGroup({id: "sg-1"});
    expect(group.inbound).toEqual([]);
    expect(group.outbound).toEqual([{protocol: "all", peer: "0.0.0.0/0"}]);
  });

  it("SecurityGroup.default() lets its members reach each other and everything out", () => {
    expect(SecurityGroup.default("sg-d").describe()).toBe(
      "sg-d\n  inbound all sg-d\n  outbound all 0.0.0.0/0",
    );
  });

  it("SecurityGroup.addRule() refuses the same rule twice, whatever its description", () => {
    const group = new SecurityGroup({id: "sg-1", inbound: [https]});
    const again = {...https, description: "the same"};
    expect(() => group.addRule("inbound", again)).toThrow(
      "Cannot add rule: need a new one, got tcp 443 0.0.0.0/0 again",
    );
    group.addRule("outbound", https);
  });

  it("SecurityGroup.removeRule() says whether there was one", () => {
    const group = new SecurityGroup({id: "sg-1", inbound: [https]});
    expect(group.removeRule("outbound", https)).toBe(false);
    expect(group.removeRule("inbound", {...https})).toBe(true);
    expect(group.removeRule("inbound", https)).toBe(false);
    expect(group.inbound).toEqual([]);
  });

  it("SecurityGroup counts each direction against the limit of 60", () => {
    const group = new SecurityGroup({id: "sg-1", outbound: []});
    for (let port = 0; port < SECURITY_GROUP_LIMITS.rulesPerDirection; port++) {
      group.addRule("inbound", {...https, ports: [port, port]});
    }
    expect(() => group.addRule("inbound", https)).toThrow(/at most 60 inbound rules/);
    group.addRule("outbound", https);
  });

  it.each(["web", ""])("SecurityGroup refuses the id %j", (id) => {
    expect(() => new SecurityGroup({id})).toThrow(SyntaxError);
  });

  it.each(["anywhere", "10.0.0.0", "10.0.0.1/16", ""])("a rule refuses the peer %j", (peer) => {
    expect(() => new SecurityGroup({id: "sg-1", inbound: [{...https, peer}]})).toThrow(SyntaxError);
  });
});
