import {formatHex} from "kernel-lib/bytes";
import {decodeFrame, encodeFrame} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {NITRO_5_TIMEOUTS, NITRO_6_TIMEOUTS, PathMtu, ROUTER_MAC, Vpc} from "kernel-lib/vpc";
import type {NetworkAclRule, SecurityGroupRule, TimeoutProfile} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {pick, turned} from "./frames.js";
import {eni, ends, isSound, lastStage, MACS, PUBLIC, smallVpc, steps, tcp} from "./small-vpc.js";

const SECOND = 1000;
const WEB = {
  source: "10.0.1.5",
  sourcePort: 44321,
  destination: "1.2.3.4",
  destinationPort: 443,
};
const FROM_B = {...WEB, source: "10.0.2.10"};

describe("Vpc: the source text's packets", () => {
  it("takes 10.0.1.5:44321 through the Internet gateway and back, one to one", () => {
    const vpc = new Vpc(smallVpc());
    const frame = tcp(WEB, "SYN", {eniId: "eni-a"});
    const given = formatHex(frame);
    const out = vpc.forward({eniId: "eni-a", frame}, 0);
    expect([out.verdict, out.via, ends(out.frame!)]).toEqual([
      "sent",
      "igw-1",
      `${PUBLIC.a}:44321 → 1.2.3.4:443`,
    ]);
    expect(formatHex(frame)).toBe(given);
    expect(steps(out.trace)).toEqual([
      "source/destination check @ eni-a: pass",
      "security group outbound @ eni-a: pass",
      "network ACL outbound @ subnet-public: pass",
      "route @ rtb-public: change",
      "encapsulation @ 192.168.0.2: change",
      "decapsulation @ 192.168.255.254: change",
      "mtu @ igw-1: pass",
      "internet gateway @ igw-1: change",
    ]);
    const reply = tcp({...turned(WEB), destination: PUBLIC.a}, "SYN+ACK");
    const back = vpc.receive({frame: reply}, 10);
    expect([back.verdict, back.eniId, ends(back.frame!)]).toEqual([
      "delivered",
      "eni-a",
      "1.2.3.4:443 → 10.0.1.5:44321",
    ]);
  });

  it("takes 10.0.2.10 through NAT gateway 10.0.1.20, its own subnet's ACL and the Internet gateway", () => {
    const vpc = new Vpc(smallVpc());
    const out = vpc.forward({eniId: "eni-b", frame: tcp(FROM_B, "SYN", {eniId: "eni-b"})}, 0);
    expect(steps(out.trace)).toEqual([
      "source/destination check @ eni-b: pass",
      "security group outbound @ eni-b: pass",
      "network ACL outbound @ subnet-private: pass",
      "route @ rtb-private: change",
      "encapsulation @ 192.168.0.4: change",
      "decapsulation @ 192.168.0.5: change",
      "network ACL inbound @ subnet-public: pass",
      "nat gateway @ nat-1: change",
      "network ACL outbound @ subnet-public: pass",
      "route @ rtb-public: change",
      "encapsulation @ 192.168.0.5: change",
      "decapsulation @ 192.168.255.254: change",
      "mtu @ igw-1: pass",
      "internet gateway @ igw-1: change",
    ]);
    const changed = (stage: string): string[] => {
      const {before, after} = out.trace.find((one) => one.stage === stage)!;
      return [before!, after!].map(ends);
    };
    expect(changed("nat gateway")).toEqual([
      "10.0.2.10:44321 → 1.2.3.4:443",
      "10.0.1.20:1024 → 1.2.3.4:443",
    ]);
    expect(changed("internet gateway")).toEqual([
      "10.0.1.20:1024 → 1.2.3.4:443",
      `${PUBLIC.nat}:1024 → 1.2.3.4:443`,
    ]);
    const reply = {...turned(WEB), destination: PUBLIC.nat, destinationPort: 1024};
    const back = vpc.receive({frame: tcp(reply, "SYN+ACK")}, 10);
    expect([back.verdict, back.eniId, ends(back.frame!)]).toEqual([
      "delivered",
      "eni-b",
      "1.2.3.4:443 → 10.0.2.10:44321",
    ]);
    expect(steps(back.trace).filter((step) => !step.includes("capsulation"))).toEqual([
      "internet gateway @ igw-1: change",
      "network ACL inbound @ subnet-public: pass",
      "nat gateway @ nat-1: change",
      "network ACL outbound @ subnet-public: pass",
      "route @ rtb-public: change",
      "network ACL inbound @ subnet-private: pass",
      "security group inbound @ eni-b: pass",
      "source/destination check @ eni-b: pass",
    ]);
    expect(back.trace.at(-2)!.reason).toMatch(/^of a tracked flow: /);
  });

  it("leaves the ttl as it is", () => {
    const frame = tcp(FROM_B, "SYN", {eniId: "eni-b", ipv4: {ttl: 7}});
    const out = new Vpc(smallVpc()).forward({eniId: "eni-b", frame}, 0);
    expect(out.frame![22]).toBe(7);
  });
});

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

