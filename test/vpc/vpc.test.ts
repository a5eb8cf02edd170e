import {formatHex} from "kernel-lib/bytes";
import {decodeFrame, encodeFrame} from "kernel-lib/packet";
import {ROUTER_MAC, Vpc} from "kernel-lib/vpc";
import type {SecurityGroupRule} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {turned} from "./frames.js";
import {
  eni,
  ends,
  FROM_B,
  lastStage,
  MACS,
  PUBLIC,
  smallVpc,
  steps,
  tcp,
  WEB,
} from "./small-vpc.js";

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
