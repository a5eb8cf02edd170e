import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {FrameView, formatIpv4Address, verifyChecksums} from "kernel-lib/packet";
import {icmpError, InternetGateway, readQuote} from "kernel-lib/vpc";
import {echoFrame, tcpFrame, turned, udpFrame} from "./frames.js";

const gateway = new InternetGateway([
  {privateAddress: "10.0.1.5", publicAddress: "54.0.0.1"},
  {privateAddress: "10.0.1.6", publicAddress: "54.0.0.2"},
]);
const ENDS = {source: "10.0.1.5", sourcePort: 44_321, destination: "8.8.8.8", destinationPort: 53};

function bad(frame: Uint8Array): unknown[] {
  return verifyChecksums(frame).filter(({verdict}) => verdict === "bad");
}

describe("InternetGateway", () => {
  it("out and in again gives the same bytes, with good checksums in between", () => {
    const frames = fc
      .tuple(fc.constantFrom("10.0.1.5", "10.0.1.6"), fc.integer({min: 0, max: 65_535}), fc.nat(2))
      .map(([source, sourcePort, kind]) => {
        const ends = {...ENDS, source, sourcePort};
        return [() => tcpFrame(ends, "ACK"), () => udpFrame(ends), () => echoFrame(ends, 8)][
          kind
        ]!();
      });
    fc.assert(
      fc.property(frames, (frame) => {
        const out = frame.slice();
        expect(gateway.outbound(out).action).toBe("forward");
        expect(bad(out)).toEqual([]);
        const [before, after] = [new FrameView().read(frame), new FrameView().read(out)];
        expect([after.sourcePort, after.destinationPort]).toEqual([
          before.sourcePort,
          before.destinationPort,
        ]);
        after.rewriteSource({address: before.source, port: before.sourcePort});
        expect(out).toEqual(frame);
      }),
    );
  });

  it("lets the other side begin: a SYN from the Internet comes in, ports untouched", () => {
    const syn = tcpFrame({...turned(ENDS), destination: "54.0.0.1"}, "SYN");
    expect(gateway.inbound(syn).action).toBe("forward");
    const view = new FrameView().read(syn);
    expect(formatIpv4Address(view.destination)).toBe("10.0.1.5");
    expect(view.destinationPort).toBe(44_321);
    expect(bad(syn)).toEqual([]);
  });

  it("translates the quote of an ICMP error in both directions", () => {
    const out = udpFrame(ENDS);
    gateway.outbound(out);
    const error = icmpError(out, {from: "9.9.9.9", type: 3, code: 4, nextHopMtu: 1400})!;
    gateway.inbound(error);
    expect(bad(error)).toEqual([]);
    expect(error.slice(42)).toEqual(udpFrame(ENDS).slice(14));

    const sent = udpFrame({...turned(ENDS), destination: "54.0.0.1"});
    const arrived = sent.slice();
    gateway.inbound(arrived);
    const back = icmpError(arrived, {from: "10.0.1.5", type: 3, code: 3})!;
    gateway.outbound(back);
    expect(bad(back)).toEqual([]);
    expect(formatIpv4Address(readQuote(new FrameView().read(back))!.destination)).toBe("54.0.0.1");
    expect(back.slice(42)).toEqual(sent.slice(14));
  });

  it("drops what has no address on the other side", () => {
    expect(gateway.outbound(udpFrame({...ENDS, source: "10.0.2.10"})).reason).toMatch(/no public/);
    expect(gateway.inbound(udpFrame({...turned(ENDS), destination: "54.0.0.3"})).reason).toMatch(
      /no public/,
    );
  });

  it("refuses an address that is mapped twice", () => {
    const one = {privateAddress: "10.0.1.5", publicAddress: "54.0.0.1"};
    expect(() => new InternetGateway([one, {...one, publicAddress: "54.0.0.9"}])).toThrow(
      RangeError,
    );
  });
});
