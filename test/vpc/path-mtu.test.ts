import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {FrameView, parseIpv4Address, verifyChecksums} from "kernel-lib/packet";
import {
  fragmentFrame,
  icmpError,
  INTERNET_GATEWAY_MTU,
  limitToMtu,
  PathMtu,
  VPC_MTU,
} from "kernel-lib/vpc";
import {udpFrame} from "./frames.js";

const ENDS = {source: "10.0.1.5", sourcePort: 4000, destination: "8.8.8.8", destinationPort: 53};
const SERVER = parseIpv4Address("8.8.8.8");
const long = (bytes: number, dontFragment = true): Uint8Array =>
  udpFrame(ENDS, new Uint8Array(bytes - 28).fill(5), {dontFragment});

describe("limitToMtu", () => {
  it("lets through what fits to the byte, and answers what is a byte longer", () => {
    const at = {mtu: INTERNET_GATEWAY_MTU, from: "10.0.1.1"};
    expect(limitToMtu(long(1500), at)).toEqual({kind: "fits"});
    const verdict = limitToMtu(long(1501), at);
    expect(verdict.kind).toBe("fragmentationNeeded");
    const error = verdict.kind === "fragmentationNeeded" ? verdict.error! : new Uint8Array();
    expect(verifyChecksums(error).every((check) => check.verdict === "good")).toBe(true);
    // RFC 1812 §4.3.2.3: not longer than 576 bytes.
    expect(error.length - 14).toBe(576);
    expect(limitToMtu(long(1501, false), at).kind).toBe("fragmented");
  });
});

describe("fragmentFrame", () => {
  it("cuts so that the pieces, put together, are the packet, and each has a good header", () => {
    fc.assert(
      fc.property(
        fc.integer({min: 30, max: 9001}),
        fc.integer({min: 68, max: 2000}),
        (size, mtu) => {
          const frame = long(size, false);
          const pieces = fragmentFrame(frame, mtu);
          const payload = new Uint8Array(size - 20);
          for (const [at, piece] of pieces.entries()) {
            const view = new FrameView().read(piece);
            expect(view.totalLength).toBeLessThanOrEqual(mtu);
            expect(verifyChecksums(piece)[0]!.verdict).toBe("good");
            const word = (piece[20]! << 8) | piece[21]!;
            expect((word & 0x2000) !== 0).toBe(at < pieces.length - 1);
            payload.set(piece.subarray(34), 8 * (word & 0x1fff));
          }
          expect(payload).toEqual(frame.slice(34));
        },
      ),
    );
  });

  it("cuts a fragment again, at its own offset", () => {
    const [, second] = fragmentFrame(long(4000, false), 1500);
    const again = fragmentFrame(second!, 600).map((piece) => (piece[20]! << 8) | piece[21]!);
    expect(again.map((word) => word & 0x1fff)).toEqual([185, 257, 329]);
    expect(again.every((word) => (word & 0x2000) !== 0)).toBe(true);
  });
});

describe("PathMtu", () => {
  it("discovers 1500 behind 9001, and tries longer packets again after ten minutes", () => {
    const known = new PathMtu();
    expect(known.get(SERVER, 0)).toBe(VPC_MTU);
    const verdict = limitToMtu(long(9001), {mtu: 1500, from: "10.0.1.1"});
    const error = verdict.kind === "fragmentationNeeded" ? verdict.error! : new Uint8Array();
    expect(known.learn(error, 0)).toBe(1500);
    expect(known.learn(error, 1)).toBeUndefined();
    expect(known.get(SERVER, 599_999)).toBe(1500);
    expect(known.get(SERVER, 600_000)).toBe(9001);
    expect(known.get(SERVER + 1, 0)).toBe(9001);
  });

  it("never learns less than 68, and takes the next plateau from a router that does not say", () => {
    const about = (nextHopMtu: number): Uint8Array =>
      icmpError(long(1500), {from: "10.0.1.1", type: 3, code: 4, nextHopMtu})!;
    expect(new PathMtu().learn(about(7), 0)).toBe(68);
    expect(new PathMtu().learn(about(0), 0)).toBe(1492);
    const other = icmpError(long(1500), {from: "10.0.1.1", type: 3, code: 1})!;
    expect(new PathMtu().learn(other, 0)).toBeUndefined();
    expect(new PathMtu().learn(long(1500), 0)).toBeUndefined();
  });
});