describe("Vpc: what stays inside", () => {
  const inside = {...WEB, destination: "10.0.1.6"};

  it("no network ACL sees traffic within a subnet", () => {
    const vpc = new Vpc(smallVpc());
    for (const direction of ["inbound", "outbound"] as const) {
      vpc.networkAcl("acl-1").removeRule(direction, 100);
    }
    const result = vpc.forward({eniId: "eni-a", frame: tcp(inside, "SYN", {eniId: "eni-a"})}, 0);
    expect([result.verdict, result.eniId]).toEqual(["delivered", "eni-a2"]);
    expect(steps(result.trace).filter((step) => step.includes("ACL"))).toEqual([]);
    const across = {...WEB, destination: "10.0.2.10"};
    const other = vpc.forward({eniId: "eni-a", frame: tcp(across, "SYN", {eniId: "eni-a"})}, 1);
    expect(other.reason).toBe("acl-1 rule * denies all else");
  });

  it("crosses both subnets' ACLs from one to the other, in VXLAN of the VPC's number", () => {
    const across = {...WEB, destination: "10.0.2.10"};
    const vpc = new Vpc(smallVpc({vni: 77}));
    const result = vpc.forward({eniId: "eni-a", frame: tcp(across, "SYN", {eniId: "eni-a"})}, 0);
    expect([result.verdict, result.eniId]).toEqual(["delivered", "eni-b"]);
    expect(steps(result.trace).filter((step) => step.includes("ACL"))).toEqual([
      "network ACL outbound @ subnet-public: pass",
      "network ACL inbound @ subnet-private: pass",
    ]);
    const {after} = result.trace.find(({stage}) => stage === "encapsulation")!;
    const vxlan = decodeFrame(after!).layers[3]!;
    expect(vxlan.name === "vxlan" && vxlan.header.vni).toBe(77);
    const ethernet = decodeFrame(result.frame!).layers[0]!;
    expect(ethernet.name === "ethernet" && ethernet.header).toMatchObject({
      source: ROUTER_MAC,
      destination: MACS["eni-b"],
    });
  });

  it("a packet to a public address of the VPC turns round at the Internet gateway", () => {
    const hairpin = {...WEB, destination: PUBLIC.a2};
    const vpc = new Vpc(smallVpc());
    const there = vpc.forward({eniId: "eni-a", frame: tcp(hairpin, "SYN", {eniId: "eni-a"})}, 0);
    expect([there.verdict, there.eniId, ends(there.frame!)]).toEqual([
      "delivered",
      "eni-a2",
      `${PUBLIC.a}:44321 → 10.0.1.6:443`,
    ]);
    const answer = {...turned(hairpin), source: "10.0.1.6", destination: PUBLIC.a};
    const back = vpc.forward(
      {eniId: "eni-a2", frame: tcp(answer, "SYN+ACK", {eniId: "eni-a2"})},
      1,
    );
    expect([back.eniId, ends(back.frame!)]).toEqual(["eni-a", `${PUBLIC.a2}:443 → 10.0.1.5:44321`]);
  });

  it("a packet from behind the NAT gateway to a public address of the VPC comes back in, translated", () => {
    const frame = tcp({...FROM_B, destination: PUBLIC.a}, "SYN", {eniId: "eni-b"});
    const result = new Vpc(smallVpc()).forward({eniId: "eni-b", frame}, 0);
    expect([result.eniId, ends(result.frame!)]).toEqual([
      "eni-a",
      `${PUBLIC.nat}:1024 → 10.0.1.5:443`,
    ]);
  });

  it("ARP is answered from the mapping, or not at all", () => {
    const ask = (targetIp: string): Uint8Array =>
      encodeFrame({
        ethernet: {source: MACS["eni-a"], destination: "ff:ff:ff:ff:ff:ff"},
        arp: {
          operation: 1,
          senderMac: MACS["eni-a"],
          senderIp: "10.0.1.5",
          targetMac: "00:00:00:00:00:00",
          targetIp,
        },
      });
    const vpc = new Vpc(smallVpc());
    const result = vpc.forward({eniId: "eni-a", frame: ask("10.0.1.6")}, 0);
    const arp = decodeFrame(result.answer!).layers[1]!;
    expect(arp.name === "arp" && arp.header.senderMac).toBe(MACS["eni-a2"]);
    expect(result.verdict).toBe("answered");
    expect(vpc.forward({eniId: "eni-a", frame: ask("10.0.1.77")}, 0).verdict).toBe("dropped");
  });
});

