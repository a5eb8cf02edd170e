/** Flows through a whole `Vpc`: idle ones, long packets, and what must hold of any. */
import {Random} from "kernel-lib/random";
import {NITRO_5_TIMEOUTS, NITRO_6_TIMEOUTS, PathMtu, Vpc} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {pick, turned} from "./frames.js";
import {
  eni,
  ends,
  FROM_B,
  isSound,
  lastStage,
  PUBLIC,
  SECOND,
  smallVpc,
  steps,
  tcp,
  WEB,
} from "./small-vpc.js";

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
