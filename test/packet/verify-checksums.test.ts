import {encodeFrame, verifyChecksums} from "kernel-lib/packet";
import {CorruptionError} from "kernel-lib/bytes";
import {describe, expect, it} from "vitest";
import {GOLDEN_FRAMES} from "./packet-vectors.js";

const verdicts = (frame: Uint8Array): string =>
  verifyChecksums(frame)
    .map(({layer, verdict}) => `${layer} ${verdict}`)
    .join(", ");

describe("verifyChecksums()", () => {
  it("finds the published frames right, also inside their tunnels", () => {
    expect(verdicts(GOLDEN_FRAMES["tcpSyn"]!)).toBe("ipv4 good, tcp good");
    expect(verdicts(GOLDEN_FRAMES["tcpSynInVxlan"]!)).toBe(
      "ipv4 good, udp none, ipv4 good, tcp good",
    );
    expect(verdicts(GOLDEN_FRAMES["tcpSynInGeneve"]!)).toBe(
      "ipv4 good, udp good, ipv4 good, tcp good",
    );
    expect(verdicts(GOLDEN_FRAMES["pingInGeneveWithOption"]!)).toBe(
      "ipv4 good, udp none, ipv4 good, icmp good",
    );
  });

  it("detects every single flipped bit under a checksum, or the frame does not decode as before", () => {
    const frame = GOLDEN_FRAMES["tcpSynInGeneve"]!;
    for (let bit = 8 * 14; bit < 8 * frame.length; bit++) {
      const flipped = frame.slice();
      flipped[bit >> 3]! ^= 0x80 >> (bit & 7);
      let seen: string;
      try {
        seen = verdicts(flipped);
      } catch (error) {
        expect(error).toBeInstanceOf(CorruptionError);
        continue;
      }
      expect(seen, `bit ${bit}`).not.toBe("ipv4 good, udp good, ipv4 good, tcp good");
    }
  });

  it("says what should stand there, and where", () => {
    const frame = GOLDEN_FRAMES["tcpSyn"]!.slice();
    frame[22] = 63;
    expect(verifyChecksums(frame)[0]).toEqual({
      ...{layer: "ipv4", at: 24, stored: 0x118e, expected: 0x128e, verdict: "bad"},
    });
  });

  it("does not judge a piece of a datagram", () => {
    const frame = encodeFrame({
      ethernet: {destination: "02:00:00:00:00:02", source: "02:00:00:00:00:01"},
      ipv4: {source: "10.0.1.5", destination: "10.0.2.10", moreFragments: true},
      udp: {sourcePort: 1, destinationPort: 2, length: 100, checksum: 7},
      payload: new Uint8Array(8),
    });
    expect(verdicts(frame)).toBe("ipv4 good, udp fragment");
  });
});
