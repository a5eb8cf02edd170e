import {describe, expect, it} from "vitest";
import {stepTcp, TCP_STATES, tcpEvent} from "kernel-lib/vpc";
import type {FlowDirection, TcpState} from "kernel-lib/vpc";
import {flagsOf} from "./frames.js";

/** Plays flags, "→" from the opener and "←" from the other end, and gives the states in between. */
function play(...packets: string[]): TcpState[] {
  let state: TcpState = "NONE";
  return packets.map((packet) => {
    const by: FlowDirection = packet.startsWith("→") ? "original" : "reply";
    return (state = stepTcp(state, by, flagsOf(packet.slice(2))).state);
  });
}

// Every state, direction and kind of packet is asked of Linux itself, in linux-nat.test.ts.
describe("stepTcp", () => {
  it("follows a connection from SYN to the last ACK", () => {
    const packets = ["→ SYN", "← SYN+ACK", "→ ACK", "→ FIN+ACK", "← ACK", "← FIN+ACK", "→ ACK"];
    expect(play(...packets)).toEqual([
      ...["SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT"],
      ...["CLOSE_WAIT", "LAST_ACK", "TIME_WAIT"],
    ]);
  });

  it("knows a simultaneous open, and a closed flow that is opened again", () => {
    expect(play("→ SYN", "← SYN", "→ SYN+ACK")).toEqual(["SYN_SENT", "SYN_SENT2", "SYN_RECV"]);
    expect(play("→ SYN", "← RST+ACK", "→ SYN")).toEqual(["SYN_SENT", "CLOSE", "SYN_SENT"]);
  });

  it("gives a reason for every state, direction and set of flags, and moves only if it says so", () => {
    for (const state of TCP_STATES) {
      for (const by of ["original", "reply"] as const) {
        for (let flags = 0; flags < 256; flags++) {
          const step = stepTcp(state, by, flags);
          expect(step.reason).not.toBe("");
          expect(TCP_STATES).toContain(step.state);
          if (step.outcome !== "moved") expect(step.state).toBe(state);
        }
      }
    }
  });
});

describe("tcpEvent", () => {
  it("takes PSH, ECE and CWR with anything, and knows nine combinations of the others", () => {
    const sensible = new Set<number>();
    for (let flags = 0; flags < 256; flags++) {
      expect(tcpEvent(flags)).toBe(tcpEvent(flags & ~0xc8));
      if (tcpEvent(flags) !== "flags that mean nothing") sensible.add(flags & ~0xc8);
    }
    expect(sensible.size).toBe(9);
  });
});
