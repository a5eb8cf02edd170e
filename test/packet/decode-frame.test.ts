import {CorruptionError, parseHex} from "kernel-lib/bytes";
import {decodeFrame, encodeFrame} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {describe, expect, it} from "vitest";
import {guardedBytes} from "./guarded-bytes.js";
import {GOLDEN_FRAMES} from "./packet-vectors.js";
import {KINDS, randomFrame} from "./random-frames.js";

const names = (frame: Uint8Array): string => {
  const {layers, payload} = decodeFrame(frame);
  return [...layers.map(({name}) => name), payload.length].join(" ");
};
const SYN = GOLDEN_FRAMES["tcpSyn"]!;
const ping = "ethernet ipv4 icmp 56";

describe("decodeFrame()", () => {
  it.each([
    ["tcpSyn", "ethernet ipv4 tcp 0"],
    ["tcpSynInVxlan", "ethernet ipv4 udp vxlan ethernet ipv4 tcp 0"],
    ["tcpSynInGeneve", "ethernet ipv4 udp geneve ethernet ipv4 tcp 0"],
    ["pingInVxlan", `ethernet ipv4 udp vxlan ${ping}`],
    ["pingInGeneve", `ethernet ipv4 udp geneve ${ping}`],
    ["pingInGeneveWithOption", `ethernet ipv4 udp geneve ${ping}`],
  ])("takes the published frame %s apart: %s", (name, expected) => {
    expect(names(GOLDEN_FRAMES[name]!)).toBe(expected);
  });

  it("says where each layer stands, without gaps, and gives the payload as a view", () => {
    for (const frame of Object.values(GOLDEN_FRAMES)) {
      const {layers, payload} = decodeFrame(frame);
      let at = 0;
      for (const layer of layers) {
        expect(layer.at).toBe(at);
        at += layer.sizeBytes;
      }
      expect(payload.byteOffset).toBe(frame.byteOffset + at);
      expect(payload.buffer).toBe(frame.buffer);
    }
  });

  it("of every truncated prefix throws CorruptionError inside it, and reads only what is there", () => {
    const random = new Random(41);
    const frames = [
      ...Object.values(GOLDEN_FRAMES),
      ...KINDS.map((kind) => randomFrame(random, kind)),
    ];
    for (const frame of frames) {
      expect(() => decodeFrame(guardedBytes(frame))).not.toThrow();
      for (let length = 0; length < frame.length; length++) {
        let thrown: unknown;
        try {
          decodeFrame(guardedBytes(frame.slice(0, length)));
        } catch (error) {
          thrown = error;
        }
        expect(thrown).toBeInstanceOf(CorruptionError);
        expect((thrown as CorruptionError).offset).toBeLessThanOrEqual(length);
      }
    }
  });

  it("leaves off the padding behind an IPv4 packet, and bytes that UDP does not count", () => {
    expect(names(Uint8Array.from([...SYN, 0, 0, 0, 0, 0, 0]))).toBe("ethernet ipv4 tcp 0");
    const frame = encodeFrame({
      ethernet: {destination: "02:00:00:00:00:02", source: "02:00:00:00:00:01"},
      ipv4: {source: "10.0.1.5", destination: "10.0.2.10"},
      udp: {sourcePort: 1, destinationPort: 2, length: 10},
      payload: new Uint8Array(6),
    });
    expect(names(frame)).toBe("ethernet ipv4 udp 2");
  });

  it("does not read a padded header into Ethernet's padding", () => {
    const padded = Uint8Array.from([...SYN, 1, 1, 1, 1]);
    padded[46] = 0x60; // TCP says 24 bytes, the packet has room for 20.
    expect(() => decodeFrame(padded)).toThrow(expect.objectContaining({offset: 54}));
  });

  it("ends where it knows no more: EtherType, protocol, port, fragment, control packet", () => {
    const changed = (frame: Uint8Array, changes: Record<number, number>): Uint8Array => {
      const copy = frame.slice();
      for (const [at, byte] of Object.entries(changes)) copy[Number(at)] = byte;
      return copy;
    };
    expect(names(changed(SYN, {12: 0x81, 13: 0}))).toBe("ethernet 40");
    expect(names(changed(SYN, {23: 253}))).toBe("ethernet ipv4 20");
    expect(names(changed(SYN, {21: 1}))).toBe("ethernet ipv4 20");
    const tunnel = GOLDEN_FRAMES["tcpSynInVxlan"]!;
    expect(names(changed(tunnel, {37: 0xb6}))).toBe("ethernet ipv4 udp 62");
    const geneve = GOLDEN_FRAMES["tcpSynInGeneve"]!;
    expect(names(changed(geneve, {43: 0x80}))).toBe("ethernet ipv4 udp geneve 54");
  });

  it("decodes a first fragment as far as its bytes go (RFC 1858 §3)", () => {
    const first = SYN.slice();
    first[20] = 0x20;
    expect(names(first)).toBe("ethernet ipv4 tcp 0");
    const tiny = first.slice(0, 42);
    tiny[17] = 28;
    expect(names(tiny)).toBe("ethernet ipv4 8");
    const udp = GOLDEN_FRAMES["tcpSynInVxlan"]!.slice(0, 50);
    udp[17] = 36;
    expect(() => decodeFrame(udp)).toThrow("need 54 more bytes");
    udp[20] = 0x20;
    expect(names(udp)).toBe("ethernet ipv4 udp 8");
  });

  it("refuses a packet and a datagram longer than what is there, and says where", () => {
    const long = SYN.slice();
    long[17] = 41;
    expect(() => decodeFrame(long)).toThrow(expect.objectContaining({offset: 16}));
    const udp = GOLDEN_FRAMES["tcpSynInVxlan"]!.slice();
    udp[39] = 0x47;
    expect(() => decodeFrame(udp)).toThrow(expect.objectContaining({offset: 38}));
    expect(() => decodeFrame(parseHex("00"))).toThrow(expect.objectContaining({offset: 1}));
    expect(() => decodeFrame("frame" as never)).toThrow(TypeError);
  });

  it("takes tunnels in tunnels apart, as deep as the bytes go", () => {
    let frame = SYN;
    for (let depth = 0; depth < 200; depth++) {
      frame = encodeFrame({
        ethernet: {destination: "02:00:00:00:00:02", source: "02:00:00:00:00:01"},
        ipv4: {source: "10.0.1.5", destination: "10.0.2.10"},
        ...{udp: {}, vxlan: {vni: depth}, payload: frame},
      });
    }
    expect(decodeFrame(frame).layers).toHaveLength(4 * 200 + 3);
  });
});
