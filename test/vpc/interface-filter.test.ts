import {encodeFrame} from "kernel-lib/packet";
import type {FrameParts} from "kernel-lib/packet";
import {
  ConnectionTracker,
  icmpError,
  InterfaceFilter,
  NITRO_6_TIMEOUTS,
  packetSummary,
  SecurityGroup,
} from "kernel-lib/vpc";
import type {FilterRequest, InterfaceVerdict, SecurityGroupRule} from "kernel-lib/vpc";
import {expect, it} from "vitest";
import {echoFrame, tcpFrame, turned, udpFrame} from "./frames.js";

const IN = {
  source: "203.0.113.9",
  sourcePort: 40000,
  destination: "10.0.1.5",
  destinationPort: 53,
};
const TIGHT: SecurityGroupRule = {protocol: "all", peer: "203.0.113.0/24"};
const OPEN: SecurityGroupRule = {protocol: "udp", ports: [53, 53], peer: "0.0.0.0/0"};

/** A filter whose one group lets in what `rule` says, and everything out. */
class Guard {
  readonly group: SecurityGroup;
  readonly filter: InterfaceFilter;

  constructor(
    readonly rule: SecurityGroupRule,
    maxFlows = 100,
  ) {
    const options = {timeouts: NITRO_6_TIMEOUTS, maxFlows, tcpLoose: false};
    this.group = new SecurityGroup({id: "sg-1", inbound: [rule]});
    this.filter = new InterfaceFilter(new ConnectionTracker(options));
  }

  judge(
    direction: FilterRequest["direction"],
    frame: Uint8Array,
    more: Partial<FilterRequest> = {},
  ): InterfaceVerdict {
    const packet = packetSummary(frame)!;
    return this.filter.judge({direction, frame, packet, groups: [this.group], ...more}, 0);
  }

  close(): void {
    this.group.removeRule("inbound", this.rule);
  }
}

it("InterfaceFilter lets a tracked flow of each kind go on without its rule, both ways", () => {
  const kinds: [(way: typeof IN) => Uint8Array, (way: typeof IN) => Uint8Array][] = [
    [(way) => tcpFrame(way, "SYN"), (way) => tcpFrame(way, "SYN+ACK")],
    [(way) => udpFrame(way), (way) => udpFrame(way)],
    [(way) => echoFrame(way, 8), (way) => echoFrame({...way, sourcePort: 40000}, 0)],
    [other, other],
  ];
  for (const [ask, answer] of kinds) {
    const guard = new Guard(TIGHT);
    expect(guard.judge("inbound", ask(IN)).reason).toBe("sg-1 allows all 203.0.113.0/24; tracked");
    guard.close();
    const back = guard.judge("outbound", answer(turned(IN)));
    expect(back.reason).toMatch(/^of a tracked flow: /);
    expect(guard.judge("inbound", ask(IN)).allowed).toBe(true);
    expect(guard.filter.tracker.size).toBe(1);
  }
});

function other({source, destination}: typeof IN): Uint8Array {
  const ethernet = {source: "02:00:00:00:00:01", destination: "02:00:00:00:00:02"};
  const ipv4: FrameParts["ipv4"] = {source, destination, protocol: 47};
  return encodeFrame({ethernet, ipv4, payload: new Uint8Array(8)});
}

it("InterfaceFilter opens no flow for the reply of an untracked one, so that it ends with its rule", () => {
  const guard = new Guard(OPEN);
  const there = guard.judge("inbound", udpFrame(IN));
  expect(there.reason).toBe("sg-1 allows udp 53 0.0.0.0/0; untracked");
  const back = guard.judge("outbound", udpFrame(turned(IN)));
  expect(back.reason).toBe("sg-1 allows all 0.0.0.0/0; untracked like the flow it answers");
  expect(guard.filter.tracker.size).toBe(0);
  guard.close();
  expect(guard.judge("inbound", udpFrame(IN)).allowed).toBe(false);
});

it("InterfaceFilter tracks what is open where it is told to", () => {
  const guard = new Guard(OPEN);
  guard.judge("inbound", udpFrame(IN), {alwaysTracked: true});
  guard.close();
  expect(guard.judge("inbound", udpFrame(IN)).allowed).toBe(true);
});

it("InterfaceFilter lets no flow in that its table has no room for", () => {
  const guard = new Guard(TIGHT, 1);
  guard.judge("inbound", udpFrame(IN));
  const verdict = guard.judge("inbound", udpFrame({...IN, sourcePort: 1}));
  expect(verdict).toEqual({
    allowed: false,
    reason: "sg-1 allows all 203.0.113.0/24; tracked, but a new flow, but the table is full",
  });
  expect(guard.judge("inbound", udpFrame(IN)).allowed).toBe(true);
});

it("InterfaceFilter judges the SYN that opens a closed flow again by the rules", () => {
  const guard = new Guard(TIGHT);
  const back = turned(IN);
  for (const [direction, way, flags] of [
    ["inbound", IN, "SYN"],
    ["outbound", back, "SYN+ACK"],
    ["inbound", IN, "ACK"],
    ["inbound", IN, "FIN+ACK"],
    ["outbound", back, "FIN+ACK"],
    ["inbound", IN, "ACK"],
  ] as const) {
    expect(guard.judge(direction, tcpFrame(way, flags)).allowed).toBe(true);
  }
  expect(guard.filter.tracker.flows()[0]!.state).toBe("TIME_WAIT");
  guard.close();
  expect(guard.judge("inbound", tcpFrame(IN, "SYN")).allowed).toBe(false);
});

it("InterfaceFilter lets an ICMP error about a tracked flow in only by a rule", () => {
  const guard = new Guard(OPEN);
  const way = turned({...IN, destinationPort: 4000});
  guard.judge("outbound", udpFrame(way));
  const error = icmpError(udpFrame(way), {from: "203.0.113.1", type: 3, code: 3})!;
  expect(guard.judge("inbound", error).allowed).toBe(false);
  guard.group.addRule("inbound", {protocol: "icmp", icmp: {type: 3}, peer: "0.0.0.0/0"});
  expect(guard.judge("inbound", error).allowed).toBe(true);
});

it("InterfaceFilter lets a packet in mid-flow pass by a rule, and opens no flow for it", () => {
  const guard = new Guard(OPEN);
  const verdict = guard.judge("outbound", tcpFrame(turned(IN), "ACK"));
  expect(verdict.allowed).toBe(true);
  expect(verdict.reason).toContain("not a SYN");
  expect(guard.filter.tracker.size).toBe(0);
});
