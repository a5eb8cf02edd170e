/**
 * The same frames through Linux's masquerade and through a NAT gateway, compared byte for byte
 * behind the Ethernet header, with Linux's ports replaced by ours: which port is chosen is free,
 * but it must be the same one through a whole flow.
 */
import {formatHex} from "kernel-lib/bytes";
import {decodeFrame, FrameView, parseIpv4Address, verifyChecksums} from "kernel-lib/packet";
import type {Random} from "kernel-lib/random";
import {icmpError, NatGateway, readQuote} from "kernel-lib/vpc";
import {CLIENTS, OUTSIDE, SERVERS, withoutDscp} from "./linux-router.js";
import type {LinuxRouter} from "./linux-router.js";
import {echoFrame, pick, tcpFrame, turned, udpFrame} from "./frames.js";
import type {Ends} from "./frames.js";

/** A flow in play: the client's ends, and what its packets look like outside, by Linux and by us. */
interface Flow {
  protocol: "tcp" | "udp" | "icmp";
  ends: Ends;
  linux?: number;
  ours?: number;
  /** The last packet that came out at the server, by each. */
  last?: {linux: Uint8Array; ours: Uint8Array};
}

/** Plays conversations through both and notes what differs. */
export class NatContest {
  readonly differences: string[] = [];
  forwarded = 0;
  dropped = 0;
  errors = 0;
  private readonly router: LinuxRouter;
  private readonly gateway: NatGateway;

  constructor(router: LinuxRouter, gateway: NatGateway) {
    this.router = router;
    this.gateway = gateway;
  }

  /** Rounds of several clients at once that use one source port, to two servers. */
  async playAll(random: Random, rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      const flows = CLIENTS.flatMap((source) =>
        (["tcp", "udp", "icmp"] as const).map((protocol): Flow => {
          const destination = pick(random, SERVERS);
          const port = pick(random, [53, 443]);
          const ends = {source, sourcePort: 10_000 + round, destination, destinationPort: port};
          return {protocol, ends};
        }),
      );
      // Some packets that belong to nothing, then every conversation, all mixed up.
      for (const flow of flows) if (random.float() < 0.3) await this.stray(flow);
      const plans = flows.map((flow) => ({flow, steps: this.conversation(flow, random)}));
      while (plans.length > 0) {
        const at = random.integer({min: 0, max: plans.length - 1});
        const step = plans[at]!.steps.shift();
        if (step === undefined) plans.splice(at, 1);
        else await step();
      }
    }
  }

  private conversation(flow: Flow, random: Random): (() => Promise<void>)[] {
    const out = (frame: (ends: Ends) => Uint8Array) => () => this.out(flow, frame(flow.ends));
    const back = (frame: (ends: Ends) => Uint8Array) => () => this.back(flow, frame);
    const error = [() => this.error(flow, pick(random, [0, 1, 3, 4]))];
    if (flow.protocol === "udp") {
      const payload = new Uint8Array(random.integer({min: 0, max: 1400})).fill(7);
      const ask = out((ends) => udpFrame(ends, payload));
      return [ask, back((ends) => udpFrame(ends)), ask, ...error];
    }
    if (flow.protocol === "icmp") {
      const ask = out((ends) => echoFrame(ends, 8));
      return [ask, back((ends) => echoFrame(ends, 0)), ask, ...error];
    }
    const tcp = (flags: string) => (ends: Ends) => tcpFrame(ends, flags);
    const open = [out(tcp("SYN")), back(tcp("SYN+ACK")), out(tcp("ACK")), out(tcp("ACK+PSH"))];
    const close = pick(random, [
      [out(tcp("FIN+ACK")), back(tcp("FIN+ACK")), out(tcp("ACK"))],
      [back(tcp("FIN+ACK")), out(tcp("ACK")), out(tcp("FIN+ACK")), back(tcp("ACK"))],
      [],
    ]);
    return [...open, ...(random.float() < 0.5 ? error : []), back(tcp("ACK")), ...close];
  }

  /** A packet from the client. */
  private async out(flow: Flow, frame: Uint8Array): Promise<void> {
    const {received, verdicts} = await this.router.send("client", frame.slice());
    const linux = verdicts.includes("invalid") ? undefined : received.server[0];
    const ours = this.decrement(frame);
    const verdict = this.gateway.outbound(ours, 0);
    if (!this.sameFate(`${describe(flow)} out`, linux, verdict)) return;
    if (linux === undefined) return;
    flow.linux ??= portOf(linux);
    flow.ours ??= portOf(ours);
    flow.last = {linux: linux.slice(), ours: ours.slice()};
    this.check(ours);
    this.compare(`${describe(flow)} out`, renamed(linux, flow, "source"), ours);
  }

  /** The server's answer, to the port that each shows. */
  private async back(flow: Flow, frame: (ends: Ends) => Uint8Array): Promise<void> {
    const to = (port: number | undefined): Uint8Array =>
      frame(
        flow.protocol === "icmp"
          ? {...turned(flow.ends), destination: OUTSIDE, sourcePort: port ?? 1}
          : {...turned(flow.ends), destination: OUTSIDE, destinationPort: port ?? 1},
      );
    const {received, verdicts} = await this.router.send("server", to(flow.linux));
    const linux = verdicts.includes("invalid") ? undefined : received.client[0];
    const ours = this.decrement(to(flow.ours));
    const verdict = this.gateway.inbound(ours, 0);
    if (!this.sameFate(`${describe(flow)} back`, linux, verdict) || linux === undefined) return;
    this.check(ours);
    this.compare(`${describe(flow)} back`, linux, ours);
  }

  /** The server says that the last packet was unreachable. */
  private async error(flow: Flow, code: number): Promise<void> {
    if (flow.last === undefined) return;
    const about = (frame: Uint8Array): Uint8Array =>
      icmpError(frame, {from: flow.ends.destination, type: 3, code, nextHopMtu: 1400})!;
    const {received, verdicts} = await this.router.send("server", about(flow.last.linux));
    const ours = this.decrement(about(flow.last.ours));
    const verdict = this.gateway.inbound(ours, 0);
    const where = `${describe(flow)} error`;
    if (!this.sameFate(where, received.client[0], verdict)) return;
    if (verdicts.join() !== "related")
      this.differences.push(`${where}: Linux says ${verdicts.join()}`);
    this.check(ours);
    this.compare(where, received.client[0]!, ours);
    const quote = readQuote(new FrameView().read(ours))!;
    if (quote.source !== parseIpv4Address(flow.ends.source)) {
      this.differences.push(`${where}: the quote is of another sender`);
    }
    this.errors++;
  }

  /** A packet from either side that belongs to no flow. */
  private async stray(flow: Flow): Promise<void> {
    const ends = {...flow.ends, sourcePort: 60_000};
    const none: Flow = {protocol: flow.protocol, ends, linux: 60_000, ours: 60_000};
    if (flow.protocol === "tcp") {
      await this.out({protocol: "tcp", ends}, tcpFrame(ends, "ACK"));
      await this.back(none, (to) => tcpFrame(to, "SYN"));
    } else if (flow.protocol === "udp") await this.back(none, (to) => udpFrame(to));
    else {
      // An identifier that Linux happened to choose for a flow would not be a stray one.
      const flows = await this.router.flows();
      if (flows.some(({reply}) => reply.endsWith(":60000"))) return;
      await this.back(none, (to) => echoFrame(to, 8));
      await this.back(none, (to) => echoFrame(to, 0));
    }
  }

  private sameFate(
    where: string,
    linux: Uint8Array | undefined,
    ours: {action: string; reason: string},
  ): boolean {
    const passes = ours.action === "forward";
    if (passes) this.forwarded++;
    else this.dropped++;
    if (passes === (linux !== undefined)) return true;
    this.differences.push(
      `${where}: Linux ${linux ? "forwards" : "drops"}, we ${ours.action}: ${ours.reason}`,
    );
    return false;
  }

  private check(frame: Uint8Array): void {
    const bad = verifyChecksums(frame).filter(({verdict}) => verdict === "bad");
    if (bad.length > 0) this.differences.push(`checksum of ${bad[0]!.layer} is bad`);
  }

  private compare(where: string, linux: Uint8Array, ours: Uint8Array): void {
    const [theirs, mine] = [
      formatHex(linux.slice(14)),
      formatHex(withoutDscp(ours.slice()).slice(14)),
    ];
    if (theirs !== mine) this.differences.push(`${where}:\n${theirs}\n${mine}`);
  }

  private decrement(frame: Uint8Array): Uint8Array {
    const copy = frame.slice();
    new FrameView().read(copy).decrementTtl();
    return copy;
  }
}

