import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  decodeFrame,
  FrameView,
  formatIpv4Address,
  parseIpv4Address,
  verifyChecksums,
} from "kernel-lib/packet";
import {fragmentFrame, icmpError, NatGateway, readQuote} from "kernel-lib/vpc";
import {echoFrame, tcpFrame, turned, udpFrame} from "./frames.js";
import type {Ends} from "./frames.js";

const GATEWAY = "10.0.1.20";
const TINY = {first: 1024, last: 1033, perDestination: 10};

function endsOf(client: number, sourcePort: number, server: number, destinationPort: number): Ends {
  return {
    source: `10.0.2.${client}`,
    sourcePort,
    destination: `52.0.0.${server}`,
    destinationPort,
  };
}

const arbitraryEnds = fc
  .tuple(
    fc.integer({min: 1, max: 4}),
    fc.integer({min: 1, max: 65_535}),
    fc.integer({min: 1, max: 3}),
  )
  .map(([client, port, server]) => endsOf(client, port, server, 443));
const arbitraryFrame = fc
  .tuple(fc.constantFrom("tcp", "udp", "icmp"), arbitraryEnds, fc.uint8Array({maxLength: 40}))
  .map(([kind, ends, payload]) => {
    if (kind === "tcp") return tcpFrame(ends, "SYN", {payload});
    return kind === "udp" ? udpFrame(ends, payload) : echoFrame(ends, 8);
  });

/** "address:port" of the source, and of the destination. */
function seen(frame: Uint8Array): {source: string; destination: string} {
  const view = new FrameView().read(frame);
  return {
    source: `${formatIpv4Address(view.source)}:${view.sourcePort}`,
    destination: `${formatIpv4Address(view.destination)}:${view.destinationPort}`,
  };
}

function expectGoodChecksums(frame: Uint8Array): void {
  expect(verifyChecksums(frame).filter(({verdict}) => verdict === "bad")).toEqual([]);
}