describe("Vpc: what routes and rules refer to", () => {
  it("a route to an interface brings packets to it that are not for it, if its check is off", () => {
    for (const sourceDestinationCheck of [true, false]) {
      const description = smallVpc();
      const [a, a2, b] = description.interfaces;
      const routes = [{destination: "0.0.0.0/0", target: "eni-a2"}];
      const vpc = new Vpc({
        ...description,
        interfaces: [a!, {...a2!, sourceDestinationCheck}, b!],
        routeTables: [description.routeTables[0]!, {id: "rtb-private", routes}],
      });
      const frame = tcp(FROM_B, "SYN", {eniId: "eni-b"});
      const there = vpc.forward({eniId: "eni-b", frame}, 0);
      expect(there.verdict).toBe(sourceDestinationCheck ? "dropped" : "delivered");
      if (sourceDestinationCheck) continue;
      expect(there.eniId).toBe("eni-a2");
      const answer = tcp(turned(FROM_B), "SYN+ACK", {eniId: "eni-a2"});
      const back = vpc.forward({eniId: "eni-a2", frame: answer}, 1);
      expect([back.verdict, back.eniId]).toEqual(["delivered", "eni-b"]);
    }
  });

  it("a rule may name a group, whose members are meant, and a prefix list, as a route may", () => {
    const inbound = (peer: string): SecurityGroupRule[] => [{protocol: "all", peer}];
    const frame = tcp({...WEB, destination: "10.0.2.10"}, "SYN", {eniId: "eni-a"});
    for (const [peer, verdict] of [
      ["sg-web", "delivered"],
      ["sg-inside", "dropped"],
      ["pl-a", "delivered"],
      ["pl-other", "dropped"],
    ] as const) {
      const vpc = new Vpc(
        smallVpc({
          securityGroups: [{id: "sg-web"}, {id: "sg-inside", inbound: inbound(peer)}],
          interfaces: [
            eni("eni-a", "subnet-public", "10.0.1.5", ["sg-web"]),
            eni("eni-b", "subnet-private", "10.0.2.10", ["sg-inside"]),
          ],
          prefixLists: {"pl-a": ["10.0.1.0/28"], "pl-other": ["10.0.3.0/24"]},
        }),
      );
      expect(vpc.forward({eniId: "eni-a", frame}, 0).verdict).toBe(verdict);
    }
    const routes = [{destination: "pl-net", target: "nat-1"}];
    const tables = [smallVpc().routeTables[0]!, {id: "rtb-private", routes}];
    const vpc = new Vpc(smallVpc({routeTables: tables, prefixLists: {"pl-net": ["1.0.0.0/8"]}}));
    const toNet = (destination: string): string => {
      const way = tcp({...FROM_B, destination}, "SYN", {eniId: "eni-b"});
      return vpc.forward({eniId: "eni-b", frame: way}, 0).reason;
    };
    expect(toNet("1.2.3.4")).toBe("private source made public");
    expect(toNet("2.2.3.4")).toBe("no route to 2.2.3.4");
  });

  it("a flow through the NAT gateway is tracked even where every rule is open", () => {
    const inbound = [{protocol: "all", peer: "0.0.0.0/0"}] as const;
    const securityGroups = [{id: "sg-web"}, {id: "sg-inside", inbound}];
    for (const [destination, flows] of [
      ["1.2.3.4", 1],
      ["10.0.1.5", 0],
    ] as const) {
      const vpc = new Vpc(smallVpc({securityGroups}));
      const frame = tcp({...FROM_B, destination}, "SYN", {eniId: "eni-b"});
      vpc.forward({eniId: "eni-b", frame}, 0);
      expect(vpc.tracker("eni-b").size).toBe(flows);
    }
  });

  it("AWS's own services are reached past every filter", () => {
    const vpc = new Vpc(
      smallVpc({securityGroups: [{id: "sg-web", outbound: []}, {id: "sg-inside"}]}),
    );
    const frame = tcp({...WEB, destination: "169.254.169.254"}, "SYN", {eniId: "eni-a"});
    const result = vpc.forward({eniId: "eni-a", frame}, 0);
    expect([result.verdict, result.via]).toEqual(["sent", "instance metadata"]);
  });
});

