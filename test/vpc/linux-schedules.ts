/**
 * Packet schedules that are played to Linux and to us, and what differs after each step.
 */
import {FrameView} from "kernel-lib/packet";
import type {Random} from "kernel-lib/random";
import {ConnectionTracker} from "kernel-lib/vpc";
import type {FlowTuple, TimeoutProfile, TrackedFlow} from "kernel-lib/vpc";
import type {LinuxFlow, LinuxRouter, Side} from "./linux-router.js";
import {echoFrame, pick, tcpFrame, turned, udpFrame} from "./frames.js";
import type {Ends} from "./frames.js";

/** One packet: who sends it and what it is, as "C SYN" or "S SYN+ACK"; or "wait 2", in seconds. */
export type Step = `${"C" | "S" | "wait"} ${string}`;

export interface Schedule {
  name: string;
  ends: Ends;
  steps: readonly Step[];
}

/** How to come to each state of TCP. */
export const WAYS: Readonly<Record<string, readonly Step[]>> = {
  NONE: [],
  SYN_SENT: ["C SYN"],
  SYN_SENT2: ["C SYN", "S SYN"],
  SYN_RECV: ["C SYN", "S SYN+ACK"],
  ESTABLISHED: ["C SYN", "S SYN+ACK", "C ACK"],
  "picked up": ["C ACK"],
  "FIN_WAIT by the client": ["C SYN", "S SYN+ACK", "C ACK", "C FIN+ACK"],
  "FIN_WAIT by the server": ["C SYN", "S SYN+ACK", "C ACK", "S FIN+ACK"],
  CLOSE_WAIT: ["C SYN", "S SYN+ACK", "C ACK", "C FIN+ACK", "S ACK"],
  LAST_ACK: ["C SYN", "S SYN+ACK", "C ACK", "C FIN+ACK", "S FIN+ACK"],
  TIME_WAIT: ["C SYN", "S SYN+ACK", "C ACK", "C FIN+ACK", "S FIN+ACK", "C ACK"],
  "CLOSE by the client": ["C SYN", "S SYN+ACK", "C ACK", "C RST"],
  "CLOSE by the server": ["C SYN", "S SYN+ACK", "C ACK", "S RST"],
};
const PROBES = [
  "SYN",
  "SYN+ACK",
  "FIN+ACK",
  "ACK",
  "RST",
  "RST+ACK",
  "",
  "FIN",
  "FIN+PSH+URG",
  "ACK+PSH",
];

let nextPort = 2000;
/** Ends that no schedule has had before. */
export function freshEnds(): Ends {
  return {
    source: "10.0.2.10",
    sourcePort: nextPort++,
    destination: "52.0.0.9",
    destinationPort: 443,
  };
}

/** Every way, then every kind of packet from either side. */
export function* everyTcpProbe(
  states: readonly string[] = Object.keys(WAYS),
  probes: readonly string[] = PROBES,
): Generator<Schedule> {
  for (const state of states) {
    const way = WAYS[state]!;
    for (const probe of probes) {
      for (const side of ["C", "S"] as const) {
        yield {
          name: `${state}, ${side} ${probe}`,
          ends: freshEnds(),
          steps: [...way, `${side} ${probe}`],
        };
      }
    }
  }
}

/**
 * Without SYN in mid-flow. After one, Linux goes by sequence numbers (does the answer acknowledge it,
 * is a reset exactly in place), which the tracker does not look at: there the two may differ.
 */
export const WITHOUT_SYN: readonly string[] = ["ACK", "ACK", "ACK+PSH", "FIN+ACK", "RST", ""];
const USUAL = ["SYN", "SYN+ACK", "ACK", "ACK", "ACK+PSH", "FIN+ACK", "RST"];

/** Up to nine packets of TCP, UDP or ICMP, likely ones and unlikely ones. */
export function randomSchedule(
  random: Random,
  run: number,
  kinds: readonly string[] = USUAL,
): Schedule {
  const kind = pick(random, ["tcp", "tcp", "tcp", "udp", "icmp"] as const);
  const choices = {tcp: kinds, udp: ["udp"], icmp: ["ping", "pong"]}[kind];
  const way = kind === "tcp" ? pick(random, Object.values(WAYS)) : [];
  const steps = Array.from({length: random.integer({min: 2, max: 6})}, () => {
    return `${pick(random, ["C", "S"])} ${pick(random, choices)}` as Step;
  });
  return {name: `run ${run}`, ends: freshEnds(), steps: [...way, ...steps]};
}