describe("NatGateway", () => {
  it("translate, then put the source back: the same bytes; checksums hold in between", () => {
    fc.assert(
      fc.property(fc.array(arbitraryFrame, {maxLength: 30}), (frames) => {
        const gateway = new NatGateway({addresses: [GATEWAY]});
        for (const frame of frames) {
          const out = frame.slice();
          if (gateway.outbound(out, 0).action !== "forward") continue;
          expectGoodChecksums(out);
          const view = new FrameView().read(frame);
          const endpoint = {address: view.source, port: view.sourcePort};
          new FrameView().read(out).rewriteSource(endpoint);
          expect(out).toEqual(frame);
        }
      }),
    );
  });

  it("answers come back to the very sender, whatever flows there are", () => {
    fc.assert(
      fc.property(fc.array(arbitraryEnds, {maxLength: 40}), (all) => {
        const gateway = new NatGateway({addresses: [GATEWAY]});
        const outside = all.map((ends) => {
          const frame = udpFrame(ends);
          gateway.outbound(frame, 0);
          return seen(frame).source;
        });
        for (const [at, ends] of all.entries()) {
          const [address, port] = outside[at]!.split(":");
          const back = udpFrame({
            ...turned(ends),
            destination: address!,
            destinationPort: Number(port),
          });
          expect(gateway.inbound(back, 0).action).toBe("forward");
          expect(seen(back).destination).toBe(`${ends.source}:${ends.sourcePort}`);
          expectGoodChecksums(back);
        }
      }),
    );
  });

  it("no two live flows to one destination look the same, while flows come and go", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(arbitraryEnds, fc.integer({min: 0, max: 120_000})), {maxLength: 80}),
        (packets) => {
          const gateway = new NatGateway({addresses: [GATEWAY, "10.0.1.21"], ports: TINY});
          let nowMs = 0;
          for (const [ends, waitMs] of packets) {
            gateway.outbound(udpFrame(ends), (nowMs += waitMs));
            const replies = gateway.tracker
              .flows()
              .map(({protocol, reply}) => JSON.stringify([protocol, reply]));
            expect(new Set(replies).size).toBe(replies.length);
            const inUse = [1, 2, 3].map((server) => {
              const address = parseIpv4Address(`52.0.0.${server}`);
              return gateway.portsInUse({protocol: 17, address, port: 443});
            });
            expect(inUse.reduce((sum, one) => sum + one, 0)).toBe(replies.length);
            expect(Math.max(...inUse)).toBeLessThanOrEqual(20);
          }
        },
      ),
      {numRuns: 50},
    );
  });

  it("gives 55,000 ports to one destination, the next flow none, and another destination all", () => {
    const gateway = new NatGateway({addresses: [GATEWAY]});
    const open = (count: number, server: number): number => {
      let forwarded = 0;
      for (let at = 0; at < count; at++) {
        const ends = endsOf(1 + Math.floor(at / 30_000), 1024 + (at % 30_000), server, 443);
        if (gateway.outbound(tcpFrame(ends, "SYN"), 0).action === "forward") forwarded++;
      }
      return forwarded;
    };
    expect(open(55_010, 1)).toBe(55_000);
    expect(gateway.counters.errorPortAllocation).toBe(10);
    expect(open(100, 2)).toBe(100);
  });

  it.each([1, 2, 8])("with %i addresses it has so many times the ports", (count) => {
    const addresses = Array.from({length: count}, (_, at) => `10.0.1.${20 + at}`);
    const gateway = new NatGateway({addresses, ports: TINY});
    for (let port = 1; port <= 100; port++) gateway.outbound(udpFrame(endsOf(1, port, 1, 53)), 0);
    expect(gateway.activeConnectionCount).toBe(10 * count);
    expect(gateway.counters.errorPortAllocation).toBe(100 - 10 * count);
  });

  it("a regional gateway uses the addresses of the sender's zone", () => {
    const gateway = new NatGateway({addresses: {"zone-a": ["10.0.1.20"], "zone-b": ["10.0.9.20"]}});
    expect(gateway.addresses.availability).toBe("regional");
    const frame = udpFrame(endsOf(1, 5, 1, 53));
    gateway.outbound(frame, 0, "zone-b");
    expect(seen(frame).source).toBe("10.0.9.20:1024");
    expect(() => gateway.outbound(udpFrame(endsOf(2, 5, 1, 53)), 0, "zone-c")).toThrow(
      new RangeError("Cannot translate: need a zone of zone-a, zone-b, got zone-c"),
    );
  });

  describe("after 350 s of silence", () => {
    const ends = endsOf(1, 40_000, 1, 443);
    function established(): NatGateway {
      const gateway = new NatGateway({addresses: [GATEWAY]});
      gateway.outbound(tcpFrame(ends, "SYN"), 0);
      const back = {...turned(ends), destination: GATEWAY, destinationPort: 1024};
      gateway.inbound(tcpFrame(back, "SYN+ACK"), 0);
      gateway.outbound(tcpFrame(ends, "ACK"), 0);
      return gateway;
    }

    it("answers the sender behind it with a reset, to the millisecond", () => {
      const ack = (): Uint8Array => tcpFrame(ends, "ACK", {acknowledgment: 777});
      expect(established().outbound(ack(), 349_999.9).action).toBe("forward");
      const gateway = established();
      const verdict = gateway.outbound(ack(), 350_000);
      expect(verdict.action).toBe("answer");
      const [, ip, tcp] = decodeFrame(verdict.answer!).layers;
      expect(ip!.name === "ipv4" && ip!.header).toMatchObject({
        source: "52.0.0.1",
        destination: "10.0.2.1",
      });
      // RFC 9293 §3.10.7.1: the sequence number is what the packet acknowledged.
      expect(tcp!.name === "tcp" && tcp!.header).toMatchObject({flags: 0x04, sequence: 777});
      expectGoodChecksums(verdict.answer!);
      expect(gateway.counters.idleTimeoutCount).toBe(1);
    });

    it("does not answer a reset with a reset", () => {
      expect(established().outbound(tcpFrame(ends, "RST"), 350_000).action).toBe("drop");
    });

    it("drops what comes from beyond, without an answer", () => {
      const back = {...turned(ends), destination: GATEWAY, destinationPort: 1024};
      expect(established().inbound(tcpFrame(back, "ACK"), 350_000).action).toBe("drop");
    });
  });

  it("translates an ICMP error from beyond, and one from behind, with their quotes", () => {
    const gateway = new NatGateway({addresses: [GATEWAY]});
    const ends = endsOf(1, 40_000, 1, 53);
    const out = udpFrame(ends);
    gateway.outbound(out, 0);
    const fromBeyond = icmpError(out, {from: "52.0.0.77", type: 11, code: 0})!;
    expect(gateway.inbound(fromBeyond, 0).action).toBe("forward");
    const view = new FrameView().read(fromBeyond);
    expect(formatIpv4Address(view.destination)).toBe("10.0.2.1");
    const quote = readQuote(view)!;
    expect([formatIpv4Address(quote.source), quote.portsWord >>> 16]).toEqual(["10.0.2.1", 40_000]);
    expectGoodChecksums(fromBeyond);
    // The quoted packet is again what the sender sent, checksums and all.
    expect(fromBeyond.slice(42)).toEqual(udpFrame(ends).slice(14));

    const answer = udpFrame({...turned(ends), destination: GATEWAY, destinationPort: 1024});
    const sent = answer.slice();
    gateway.inbound(answer, 0);
    const fromBehind = icmpError(answer, {from: "10.0.2.1", type: 3, code: 3})!;
    expect(gateway.outbound(fromBehind, 0).action).toBe("forward");
    expect(seen(fromBehind).source).toBe(`${GATEWAY}:0`);
    expectGoodChecksums(fromBehind);
    expect(fromBehind.slice(42)).toEqual(sent.slice(14));
  });

  it("a damaged quote stays damaged: checksums are updated, not computed anew", () => {
    const gateway = new NatGateway({addresses: [GATEWAY]});
    const out = udpFrame(endsOf(1, 40_000, 1, 53));
    gateway.outbound(out, 0);
    const error = icmpError(out, {from: "52.0.0.1", type: 3, code: 3})!;
    error[error.length - 1]! ^= 1;
    gateway.inbound(error, 0);
    expect(verifyChecksums(error).map(({verdict}) => verdict)).toEqual(["good", "bad"]);
  });

  it("passes fragments of UDP, the later ones like the first, and none of TCP and ICMP", () => {
    const gateway = new NatGateway({addresses: [GATEWAY]});
    const whole = udpFrame(endsOf(1, 40_000, 1, 53), new Uint8Array(3000), {
      dontFragment: false,
      identification: 9,
    });
    const fragments = fragmentFrame(whole, 1500);
    expect(fragments.map((frame) => gateway.outbound(frame, 0).action)).toEqual(
      fragments.map(() => "forward"),
    );
    for (const frame of fragments) {
      expect(formatIpv4Address(new FrameView().read(frame).source)).toBe(GATEWAY);
      expectGoodChecksums(frame);
    }
    expect(gateway.activeConnectionCount).toBe(1);
    const stray = fragmentFrame(whole, 1500)[1]!;
    stray[19]! ^= 1;
    expect(gateway.outbound(stray, 0)).toMatchObject({action: "drop"});
    const ping = echoFrame(endsOf(1, 7, 1, 0), 8);
    ping[20] = 0x20;
    expect(gateway.outbound(ping, 0)).toMatchObject({reason: "a fragment of TCP or ICMP"});
  });

  it("lets two senders behind it meet at its own address (hairpin)", () => {
    const gateway = new NatGateway({addresses: [GATEWAY]});
    const one = {source: "10.0.2.1", sourcePort: 5000, destination: GATEWAY};
    const two = {source: "10.0.2.2", sourcePort: 6000, destination: GATEWAY};
    // The first goes nowhere yet: no flow of the other has the port it is sent to.
    const first = udpFrame({...one, destinationPort: 1024});
    expect(gateway.outbound(first, 0).action).toBe("drop");
    const outside = gateway.tracker.flows()[0]!.reply.destinationPort;
    expect(outside).toBe(1025);
    const second = udpFrame({...two, destinationPort: outside});
    expect(gateway.outbound(second, 0).action).toBe("forward");
    expect(seen(second)).toEqual({source: `${GATEWAY}:1024`, destination: "10.0.2.1:5000"});
    expectGoodChecksums(second);
    const answer = udpFrame({...one, destinationPort: 1024});
    expect(gateway.outbound(answer, 0).action).toBe("forward");
    expect(seen(answer)).toEqual({source: `${GATEWAY}:1025`, destination: "10.0.2.2:6000"});
    expectGoodChecksums(answer);
  });

  it("drops other protocols, packets to others, and what it would have to begin from beyond", () => {
    const gateway = new NatGateway({addresses: [GATEWAY]});
    const esp = udpFrame(endsOf(1, 1, 1, 1));
    esp[23] = 50;
    expect(gateway.outbound(esp, 0).reason).toBe("protocol 50: only TCP, UDP and ICMP pass");
    const inward = {
      source: "52.0.0.1",
      sourcePort: 1,
      destination: "10.0.1.99",
      destinationPort: 9,
    };
    expect(gateway.inbound(udpFrame(inward), 0).reason).toBe("not to an address of the gateway");
    const to = {...inward, destination: GATEWAY};
    expect(gateway.inbound(tcpFrame(to, "SYN"), 0).action).toBe("drop");
    expect(gateway.counters.packetsDropCount).toBe(3);
  });

  it("refuses addresses and ports that make no gateway", () => {
    const nine = Array.from({length: 9}, (_, at) => `10.0.1.${at}`);
    expect(() => new NatGateway({addresses: nine})).toThrow(RangeError);
    expect(() => new NatGateway({addresses: []})).toThrow(RangeError);
    expect(() => new NatGateway({addresses: [GATEWAY, GATEWAY]})).toThrow(RangeError);
    expect(() => new NatGateway({addresses: ["10.0.1"]})).toThrow(SyntaxError);
    const ports = {first: 10, last: 9, perDestination: 1};
    expect(() => new NatGateway({addresses: [GATEWAY], ports})).toThrow(RangeError);
  });
});