describe("Vpc: what is dropped, and where", () => {
  const cases: [string, () => [string, string]][] = [
    [
      "a spoofed source at the source/destination check",
      () => {
        const frame = tcp({...WEB, source: "10.0.1.6"}, "SYN", {eniId: "eni-a"});
        return last(new Vpc(smallVpc()).forward({eniId: "eni-a", frame}, 0));
      },
    ],
    [
      "a blackhole route",
      () => {
        const frame = tcp({...FROM_B, destination: "198.51.100.1"}, "SYN", {eniId: "eni-b"});
        return last(new Vpc(smallVpc()).forward({eniId: "eni-b", frame}, 0));
      },
    ],
    [
      "an unsolicited packet at the NAT gateway",
      () => {
        const frame = tcp({...turned(WEB), destination: PUBLIC.nat}, "SYN");
        return last(new Vpc(smallVpc()).receive({frame}, 0));
      },
    ],
    [
      "an address that nobody has, in the overlay",
      () => {
        const frame = tcp({...WEB, destination: "10.0.2.99"}, "SYN", {eniId: "eni-a"});
        return last(new Vpc(smallVpc()).forward({eniId: "eni-a", frame}, 0));
      },
    ],
    [
      "a sender without public address at the Internet gateway",
      () => {
        const internetGateway = {id: "igw-1", addresses: []};
        const vpc = new Vpc(smallVpc({internetGateway}));
        const frame = tcp(WEB, "SYN", {eniId: "eni-a"});
        return last(vpc.forward({eniId: "eni-a", frame}, 0));
      },
    ],
    [
      "bytes that are no frame",
      () => {
        const frame = new Uint8Array(20).fill(8);
        frame[13] = 0;
        return last(new Vpc(smallVpc()).forward({eniId: "eni-a", frame}, 0));
      },
    ],
  ];
  const expected: [string, string][] = [
    ["source/destination check", "10.0.1.6 is not an address of eni-a"],
    ["route", "198.51.100.0/24 → blackhole (static)"],
    ["nat gateway", "belongs to no flow, and none can be begun from beyond"],
    ["encapsulation", "10.0.2.99 is nowhere in vpc-1"],
    ["internet gateway", "the source has no public address"],
    ["headers", ""],
  ];
  for (const [n, [name, run]] of cases.entries()) {
    it(name, () => {
      const [stage, reason] = run();
      expect(stage).toBe(expected[n]![0]);
      expect(reason).toContain(expected[n]![1]);
    });
  }

  function last(result: ReturnType<Vpc["forward"]>): [string, string] {
    expect(result.verdict).toBe("dropped");
    const {stage, reason, decision} = lastStage(result);
    expect(decision).toBe("drop");
    return [stage, reason];
  }

  it("a NAT gateway whose own subnet routes back to it makes no endless circle", () => {
    const description = smallVpc();
    const natGateways = [{id: "nat-1", subnetId: "subnet-private", addresses: ["10.0.2.20"]}];
    const vpc = new Vpc({...description, natGateways});
    const frame = tcp(FROM_B, "SYN", {eniId: "eni-b"});
    expect(vpc.forward({eniId: "eni-b", frame}, 0).verdict).toBe("dropped");
  });

  it("what is routed to a peering leaves by it, and comes in by it", () => {
    const vpc = new Vpc(smallVpc());
    const there = {...FROM_B, destination: "10.9.0.1"};
    const out = vpc.forward({eniId: "eni-b", frame: tcp(there, "SYN", {eniId: "eni-b"})}, 0);
    expect([out.verdict, out.via, ends(out.frame!)]).toEqual([
      "sent",
      "pcx-1",
      "10.0.2.10:44321 → 10.9.0.1:443",
    ]);
    const back = vpc.receive({frame: tcp(turned(there), "SYN+ACK"), from: "pcx-1"}, 1);
    expect([back.verdict, back.eniId]).toEqual(["delivered", "eni-b"]);
  });
});

