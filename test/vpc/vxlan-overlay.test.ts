import fc from "fast-check";
import {parseHex} from "kernel-lib/bytes";
import {decodeFrame, encodeFrame, verifyChecksums} from "kernel-lib/packet";
import {MappingService, VXLAN_OVERHEAD_BYTES, VxlanOverlay} from "kernel-lib/vpc";
import type {Encapsulated} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {frameBetween, host, placed, twoVpcs, VNIS} from "./two-vpcs.js";

/** A TCP SYN of 10.0.1.5 to 10.0.2.10 in VNI 0xabcde, which tshark 4.0.17 reads without complaint. */
const GOLDEN = parseHex(`02aa0000000202aa000000010800
  4500005a123440004011a70bc0a80001c0a80002 c73812b500460000 080000000abcde00
  0200000000020200000000010800 45000028123440004006118e0a0001050a00020a
  ad2101bb000003e8000000005002faf0eb1e0000`);

function sent(overlay: VxlanOverlay, vpcId = "vpc-a", frame = frameBetween(5, 6)): Encapsulated {
  const verdict = overlay.encapsulate({vpcId, frame, host: host(1)}, 0);
  if (verdict.verdict !== "sent") throw new Error(verdict.reason);
  return verdict;
}

describe("VxlanOverlay", () => {
  it("VxlanOverlay.encapsulate() adds 50 bytes around the frame, and every checksum is right", () => {
    const {bytes, host: to} = sent(twoVpcs().overlay);
    expect(to).toEqual(host(2));
    expect(bytes.length).toBe(frameBetween(5, 6).length + VXLAN_OVERHEAD_BYTES);
    expect(bytes.subarray(50)).toEqual(frameBetween(5, 6));
    const names = decodeFrame(bytes).layers.map(({name}) => name);
    expect(names.slice(0, 4)).toEqual(["ethernet", "ipv4", "udp", "vxlan"]);
    expect(verifyChecksums(bytes).every(({verdict}) => verdict !== "bad")).toBe(true);
  });

  it("VxlanOverlay.decapsulate() gives the frame and the interface of its own VPC", () => {
    const {overlay} = twoVpcs();
    for (const vpcId of Object.keys(VNIS)) {
      const {bytes} = sent(overlay, vpcId);
      const verdict = overlay.decapsulate({bytes, host: host(2)}, 0);
      expect(verdict).toMatchObject({verdict: "delivered", vpcId, eniId: `eni-${vpcId}-6`});
      expect(verdict.verdict === "delivered" && verdict.frame).toEqual(frameBetween(5, 6));
    }
  });

  it("VxlanOverlay.decapsulate() takes the golden bytes, and encapsulate() makes them", () => {
    const mapping = new MappingService();
    mapping.addSubnet({vpcId: "vpc-a", subnetId: "subnet-1", cidr: "10.0.0.0/16"});
    const syn = GOLDEN.subarray(50);
    const here = {host: host(1), eniId: "eni-1", mac: "02:00:00:00:00:01"};
    mapping.register({vpcId: "vpc-a", address: "10.0.1.5", mapping: here}, 0);
    const there = {host: host(2), eniId: "eni-2", mac: "02:00:00:00:00:02"};
    mapping.register({vpcId: "vpc-a", address: "10.0.2.10", mapping: there}, 0);
    const overlay = new VxlanOverlay({mapping, vnis: VNIS});
    const verdict = overlay.decapsulate({bytes: GOLDEN, host: host(2)}, 0);
    expect(verdict).toMatchObject({verdict: "delivered", eniId: "eni-2"});
    const {bytes} = sent(overlay, "vpc-a", syn);
    const ours = bytes.slice();
    // Left to the sender: identification with its checksum, and the hash in the source port.
    for (const [from, to] of [
      [18, 20],
      [24, 26],
      [34, 36],
    ] as const) {
      ours.set(GOLDEN.subarray(from, to), from);
    }
    expect(ours).toEqual(GOLDEN);
  });

  it("VxlanOverlay.encapsulate() writes the next hop's MAC address, the router's or the neighbour's", () => {
    const {overlay} = twoVpcs();
    const toRouter = frameBetween(5, 6);
    toRouter[5] = 0xfe;
    expect(sent(overlay, "vpc-a", toRouter).bytes.subarray(50)).toEqual(frameBetween(5, 6));
    expect(toRouter[5]).toBe(0xfe);
    const request = {vpcId: "vpc-a", frame: frameBetween(5, 9), host: host(1), nextHop: "10.0.1.6"};
    expect(overlay.encapsulate(request, 0)).toMatchObject({verdict: "sent", host: host(2)});
  });

  it("VxlanOverlay.encapsulate() drops what it has no mapping for, and what is no IPv4", () => {
    const {overlay} = twoVpcs();
    const drop = (frame: Uint8Array): unknown =>
      overlay.encapsulate({vpcId: "vpc-a", frame, host: host(1)}, 0);
    expect(drop(frameBetween(5, 9))).toEqual({
      verdict: "dropped",
      drop: "noMapping",
      reason: "10.0.1.9 is nowhere in vpc-a",
    });
    const other = frameBetween(5, 6);
    other[13] = 0x06;
    expect(drop(other)).toMatchObject({drop: "notIpv4"});
    expect(() =>
      overlay.encapsulate({vpcId: "vpc-c", frame: frameBetween(5, 6), host: host(1)}, 0),
    ).toThrow(RangeError);
  });

  it("VxlanOverlay.decapsulate() believes no host that the source does not live on", () => {
    const {overlay} = twoVpcs();
    const forged = encodeFrame({
      ethernet: {source: host(3).mac, destination: host(2).mac},
      ipv4: {source: host(3).address, destination: host(2).address},
      udp: {},
      vxlan: {vni: VNIS["vpc-a"]!},
      payload: frameBetween(5, 6),
    });
    const arrived = {bytes: forged, host: host(2)};
    expect(overlay.decapsulate(arrived, 0)).toEqual({
      verdict: "dropped",
      drop: "sourceNotThere",
      reason: "10.0.1.5 is on 192.168.0.1, came from 192.168.0.3",
    });
    const {mapping} = overlay;
    const gateways = new VxlanOverlay({mapping, vnis: VNIS, gatewayHosts: [host(3).address]});
    expect(gateways.decapsulate(arrived, 0).verdict).toBe("delivered");
  });

  it("VxlanOverlay.decapsulate() drops an unknown VNI, a missing I flag, another host's frame", () => {
    const {overlay} = twoVpcs();
    const change = (at: number, byte: number): Uint8Array => {
      const bytes = sent(overlay).bytes.slice();
      bytes[at] = byte;
      return bytes;
    };
    const dropOf = (bytes: Uint8Array, on = 2): unknown => {
      const verdict = overlay.decapsulate({bytes, host: host(on)}, 0);
      return verdict.verdict === "dropped" ? verdict.drop : verdict.verdict;
    };
    expect(dropOf(change(48, 0))).toBe("unknownVni");
    expect(dropOf(change(42, 0))).toBe("malformed");
    expect(dropOf(change(22, 63))).toBe("malformed");
    expect(dropOf(change(37, 0xb6))).toBe("malformed");
    expect(dropOf(sent(overlay).bytes, 1)).toBe("wrongHost");
    expect(dropOf(frameBetween(5, 6))).toBe("malformed");
  });

  it("while a move is on its way, packets to and from the moved instance are dropped", () => {
    const {overlay, mapping} = twoVpcs(200);
    const moved = {vpcId: "vpc-a", address: "10.0.1.6"};
    mapping.register({...moved, mapping: placed("vpc-a", 6, 3)}, 1000);
    const to = (nowMs: number): string => {
      const request = {vpcId: "vpc-a", frame: frameBetween(5, 6), host: host(1)};
      const out = overlay.encapsulate(request, nowMs);
      if (out.verdict !== "sent") return out.drop;
      const verdict = overlay.decapsulate({bytes: out.bytes, host: out.host}, nowMs);
      return verdict.verdict === "dropped" ? verdict.drop : verdict.eniId;
    };
    const from = (nowMs: number): string => {
      const request = {vpcId: "vpc-a", frame: frameBetween(6, 5), host: host(3)};
      const out = overlay.encapsulate(request, nowMs);
      if (out.verdict !== "sent") return out.drop;
      const verdict = overlay.decapsulate({bytes: out.bytes, host: out.host}, nowMs);
      return verdict.verdict === "dropped" ? verdict.drop : verdict.eniId;
    };
    expect([to(1100), from(1100)]).toEqual(["notHere", "sourceNotThere"]);
    expect([to(1200), from(1200)]).toEqual(["eni-vpc-a-6", "eni-vpc-a-5"]);
  });

  it("no frame of one VPC is delivered in another, whatever host and bytes it goes through", () => {
    const {overlay} = twoVpcs();
    let delivered = 0;
    const flips = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), {maxLength: 3});
    fc.assert(
      fc.property(
        fc.constantFrom("vpc-a", "vpc-b"),
        flips,
        fc.integer({min: 1, max: 3}),
        (vpcId, flip, on) => {
          const {bytes} = sent(overlay, vpcId);
          // The VNI is the host's word, not the guest's: all else may be forged.
          for (const [at, mask] of flip) {
            if (at < bytes.length && (at < 46 || at > 48)) bytes[at]! ^= mask;
          }
          const verdict = overlay.decapsulate({bytes, host: host(on)}, 0);
          if (verdict.verdict === "dropped") return;
          delivered++;
          expect(verdict.vpcId).toBe(vpcId);
          expect(verdict.eniId).toContain(vpcId);
        },
      ),
      {numRuns: 2000},
    );
    expect(delivered).toBeGreaterThan(50);
  });

  it("VxlanOverlay.decapsulate() gives a verdict for every truncation and for any bytes", () => {
    const {overlay} = twoVpcs();
    const {bytes} = sent(overlay);
    for (let length = 0; length < bytes.length; length++) {
      const verdict = overlay.decapsulate({bytes: bytes.subarray(0, length), host: host(2)}, 0);
      expect(verdict).toMatchObject({verdict: "dropped", drop: "malformed"});
    }
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 120}), (noise) => {
        const verdict = overlay.decapsulate({bytes: noise, host: host(2)}, 0);
        expect(verdict.verdict).toBe("dropped");
      }),
    );
  });

  it.each([{a: 2 ** 24}, {a: -1}, {a: 1.5}, {a: 5, b: 5}])(
    "VxlanOverlay refuses the VNIs %j",
    (vnis: Record<string, number>) => {
      expect(() => new VxlanOverlay({mapping: new MappingService(), vnis})).toThrow(RangeError);
    },
  );
});
