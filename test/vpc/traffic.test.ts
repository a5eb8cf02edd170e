import {SecurityGroup} from "kernel-lib/vpc";
import type {Traffic} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {icmp, packet} from "./packets.js";
import {allows} from "./group-verdicts.js";

describe("Traffic", () => {
  it.each<[Traffic, number, boolean]>([
    [{protocol: "tcp", ports: [22, 22]}, 22, true],
    [{protocol: "tcp", ports: [22, 24]}, 24, true],
    [{protocol: "tcp", ports: [22, 24]}, 25, false],
    [{protocol: "tcp", ports: [22, 24]}, 21, false],
    [{protocol: "tcp"}, 65_535, true],
    [{protocol: "udp"}, 22, false],
    [{protocol: 6}, 22, true],
    [{protocol: "all"}, 22, true],
  ])("Traffic %j covers TCP port %i: %s", (traffic, port, expected) => {
    expect(allows(traffic, packet(`10.0.1.5:40000 > 10.0.2.10:${port}`))).toBe(expected);
  });

  it("Traffic looks at the destination's port, not at the source's", () => {
    const ssh: Traffic = {protocol: "tcp", ports: [22, 22]};
    expect(allows(ssh, packet("10.0.1.5:22 > 10.0.2.10:40000"))).toBe(false);
  });

  it.each<[Traffic, boolean]>([
    [{protocol: "icmp"}, true],
    [{protocol: "icmp", icmp: {type: 3}}, true],
    [{protocol: "icmp", icmp: {type: 3, code: 4}}, true],
    [{protocol: "icmp", icmp: {type: 3, code: 1}}, false],
    [{protocol: "icmp", icmp: {type: 8}}, false],
    [{protocol: "tcp"}, false],
  ])("Traffic %j covers ICMP 3/4: %s", (traffic, expected) => {
    expect(allows(traffic, icmp("10.0.1.5 > 10.0.2.10", 3, 4))).toBe(expected);
  });

  it("Traffic with ports does not cover a later fragment, which has none", () => {
    const fragment = packet("10.0.1.5:0 > 10.0.2.10:0");
    expect(allows({protocol: "tcp", ports: [443, 443]}, fragment)).toBe(false);
    expect(allows({protocol: "tcp"}, fragment)).toBe(true);
  });

  it.each<[string, Traffic, unknown]>([
    ["an unknown name", {protocol: "sctp" as "tcp"}, TypeError],
    ["a protocol beyond 255", {protocol: 256}, RangeError],
    ["ports without TCP or UDP", {protocol: "all", ports: [22, 22]}, RangeError],
    ["ports in the wrong order", {protocol: "tcp", ports: [23, 22]}, RangeError],
    ["a port beyond 65535", {protocol: "udp", ports: [0, 65_536]}, RangeError],
    ["ICMP types of another protocol", {protocol: "udp", icmp: {type: 3}}, RangeError],
    ["an ICMP code beyond 255", {protocol: "icmp", icmp: {type: 3, code: 256}}, RangeError],
  ])("a rule with %s is refused", (_, traffic, error) => {
    const make = (): unknown =>
      new SecurityGroup({id: "sg-1", inbound: [{...traffic, peer: "0.0.0.0/0"}]});
    expect(make).toThrow(error as typeof RangeError);
  });
});