/** Opens a connection to the Internet at time 0. */
function connect(vpc: Vpc, eniId: "eni-a" | "eni-b", way: typeof WEB): void {
  const out = vpc.forward({eniId, frame: tcp(way, "SYN", {eniId})}, 0);
  const [source, sourcePort] = ends(out.frame!).split(" → ")[0]!.split(":");
  const seen = {...way, source: source!, sourcePort: Number(sourcePort)};
  expect(vpc.receive({frame: tcp(turned(seen), "SYN+ACK")}, 0).verdict).toBe("delivered");
  expect(vpc.forward({eniId, frame: tcp(way, "ACK", {eniId})}, 0).verdict).toBe("sent");
}

describe("Vpc: a connection through the NAT gateway that was idle for 350 s", () => {
  for (const [timeouts, verdict] of [
    [NITRO_5_TIMEOUTS, "answered"],
    [NITRO_6_TIMEOUTS, "dropped"],
  ] as const) {
    it(`the reset of the NAT gateway is ${verdict} with the groups of ${timeouts.name}`, () => {
      const interfaces = [{...eni("eni-b", "subnet-private", "10.0.2.10", ["sg-web"]), timeouts}];
      const vpc = new Vpc(smallVpc({interfaces}));
      connect(vpc, "eni-b", FROM_B);
      const late = tcp(FROM_B, "ACK", {eniId: "eni-b", payloadBytes: 1});
      const result = vpc.forward({eniId: "eni-b", frame: late}, 350 * SECOND);
      expect(result.verdict).toBe(verdict);
      expect(steps(result.trace)).toContain("nat gateway @ nat-1: drop");
      if (verdict === "answered") {
        expect(ends(result.answer!)).toBe("1.2.3.4:443 → 10.0.2.10:44321");
        expect(result.answer![47]! & 0x04).toBe(0x04);
        expect(isSound(result.answer!)).toBe(true);
      } else expect(lastStage(result).stage).toBe("security group inbound");
    });
  }
});

describe("Vpc: packets that are too long for the Internet", () => {
  const pmtud = {
    id: "sg-inside",
    inbound: [{protocol: "icmp", icmp: {type: 3, code: 4}, peer: "0.0.0.0/0"}],
  } as const;

  for (const [eniId, source] of [
    ["eni-a", "10.0.1.5"],
    ["eni-b", "10.0.2.10"],
  ] as const) {
    it(`${eniId} is told 1500 about its own packet, if its groups let ICMP in`, () => {
      const description = smallVpc();
      const securityGroups = [{id: "sg-web"}, pmtud];
      const vpc = new Vpc({...description, securityGroups});
      const way = {...WEB, source};
      connect(vpc, eniId, way);
      const frame = tcp(way, "ACK", {eniId, payloadBytes: 3000});
      const result = vpc.forward({eniId, frame}, 1);
      expect([result.verdict, result.eniId]).toEqual(["answered", eniId]);
      expect(isSound(result.answer!)).toBe(true);
      const known = new PathMtu(9001);
      expect(known.learn(result.answer!, 1)).toBe(1500);
      expect(known.get(0x01020304, 1)).toBe(1500);
    });
  }

  it("a group without a rule for ICMP makes a black hole of it", () => {
    const vpc = new Vpc(smallVpc({securityGroups: [{id: "sg-web"}, {id: "sg-inside"}]}));
    vpc.forward({eniId: "eni-a", frame: tcp(WEB, "SYN", {eniId: "eni-a"})}, 0);
    const frame = tcp(WEB, "ACK", {eniId: "eni-a", payloadBytes: 3000});
    const result = vpc.forward({eniId: "eni-a", frame}, 1);
    expect([result.verdict, lastStage(result).stage]).toEqual([
      "dropped",
      "security group inbound",
    ]);
    expect(steps(result.trace)).toContain("mtu @ igw-1: drop");
  });

  it("without DF it is cut into fragments, each with the public address", () => {
    const ipv4 = {dontFragment: false};
    const frame = tcp(WEB, "ACK", {eniId: "eni-a", payloadBytes: 3000, ipv4});
    const result = new Vpc(smallVpc()).forward({eniId: "eni-a", frame}, 0);
    expect(result.fragments!.map((one) => one.length - 14)).toEqual([1500, 1500, 80]);
    expect(result.fragments!.map((one) => ends(one).split(":")[0])).toEqual(
      Array(3).fill(PUBLIC.a),
    );
  });

  it("within the VPC 9001 bytes pass, and no more", () => {
    const inside = {...WEB, destination: "10.0.2.10"};
    const send = (payloadBytes: number): string => {
      const frame = tcp(inside, "SYN", {eniId: "eni-a", payloadBytes});
      return new Vpc(smallVpc()).forward({eniId: "eni-a", frame}, 0).verdict;
    };
    expect([send(8961), send(8962)]).toEqual(["delivered", "dropped"]);
  });
});