function describe({protocol, ends}: Flow): string {
  return `${protocol} ${ends.source}:${ends.sourcePort} to ${ends.destination}:${ends.destinationPort}`;
}

function portOf(frame: Uint8Array): number {
  return new FrameView().read(frame).sourcePort;
}

/** Linux's frame with our port instead of its own. */
function renamed(frame: Uint8Array, {linux, ours}: Flow, end: "source"): Uint8Array {
  const view = new FrameView().read(frame.slice());
  if (end === "source" && view.sourcePort === linux) {
    view.rewriteSource({address: view.source, port: ours!});
  }
  return view.bytes;
}

/** Opens 12 flows to each of four destinations; how many pass, by each. */
export async function exhaust(
  router: LinuxRouter,
  gateway: NatGateway,
): Promise<Record<"linux" | "ours", Record<string, number>>> {
  const found = {linux: {} as Record<string, number>, ours: {} as Record<string, number>};
  const destinations = [
    ["tcp", "52.0.0.9", 443],
    ["tcp", "52.0.0.9", 8443],
    ["tcp", "52.0.0.10", 443],
    ["udp", "52.0.0.9", 443],
  ] as const;
  for (const [protocol, destination, destinationPort] of destinations) {
    const name = `${protocol} ${destination}:${destinationPort}`;
    found.linux[name] = found.ours[name] = 0;
    const seen = {linux: new Set<number>(), ours: new Set<number>()};
    for (let count = 0; count < 12; count++) {
      const ends = {
        source: CLIENTS[count % 4]!,
        sourcePort: 5000 + count,
        destination,
        destinationPort,
      };
      const frame = protocol === "tcp" ? tcpFrame(ends, "SYN") : udpFrame(ends);
      const {received} = await router.send("client", frame.slice());
      const forwarded = gateway.outbound(frame, 0).action === "forward";
      for (const [who, out] of [
        ["linux", received.server[0]],
        ["ours", forwarded ? frame : undefined],
      ] as const) {
        if (out === undefined) continue;
        seen[who].add(decodedPort(out));
        // A port counts once: two flows that share one would show here.
        found[who][name] = seen[who].size;
      }
    }
  }
  return found;
}

function decodedPort(frame: Uint8Array): number {
  for (const layer of decodeFrame(frame).layers) {
    if (layer.name === "tcp" || layer.name === "udp") return layer.header.sourcePort;
  }
  throw new Error("Cannot find port: need TCP or UDP, got neither");
}