/** Sequence numbers of both ends, so that Linux finds each packet inside its window. */
export class TcpEnds {
  private readonly next = {C: 1000, S: 5000};
  private readonly ends: Ends;
  constructor(ends: Ends) {
    this.ends = ends;
  }
  frame(step: Step): Uint8Array {
    const [side, flags = ""] = step.split(" ") as ["C" | "S", string?];
    const other = side === "C" ? "S" : "C";
    const ends = side === "C" ? this.ends : turned(this.ends);
    const frame = tcpFrame(ends, flags, {
      sequence: this.next[side],
      acknowledgment: /ACK/.test(flags) ? this.next[other] : 0,
    });
    if (/SYN|FIN/.test(flags)) this.next[side]++;
    return frame;
  }
}

/** One frame of a schedule: TCP by its flags, "udp", "ping", "pong". */
export function frameOf(step: Step, ends: Ends, tcp: TcpEnds): Uint8Array {
  const [side, what] = step.split(" ");
  const from = side === "C" ? ends : turned(ends);
  if (what === "udp") return udpFrame(from);
  const echo = {...from, sourcePort: ends.sourcePort};
  if (what === "ping") return echoFrame(echo, 8);
  if (what === "pong") return echoFrame(echo, 0);
  return tcp.frame(step);
}

/** Plays a schedule to Linux and to a tracker; what differs, step by step. */
export async function playBoth(
  router: LinuxRouter,
  {name, ends, steps}: Schedule,
  {timeouts, tcpLoose = true, look = "last"}: PlayOptions,
): Promise<string[]> {
  const tracker = new ConnectionTracker({timeouts, tcpLoose});
  const tcp = new TcpEnds(ends);
  const differences: string[] = [];
  let nowMs = 0;
  for (const [at, step] of steps.entries()) {
    if (step.startsWith("wait")) {
      await router.wait(Number(step.slice(5)));
      nowMs += 1000 * Number(step.slice(5));
      continue;
    }
    const frame = frameOf(step, ends, tcp);
    const side: Side = step.startsWith("C") ? "client" : "server";
    const verdict = tracker.track(new FrameView().read(frame), nowMs);
    const {verdicts} = await router.send(side, frame);
    const where = `${name}, ${steps.slice(0, at).join(", ")}, then ${step}`;
    if (verdicts.join() !== verdict.kind) {
      differences.push(
        `${where}: Linux says ${verdicts.join()}, we ${verdict.kind} (${verdict.reason})`,
      );
    }
    if (look === "last" && at < steps.length - 1) continue;
    const linux = (await router.flows()).filter((flow) => isBetween(flow, ends));
    const found = differenceOfFlows(linux, tracker.flows(), nowMs);
    if (found !== undefined) differences.push(`${where}: ${found}`);
  }
  return differences;
}

export interface PlayOptions {
  timeouts: TimeoutProfile;
  tcpLoose?: boolean;
  /** After which steps to compare the tables. */
  look?: "last" | "each";
}

function isBetween({original, reply}: LinuxFlow, {source, sourcePort}: Ends): boolean {
  return [original, reply].some((end) => end.startsWith(`${source}:${sourcePort}>`));
}

const NAMES: Readonly<Record<number, string>> = {6: "tcp", 17: "udp", 1: "icmp"};

function differenceOfFlows(
  linux: LinuxFlow[],
  ours: TrackedFlow[],
  nowMs: number,
): string | undefined {
  const theirs = linux.map(
    ({protocol, original, reply, state, hasReply, isAssured}) =>
      `${protocol} ${state} ${original} ${reply} ${hasReply} ${isAssured}`,
  );
  const mine = ours.map((flow) => {
    const name = NAMES[flow.protocol]!;
    const state = name === "tcp" ? flow.state : "";
    const ends = `${formatEnds(flow.original)} ${formatEnds(flow.reply)}`;
    return `${name} ${state} ${ends} ${flow.hasReply} ${flow.isAssured}`;
  });
  if (theirs.sort().join("; ") !== mine.sort().join("; ")) {
    return `Linux has ${theirs.join("; ") || "no flow"}, we ${mine.join("; ") || "no flow"}`;
  }
  // Linux counts down from the packet on, and tells whole seconds.
  const [seconds, left] = [
    (ours[0]?.expiresAtMs ?? nowMs) - nowMs,
    1000 * (linux[0]?.secondsLeft ?? 0),
  ];
  const isNear = seconds - left >= 0 && seconds - left <= 2000;
  return isNear ? undefined : `Linux will forget it in ${left} ms, we in ${seconds}`;
}

function formatEnds({source, sourcePort, destination, destinationPort}: FlowTuple): string {
  return `${source}:${sourcePort}>${destination}:${destinationPort}`;
}