it("Vpc.receive() brings the reply to what forward() sent back to the sender, checksums right all the way", () => {
  const random = new Random(2);
  const vpc = new Vpc(smallVpc());
  const word = (): number => random.integer({min: 1, max: 65_535});
  for (let nowMs = 0; nowMs < 500; nowMs++) {
    const [eniId, source] = pick(random, [
      ["eni-a", "10.0.1.5"],
      ["eni-a2", "10.0.1.6"],
      ["eni-b", "10.0.2.10"],
    ] as const);
    const destination = `8.8.${random.integer({min: 0, max: 9})}.${random.integer({min: 1, max: 9})}`;
    const way = {source, sourcePort: word(), destination, destinationPort: word()};
    const payloadBytes = random.integer({min: 0, max: 1400});
    const out = vpc.forward({eniId, frame: tcp(way, "SYN", {eniId, payloadBytes})}, nowMs);
    expect(out.verdict).toBe("sent");
    const [from, to] = ends(out.frame!).split(" → ");
    const [answerTo, port] = from!.split(":");
    expect(to).toBe(`${destination}:${way.destinationPort}`);
    const seen = {...turned(way), destination: answerTo!, destinationPort: Number(port)};
    const back = vpc.receive({frame: tcp(seen, "SYN+ACK", {payloadBytes})}, nowMs);
    expect([back.verdict, back.eniId, ends(back.frame!)]).toEqual([
      "delivered",
      eniId,
      `${destination}:${way.destinationPort} → ${source}:${way.sourcePort}`,
    ]);
    for (const {before, after} of [...out.trace, ...back.trace]) {
      expect([before, after].every((frame) => frame === undefined || isSound(frame))).toBe(true);
    }
  }
});

it("Vpc refuses what names nothing, a time that goes back, and an unknown interface", () => {
  const make = (changes: Parameters<typeof smallVpc>[0]) => () => new Vpc(smallVpc(changes));
  expect(make({routeTables: [{id: "rtb-public"}]})).toThrow(TypeError);
  expect(make({natGateways: []})).toThrow(/need a target .*, got nat-1/);
  expect(make({securityGroups: []})).toThrow(TypeError);
  expect(make({cidr: "10.0.0.0/24"})).toThrow(RangeError);
  const vpc = new Vpc(smallVpc());
  const frame = tcp(WEB, "SYN", {eniId: "eni-a"});
  vpc.forward({eniId: "eni-a", frame}, 5);
  expect(() => vpc.forward({eniId: "eni-a", frame}, 4)).toThrow(
    "Cannot forward: need a time from 5 on, got 4",
  );
  expect(() => vpc.forward({eniId: "eni-z", frame}, 6)).toThrow(TypeError);
  expect(() => vpc.receive({frame, from: "pcx-9"}, 6)).toThrow(TypeError);
});

it("Vpc gives a verdict on any bytes at all, and throws nothing", () => {
  const random = new Random(3);
  const vpc = new Vpc(smallVpc());
  const verdicts = new Set<string>();
  for (let nowMs = 0; nowMs < 4000; nowMs++) {
    const eniId = pick(random, ["eni-a", "eni-b"] as const);
    const source = eniId === "eni-a" ? "10.0.1.5" : "10.0.2.10";
    const destination = pick(random, ["1.2.3.4", "10.0.1.6", "10.0.2.10", PUBLIC.a, "10.0.1.20"]);
    const frame = tcp({...WEB, source, destination}, "SYN", {eniId, payloadBytes: 40});
    for (let changes = random.integer({min: 0, max: 3}); changes > 0; changes--) {
      const place = random.integer({min: 12, max: frame.length - 1});
      frame[place] = random.integer({min: 0, max: 255});
    }
    const length = random.integer({min: 0, max: 1}) || random.integer({min: 0, max: frame.length});
    const bytes = frame.subarray(0, length === 1 ? frame.length : length);
    verdicts.add(vpc.forward({eniId, frame: bytes}, nowMs).verdict);
    verdicts.add(vpc.receive({frame: bytes}, nowMs).verdict);
  }
  expect([...verdicts].sort()).toEqual(["delivered", "dropped", "sent"]);
});
