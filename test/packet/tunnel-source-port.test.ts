import {encodeFrame, tunnelSourcePort} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {expect, it} from "vitest";
import {KINDS, randomFrame} from "./random-frames.js";

const flow = (sourcePort: number, payload: number, moreFragments = false): Uint8Array =>
  encodeFrame({
    ethernet: {destination: "02:00:00:00:00:02", source: "02:00:00:00:00:01"},
    ipv4: {source: "10.0.1.5", destination: "10.0.2.10", moreFragments},
    tcp: {sourcePort, destinationPort: 443},
    payload: new Uint8Array(payload),
  });

it("tunnelSourcePort() is one of the dynamic ports, whatever the bytes", () => {
  const random = new Random(81);
  for (let run = 0; run < 2000; run++) {
    const frame = run % 2 ? randomFrame(random, random.choice(KINDS)) : random.bytes(run % 60);
    expect(tunnelSourcePort(frame)).toBeGreaterThanOrEqual(49_152);
    expect(tunnelSourcePort(frame)).toBeLessThanOrEqual(65_535);
  }
});

it("tunnelSourcePort() keeps a flow together and spreads flows (RFC 7348 §5)", () => {
  expect(tunnelSourcePort(flow(1000, 0))).toBe(tunnelSourcePort(flow(1000, 500)));
  const ports = new Set(Array.from({length: 1000}, (_, i) => tunnelSourcePort(flow(1024 + i, 0))));
  expect(ports.size).toBeGreaterThan(900);
});

it("tunnelSourcePort() keeps the pieces of a packet together", () => {
  const first = flow(1000, 8, true);
  const later = first.slice();
  later[21] = 5;
  later[34] = 99;
  expect(tunnelSourcePort(later)).toBe(tunnelSourcePort(first));
});
