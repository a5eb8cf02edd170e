/** The surprise of chapter 2: who is cut when a rule is deleted, and when. */
import {NITRO_5_TIMEOUTS, NITRO_6_TIMEOUTS, Vpc} from "kernel-lib/vpc";
import type {NetworkAclRule, SecurityGroupRule, TimeoutProfile} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {turned} from "./frames.js";
import {eni, lastStage, PUBLIC, SECOND, smallVpc, tcp} from "./small-vpc.js";

/** An intruder's flow to port 22 of a, and what stops it. */
const SSH = {
  source: "203.0.113.9",
  sourcePort: 40000,
  destination: PUBLIC.a,
  destinationPort: 22,
};
const REPLY = {...turned(SSH), source: "10.0.1.5"};
const TIGHT: SecurityGroupRule = {protocol: "tcp", ports: [22, 22], peer: "203.0.113.0/24"};
const OPEN: SecurityGroupRule = {...TIGHT, peer: "0.0.0.0/0"};
const DENY: NetworkAclRule = {number: 1, action: "deny", protocol: "tcp", cidr: "203.0.113.9/32"};

/** A VPC in which the intruder has a connection, let in by a rule, at 20 ms. */
function broken(rule: SecurityGroupRule, timeouts: TimeoutProfile = NITRO_6_TIMEOUTS): Vpc {
  const vpc = new Vpc(
    smallVpc({
      securityGroups: [{id: "sg-ssh", inbound: [rule]}],
      interfaces: [{...eni("eni-a", "subnet-public", "10.0.1.5", ["sg-ssh"]), timeouts}],
    }),
  );
  expect(intrude(vpc, 0, "SYN")).toBe("delivered");
  expect(reply(vpc, 10, "SYN+ACK")).toBe("sent");
  expect(intrude(vpc, 20, "ACK")).toBe("delivered");
  return vpc;
}

function intrude(vpc: Vpc, nowMs: number, flags = "ACK"): string {
  return vpc.receive({frame: tcp(SSH, flags)}, nowMs).verdict;
}

function reply(vpc: Vpc, nowMs: number, flags = "ACK"): string {
  const frame = tcp(REPLY, flags, {eniId: "eni-a"});
  return vpc.forward({eniId: "eni-a", frame}, nowMs).verdict;
}

describe("Vpc: a rule is deleted while an intruder is in", () => {
  it("a tight rule's flow is tracked and goes on, and a new one is refused", () => {
    const vpc = broken(TIGHT);
    vpc.securityGroup("sg-ssh").removeRule("inbound", TIGHT);
    expect(intrude(vpc, 30)).toBe("delivered");
    expect(reply(vpc, 40)).toBe("sent");
    const other = vpc.receive({frame: tcp({...SSH, sourcePort: 40001}, "SYN")}, 50);
    expect([other.verdict, lastStage(other).stage]).toEqual(["dropped", "security group inbound"]);
  });

  for (const [timeouts, seconds] of [
    [NITRO_6_TIMEOUTS, 350],
    [NITRO_5_TIMEOUTS, 432_000],
  ] as const) {
    it(`${timeouts.name} forgets it when it is idle for ${seconds} s, not a millisecond before`, () => {
      const idleMs = seconds * SECOND;
      for (const [gap, verdict] of [
        [idleMs - 1, "delivered"],
        [idleMs, "dropped"],
      ] as const) {
        const vpc = broken(TIGHT, timeouts);
        vpc.securityGroup("sg-ssh").removeRule("inbound", TIGHT);
        expect(intrude(vpc, 20 + gap)).toBe(verdict);
      }
    });
  }

  it("an open rule's flow is not tracked and cut at once, whatever the instance still sends", () => {
    const vpc = broken(OPEN);
    expect(vpc.tracker("eni-a").size).toBe(0);
    vpc.securityGroup("sg-ssh").removeRule("inbound", OPEN);
    expect(intrude(vpc, 30)).toBe("dropped");
    expect(reply(vpc, 40)).toBe("sent");
    expect(intrude(vpc, 50)).toBe("dropped");
  });

  it("a denial in the network ACL cuts both at once", () => {
    for (const rule of [TIGHT, OPEN]) {
      const vpc = broken(rule);
      vpc.networkAcl("acl-1").addRule("inbound", DENY);
      const result = vpc.receive({frame: tcp(SSH, "ACK")}, 30);
      expect(result.reason).toBe("acl-1 rule 1 denies tcp 203.0.113.9/32");
      expect(lastStage(result).stage).toBe("network ACL inbound");
    }
  });
});
