import {CorruptionError} from "kernel-lib/bytes";
import {
  decodeFrame,
  encodeFrame,
  formatIpv4Address,
  FrameView,
  parseIpv4Address,
  verifyChecksums,
} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {describe, expect, it} from "vitest";
import {guardedBytes} from "./guarded-bytes.js";
import {GOLDEN_FRAMES} from "./packet-vectors.js";
import {KINDS, randomFrame} from "./random-frames.js";

const ETHERNET = {destination: "02:00:00:00:00:02", source: "02:00:00:00:00:01"};
const IPV4 = {source: "10.0.1.5", destination: "10.0.2.10"};

describe("FrameView", () => {
  it("read() says what decodeFrame() says, for every kind of frame", () => {
    const random = new Random(51);
    const view = new FrameView();
    for (let run = 0; run < 3000; run++) {
      const frame = randomFrame(random, KINDS[run % KINDS.length]!);
      view.read(frame);
      const [ethernet, ipv4, next] = decodeFrame(frame).layers;
      if (ethernet?.name !== "ethernet") throw new Error("no Ethernet");
      expect(view.etherType).toBe(ethernet.header.etherType);
      if (ipv4?.name !== "ipv4") {
        expect(view.ipv4At).toBe(-1);
        continue;
      }
      const {source, destination, ttl, protocol, totalLength, moreFragments, fragmentOffsetBytes} =
        ipv4.header;
      expect([formatIpv4Address(view.source), formatIpv4Address(view.destination)]).toEqual([
        source,
        destination,
      ]);
      expect(view).toMatchObject({ttl, protocol, totalLength, ipv4At: 14});
      expect(view.isFragment).toBe(moreFragments || fragmentOffsetBytes > 0);
      expect(view.transportAt).toBe(ipv4.at + ipv4.sizeBytes);
      const hasPorts = next?.name === "tcp" || next?.name === "udp";
      expect(view.hasPorts).toBe(hasPorts);
      if (hasPorts) {
        const {sourcePort, destinationPort} = next.header;
        expect(view).toMatchObject({sourcePort, destinationPort});
      } else if (next?.name === "icmp" && next.header.kind === "echo") {
        expect(view.sourcePort).toBe(next.header.identifier);
      } else expect([view.sourcePort, view.destinationPort]).toEqual([0, 0]);
      expect(view.tcpFlags).toBe(next?.name === "tcp" ? next.header.flags : 0);
    }
  });

  it("rewriting gives the bytes of a frame made with the new addresses from the start", () => {
    const random = new Random(52);
    const view = new FrameView();
    const number = (bits: number): number => random.integer({min: 0, max: 2 ** bits - 1});
    for (let run = 0; run < 4000; run++) {
      const payload = random.bytes(random.integer({min: 0, max: 9}));
      const kind = random.choice(["tcp", "udp", "udpWithout", "echo", "other"] as const);
      const make = (from: string, to: string, ports: [number, number], ttl: number): Uint8Array => {
        const [sourcePort, destinationPort] = ports;
        const pair = {sourcePort, destinationPort};
        const base = {ethernet: ETHERNET, ipv4: {source: from, destination: to, ttl}, payload};
        if (kind === "tcp") return encodeFrame({...base, tcp: pair});
        if (kind === "udp") return encodeFrame({...base, udp: pair});
        if (kind === "udpWithout") return encodeFrame({...base, udp: {...pair, checksum: 0}});
        if (kind === "other") {
          return encodeFrame({...base, ipv4: {...base.ipv4, protocol: 47}});
        }
        const numbers = {type: 8, code: 0, identifier: destinationPort, sequence: 1};
        return encodeFrame({...base, icmp: {kind: "echo", ...numbers}});
      };
      const text = (): string => formatIpv4Address(random.choice([number(32), 0, 2 ** 32 - 1]));
      // Zero and all ones on purpose: ones' complement has two zeros.
      const port = (): number => random.choice([number(16), 0, 0xffff]);
      const [from, to, newFrom, newTo] = [text(), text(), text(), text()];
      const [newSource, newDestination] = [port(), port()];
      const frame = make(from, to, [port(), port()], 64);
      view.read(frame);
      view.rewriteSource({address: parseIpv4Address(newFrom), port: newSource});
      view.rewriteDestination({address: parseIpv4Address(newTo), port: newDestination});
      expect(view.decrementTtl()).toBe(63);
      expect(frame).toEqual(make(newFrom, newTo, [newSource, newDestination], 63));
      const {source, destination} = view;
      expect(new FrameView().read(frame)).toEqual(view);
      expect([source, destination].map(formatIpv4Address)).toEqual([newFrom, newTo]);
    }
  });

  it("rewriting a later fragment leaves its payload alone, a first one keeps the sum of the whole", () => {
    const random = new Random(53);
    const later = randomFrame(random, "laterFragment");
    const before = later.slice();
    new FrameView().read(later).rewriteSource({address: 1, port: 2});
    expect(later.subarray(34)).toEqual(before.subarray(34));
    expect(verifyChecksums(later)[0]!.verdict).toBe("good");
    // RFC 791 §3.2: put together, the pieces must have the right checksum again.
    const whole = encodeFrame({
      ...{ethernet: ETHERNET, ipv4: IPV4, payload: random.bytes(64)},
      udp: {sourcePort: 1000, destinationPort: 2000},
    });
    const first = whole.slice(0, 14 + 20 + 24);
    first.set([0, 44], 16);
    first[20] = 0x20;
    new FrameView().read(first).rewriteSource({address: 0x36000001, port: 1024});
    new FrameView().read(whole).rewriteSource({address: 0x36000001, port: 1024});
    expect(first.subarray(34)).toEqual(whole.subarray(34, 58));
  });

  it("read() of every truncated prefix throws CorruptionError or reads only what is there", () => {
    for (const frame of Object.values(GOLDEN_FRAMES)) {
      for (let length = 0; length < frame.length; length++) {
        const prefix = guardedBytes(frame.slice(0, length));
        expect(() => new FrameView().read(prefix)).toThrow(CorruptionError);
      }
      expect(() => new FrameView().read(guardedBytes(frame))).not.toThrow();
    }
  });

  it("refuses to rewrite what is no IPv4 packet, and numbers that do not fit", () => {
    const arp = new FrameView().read(randomFrame(new Random(1), "arp"));
    expect(() => arp.rewriteSource({address: 1, port: 1})).toThrow(RangeError);
    expect(() => arp.decrementTtl()).toThrow(RangeError);
    const view = new FrameView().read(GOLDEN_FRAMES["tcpSyn"]!.slice());
    for (const [address, port] of [
      ...[[-1, 1]],
      ...[[2 ** 32, 1]],
      ...[[1, 65536]],
      ...[[1, 0.5]],
    ]) {
      expect(() => view.rewriteDestination({address: address!, port: port!})).toThrow(RangeError);
    }
    const dead = encodeFrame({ethernet: ETHERNET, ipv4: {...IPV4, ttl: 0, protocol: 47}});
    expect(() => new FrameView().read(dead).decrementTtl()).toThrow(RangeError);
    expect(() => new FrameView().read("frame" as never)).toThrow(TypeError);
  });
});
