import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {encodeFrame, FrameView} from "kernel-lib/packet";
import {
  ConnectionTracker,
  icmpError,
  LINUX_6_TIMEOUTS,
  NITRO_5_TIMEOUTS,
  NITRO_6_TIMEOUTS,
  withTimeouts,
} from "kernel-lib/vpc";
import type {TimeoutProfile} from "kernel-lib/vpc";
import {echoFrame, tcpFrame, turned, udpFrame} from "./frames.js";
import type {Ends} from "./frames.js";

function endsOf(port: number): Ends {
  return {source: "10.0.2.10", sourcePort: port, destination: "52.0.0.9", destinationPort: 443};
}
const ENDS = endsOf(4000);
const view = new FrameView();

function track(tracker: ConnectionTracker, frame: Uint8Array, nowMs = 0): string {
  return tracker.track(view.read(frame), nowMs).kind;
}

function established(timeouts: TimeoutProfile): ConnectionTracker {
  const tracker = new ConnectionTracker({timeouts});
  track(tracker, tcpFrame(ENDS, "SYN"));
  track(tracker, tcpFrame(turned(ENDS), "SYN+ACK"));
  track(tracker, tcpFrame(ENDS, "ACK"));
  return tracker;
}

describe("ConnectionTracker", () => {
  it("says of each packet what it is and why", () => {
    const tracker = new ConnectionTracker();
    expect(tracker.track(view.read(tcpFrame(ENDS, "SYN")), 0)).toEqual({
      kind: "new",
      reason: "→ SYN: NONE to SYN_SENT, a first SYN opens a flow",
    });
    expect(tracker.track(view.read(tcpFrame(turned(ENDS), "SYN+ACK")), 0)).toEqual({
      kind: "established",
      reason: "← SYN+ACK: SYN_SENT to SYN_RECV, the SYN is answered",
    });
    expect(tracker.track(view.read(tcpFrame(ENDS, "SYN+FIN")), 0)).toEqual({
      kind: "invalid",
      reason: "flags that mean nothing by the opener does not fit SYN_RECV",
    });
    expect(tracker.describe()).toBe(
      "tcp 60 s SYN_RECV 10.0.2.10:4000 → 52.0.0.9:443, answers 52.0.0.9:443 → 10.0.2.10:4000",
    );
  });

  it.each([
    [LINUX_6_TIMEOUTS, 432_000_000],
    [NITRO_5_TIMEOUTS, 432_000_000],
    [NITRO_6_TIMEOUTS, 350_000],
  ])("$name: an established flow lives just so long", (timeouts, lifeMs) => {
    const tracker = established(timeouts);
    tracker.expire(lifeMs - 0.001);
    expect(tracker.size).toBe(1);
    tracker.expire(lifeMs);
    expect(tracker.size).toBe(0);
  });

  it.each([
    [LINUX_6_TIMEOUTS, [30, 30, 30], 1999],
    [LINUX_6_TIMEOUTS, [30, 30, 120], 2000],
    [NITRO_6_TIMEOUTS, [30, 30, 180], 0],
  ])(
    "$name: UDP becomes a stream ($1 s, third packet after $2 ms)",
    (timeouts, seconds, laterMs) => {
      const tracker = new ConnectionTracker({timeouts});
      const left = (frame: Uint8Array, nowMs: number): number => {
        track(tracker, frame, nowMs);
        return (tracker.flows()[0]!.expiresAtMs - nowMs) / 1000;
      };
      const found = [
        left(udpFrame(ENDS), 0),
        left(udpFrame(turned(ENDS)), 0),
        left(udpFrame(ENDS), laterMs),
      ];
      expect(found).toEqual(seconds);
    },
  );

  it("agrees with a slow twin, a Map of times, on when each of many flows ends", () => {
    const step = fc.tuple(fc.integer({min: 1, max: 20}), fc.integer({min: 0, max: 40_000}));
    fc.assert(
      fc.property(fc.array(step, {maxLength: 200}), (steps) => {
        const tracker = new ConnectionTracker({maxFlows: 10});
        const ends = new Map<number, number>();
        let nowMs = 0;
        let refused = 0;
        for (const [port, waitMs] of steps) {
          nowMs += waitMs;
          for (const [one, endMs] of ends) if (endMs <= nowMs) ends.delete(one);
          const isRefused = !ends.has(port) && ends.size === 10;
          if (isRefused) refused++;
          else ends.set(port, nowMs + 30_000);
          expect(track(tracker, udpFrame(endsOf(port)), nowMs)).toBe(
            isRefused ? "tableFull" : "new",
          );
          expect(tracker.size).toBe(ends.size);
          const found = tracker.flows().map((flow) => [flow.original.sourcePort, flow.expiresAtMs]);
          expect(new Map(found as [number, number][])).toEqual(ends);
        }
        expect(tracker.counters.tableFull).toBe(refused);
      }),
    );
  });

  it("lookup says the same as track and changes nothing", () => {
    const kinds = ["SYN", "SYN+ACK", "ACK", "FIN+ACK", "ACK+PSH"];
    const step = fc.tuple(fc.boolean(), fc.constantFrom(...kinds), fc.integer({min: 1, max: 3}));
    fc.assert(
      fc.property(fc.array(step, {maxLength: 30}), (steps) => {
        const tracker = new ConnectionTracker({maxFlows: 2});
        for (const [isBack, flags, port] of steps) {
          const ends = isBack ? turned(endsOf(port)) : endsOf(port);
          view.read(tcpFrame(ends, flags));
          const before = JSON.stringify(tracker.flows());
          const said = tracker.lookup(view, 0);
          expect(JSON.stringify(tracker.flows())).toBe(before);
          const done = tracker.track(view, 0);
          // That a closed flow is opened again, or one comes into step, shows only when it is done.
          if (!/again|in step|agree/.test(done.reason)) expect(said).toBe(done);
        }
      }),
    );
  });

  it("knows ICMP errors by what they quote, and only to the sender", () => {
    const tracker = new ConnectionTracker();
    track(tracker, udpFrame(ENDS));
    const error = icmpError(udpFrame(ENDS), {from: "52.0.0.77", type: 3, code: 1})!;
    expect(track(tracker, error)).toBe("related");
    expect(
      track(tracker, icmpError(udpFrame(endsOf(4001)), {from: "52.0.0.77", type: 3, code: 1})!),
    ).toBe("invalid");
    view.read(error).rewriteDestination({address: 0x0a000263, port: 0});
    expect(track(tracker, error)).toBe("invalid");
    // An error neither makes a flow live longer nor counts as its answer.
    expect(tracker.flows()[0]).toMatchObject({hasReply: false, expiresAtMs: 30_000});
  });

  it("tracks echoes by identifier, and other protocols by their number for 600 s", () => {
    const tracker = new ConnectionTracker();
    expect(track(tracker, echoFrame(turned(ENDS), 0))).toBe("invalid");
    expect(track(tracker, echoFrame(ENDS, 8))).toBe("new");
    expect(track(tracker, echoFrame({...turned(ENDS), sourcePort: 4000}, 0))).toBe("established");
    const esp = encodeFrame({
      ethernet: {source: "02:00:00:00:00:02", destination: "02:00:00:00:00:01"},
      ipv4: {source: "10.0.2.10", destination: "52.0.0.9", protocol: 50},
      payload: new Uint8Array(20),
    });
    expect(track(tracker, esp)).toBe("new");
    expect(tracker.flows().map(({protocol, expiresAtMs}) => [protocol, expiresAtMs])).toEqual([
      [1, 30_000],
      [50, 600_000],
    ]);
  });

  it("holds a million flows, and forgets them all in time", () => {
    const tracker = new ConnectionTracker({maxFlows: 2 ** 20});
    const frame = udpFrame({...ENDS, sourcePort: 0});
    for (let at = 0; at < 2 ** 20 + 5; at++) {
      view.read(frame).rewriteSource({address: 0x0a000000 + (at >> 16), port: at & 0xffff});
      tracker.track(view, at / 1000);
    }
    expect(tracker.size).toBe(2 ** 20);
    expect(tracker.counters.tableFull).toBe(5);
    expect(tracker.expire(30_000 + 499.999)).toBe(500_000);
    expect(tracker.expire(40_000)).toBe(2 ** 20 - 500_000);
  });

  it("refuses time that goes back, and bounds that are none", () => {
    const tracker = new ConnectionTracker();
    tracker.expire(5);
    expect(() => tracker.expire(4)).toThrow(
      new RangeError("Cannot track: need a time of 5 ms or later, got 4"),
    );
    expect(() => tracker.expire(NaN)).toThrow(RangeError);
    expect(() => new ConnectionTracker({maxFlows: 0})).toThrow(RangeError);
    expect(() => withTimeouts(LINUX_6_TIMEOUTS, {UDP: 0})).toThrow(RangeError);
  });
});
