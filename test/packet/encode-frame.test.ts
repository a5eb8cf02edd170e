import {decodeFrame, encodeFrame, TCP_FLAG, verifyChecksums} from "kernel-lib/packet";
import type {FrameParts, Layer} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {describe, expect, it} from "vitest";
import {GOLDEN_FRAMES} from "./packet-vectors.js";
import {KINDS, randomFrame} from "./random-frames.js";

const inner: FrameParts = {
  ethernet: {destination: "02:00:00:00:00:02", source: "02:00:00:00:00:01"},
  ipv4: {source: "10.0.1.5", destination: "10.0.2.10", identification: 0x1234},
  tcp: {sourcePort: 44321, destinationPort: 443, sequence: 1000, flags: TCP_FLAG.syn},
};
const outer: FrameParts = {
  ethernet: {destination: "02:aa:00:00:00:02", source: "02:aa:00:00:00:01"},
  ipv4: {source: "192.168.0.1", destination: "192.168.0.2", identification: 0x1234},
  udp: {sourcePort: 51000},
};

describe("encodeFrame()", () => {
  it("gives the published bytes of a SYN, alone and in both tunnels", () => {
    const syn = encodeFrame(inner);
    expect(syn).toEqual(GOLDEN_FRAMES["tcpSyn"]);
    // Those of facts/compute.md, made apart from this library; see the outer addresses there.
    const published = decodeFrame(GOLDEN_FRAMES["tcpSynInVxlan"]!).layers[1] as Layer & {
      name: "ipv4";
    };
    const ipv4 = {
      ...outer.ipv4!,
      source: published.header.source,
      destination: published.header.destination,
    };
    const tunnels = {...outer, ipv4, payload: syn};
    expect(encodeFrame({...tunnels, vxlan: {vni: 0xabcde}})).toEqual(
      GOLDEN_FRAMES["tcpSynInVxlan"],
    );
    expect(encodeFrame({...tunnels, geneve: {vni: 0xabcde}})).toEqual(
      GOLDEN_FRAMES["tcpSynInGeneve"],
    );
  });

  it.each(KINDS)("of kind %s has right checksums and comes back from its own layers", (kind) => {
    const random = new Random(11);
    for (let run = 0; run < 100; run++) {
      const frame = randomFrame(random, kind);
      const verdicts = verifyChecksums(frame).map(({verdict}) => verdict);
      expect(verdicts).not.toContain("bad");
      expect(encodeFrame(partsOf(frame))).toEqual(frame);
    }
  });

  it("writes what it is told, right or wrong", () => {
    const frame = encodeFrame({
      ...inner,
      ipv4: {...inner.ipv4!, checksum: 7},
      tcp: {...inner.tcp!, checksum: 9},
    });
    expect(verifyChecksums(frame).map(({stored, verdict}) => [stored, verdict])).toEqual([
      [7, "bad"],
      [9, "bad"],
    ]);
  });

  it("sends a UDP checksum of zero as all ones (RFC 768)", () => {
    const {ethernet, ipv4} = inner as Required<FrameParts>;
    const ports = {sourcePort: 1, destinationPort: 2};
    const udp = (payload: Uint8Array): Uint8Array =>
      encodeFrame({ethernet, ipv4, udp: ports, payload});
    const sum = udp(new Uint8Array(2)).subarray(40, 42);
    // Its own checksum as payload brings the sum to all ones, and so the checksum to zero.
    const frame = udp(sum.slice());
    expect(frame.subarray(40, 42)).toEqual(Uint8Array.of(0xff, 0xff));
    expect(verifyChecksums(frame)[1]).toMatchObject({verdict: "good", expected: 0xffff});
  });

  it("refuses parts that do not fit together", () => {
    const {ethernet, ipv4, tcp} = inner as Required<FrameParts>;
    const vxlan = {vni: 1};
    const refused: FrameParts[] = [
      {ethernet},
      {ethernet, tcp},
      {ethernet, ipv4},
      {ethernet, ipv4, tcp, udp: {}},
      {ethernet, ipv4, udp: {}},
      {ethernet, ipv4, udp: {sourcePort: 1}},
      {ethernet, ipv4, tcp, vxlan},
      {ethernet, ipv4, udp: {}, vxlan, geneve: vxlan},
    ];
    for (const parts of refused) expect(() => encodeFrame(parts)).toThrow(TypeError);
    const long = {...inner, payload: new Uint8Array(65_536)};
    expect(() => encodeFrame(long)).toThrow(RangeError);
  });
});

/** The parts that a frame's outer layers and all that follows them make. */
function partsOf(frame: Uint8Array): FrameParts {
  const {layers, payload} = decodeFrame(frame);
  const parts: Record<string, unknown> = {};
  for (const layer of layers) {
    if (layer.name in parts) break;
    parts[layer.name] = layer.header;
  }
  const tunnel = layers.find(({name}) => name === "vxlan" || name === "geneve");
  const rest = tunnel ? frame.subarray(tunnel.at + tunnel.sizeBytes) : payload;
  return {...(parts as unknown as FrameParts), payload: rest};
}
