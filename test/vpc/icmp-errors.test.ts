import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {CorruptionError} from "kernel-lib/bytes";
import {FrameView, formatIpv4Address, verifyChecksums} from "kernel-lib/packet";
import {fragmentFrame, icmpError, NatGateway, readQuote} from "kernel-lib/vpc";
import {echoFrame, tcpFrame, udpFrame} from "./frames.js";

const ENDS = {source: "10.0.2.10", sourcePort: 4000, destination: "52.0.0.9", destinationPort: 53};
const UNREACHABLE = {from: "10.0.2.1", type: 3, code: 1};

describe("icmpError", () => {
  it("quotes so much that the error has at most 576 bytes, and verifies", () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 3000}), (size) => {
        const frame = udpFrame(ENDS, new Uint8Array(size));
        const error = icmpError(frame, UNREACHABLE)!;
        expect(error.length - 14).toBe(Math.min(28 + 28 + size, 576));
        expect(verifyChecksums(error).every(({verdict}) => verdict === "good")).toBe(true);
      }),
    );
  });

  it("is not sent about an error, a later fragment, or to an address of no single host", () => {
    const error = icmpError(udpFrame(ENDS), UNREACHABLE)!;
    expect(icmpError(error, UNREACHABLE)).toBeUndefined();
    const long = udpFrame(ENDS, new Uint8Array(3000), {dontFragment: false});
    expect(icmpError(fragmentFrame(long, 1500)[1]!, UNREACHABLE)).toBeUndefined();
    for (const address of ["224.0.0.1", "255.255.255.255", "0.0.0.0"]) {
      expect(icmpError(udpFrame({...ENDS, destination: address}), UNREACHABLE)).toBeUndefined();
    }
    expect(() => icmpError(udpFrame(ENDS), {...UNREACHABLE, from: "10.0.2"})).toThrow(SyntaxError);
  });
});

describe("readQuote", () => {
  it("reads ports of TCP and UDP, and identifier and type of an echo", () => {
    const frames = [tcpFrame(ENDS, "SYN"), udpFrame(ENDS), echoFrame(ENDS, 8)];
    const words = frames.map((frame) => {
      const quote = readQuote(new FrameView().read(icmpError(frame, UNREACHABLE)!))!;
      expect(formatIpv4Address(quote.source)).toBe("10.0.2.10");
      return [quote.portsWord >>> 16, quote.portsWord & 0xffff];
    });
    expect(words).toEqual([
      [4000, 53],
      [4000, 53],
      [4000, 0x0800],
    ]);
  });

  it("any bytes behind the error: a quote inside the frame or none, and gateways do not stumble", () => {
    const start = icmpError(udpFrame(ENDS), UNREACHABLE)!;
    const gateway = new NatGateway({addresses: ["10.0.2.10"]});
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 90}), fc.nat(60), (noise, at) => {
        const frame = new Uint8Array(start.length);
        frame.set(start);
        frame.set(
          noise.subarray(0, start.length - 38),
          Math.min(38 + at, start.length - Math.min(noise.length, start.length - 38)),
        );
        const view = new FrameView();
        try {
          view.read(frame);
        } catch (error) {
          expect(error).toBeInstanceOf(CorruptionError);
          return;
        }
        const quote = readQuote(view);
        if (quote !== undefined) expect(quote.transportAt + 8).toBeLessThanOrEqual(quote.end);
        expect(gateway.inbound(frame, 0).action).toBe("drop");
      }),
      {numRuns: 2000},
    );
  });
});
