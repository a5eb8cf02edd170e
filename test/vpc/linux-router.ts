/**
 * A router that Linux is: nftables and conntrack between two wires, in namespaces of their own
 * (linux-router.py), asked packet by packet.
 */
import {spawn, spawnSync} from "node:child_process";
import type {ChildProcessWithoutNullStreams} from "node:child_process";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";
import {formatHex, parseHex} from "kernel-lib/bytes";

export const CLIENTS = ["10.0.2.10", "10.0.2.11", "10.0.2.12", "10.0.2.13"];
export const SERVERS = ["52.0.0.9", "52.0.0.10"];
/** The router's own address on the servers' wire, which masquerade uses. */
export const OUTSIDE = "52.0.0.1";
export const INSTALL = "apt install nftables iproute2 conntrack python3, and run as root";

export type Side = "client" | "server";
export type Received = Record<Side, Uint8Array[]>;

/** One line of `conntrack -L`. */
export interface LinuxFlow {
  protocol: string;
  secondsLeft: number;
  /** Of TCP; otherwise "". */
  state: string;
  /** source:port>destination:port of both directions; an echo's identifier for both ports. */
  original: string;
  reply: string;
  isAssured: boolean;
  hasReply: boolean;
}

/**
 * What Linux does by sequence numbers, which the tracker does not look at: the window, and shorter
 * timeouts while data is not acknowledged or is sent again.
 */
const WITHOUT_SEQUENCE_NUMBERS = {
  "netfilter/nf_conntrack_tcp_be_liberal": 1,
  "netfilter/nf_conntrack_tcp_timeout_unacknowledged": 432_000,
  "netfilter/nf_conntrack_tcp_timeout_max_retrans": 432_000,
};

interface Options {
  /** The statement of the postrouting chain, as "masquerade"; without one nothing is translated. */
  translate?: string;
  /** Below /proc/sys/net. */
  settings?: Record<string, number>;
}

/** Whether this machine can: root, the programs, and a kernel that has conntrack and veth. */
export function canRouteWithLinux(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const programs = ["nft", "conntrack", "ip", "python3", "unshare"];
  if (programs.some((name) => spawnSync("which", [name]).status !== 0)) return false;
  const rules = "add table ip t; add chain ip t c { type nat hook postrouting priority 100; }";
  const probe = `ip link add name a0 type veth peer name a1 && nft '${rules}' && conntrack -L`;
  return spawnSync("unshare", ["-n", "sh", "-c", probe], {timeout: 10_000}).status === 0;
}

/**
 * The verdict of conntrack on a packet that was let through, as the DSCP that the rules set: so each
 * packet carries it out of the router.
 */
const VERDICTS = ["", "new", "established", "related", "invalid", "untracked"];

function rules(translate: string | undefined): string {
  const marks = VERDICTS.slice(1).map((state, at) => `ct state ${state} ip dscp set ${at + 1}`);
  const chains = [
    `chain untouched { type filter hook prerouting priority raw;
       ip saddr { 10.0.2.99, 52.0.0.99 } notrack; }`,
    `chain marked { type filter hook forward priority filter;\n${marks.join("\n")}\n}`,
    `chain own { type filter hook input priority filter; policy drop; }`,
    // Tracking is only switched on where a rule asks for it.
    `chain translated { type nat hook postrouting priority srcnat;
       oifname "outside" ${translate ?? "counter"}; }`,
  ];
  return `table ip judge {\n${chains.join("\n")}\n}\n`;
}

/** See the head of the file. Close it. */
export class LinuxRouter {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private errors = "";

  private constructor() {
    const script = fileURLToPath(new URL("linux-router.py", import.meta.url));
    this.child = spawn("python3", [script]);
    this.child.stderr.on("data", (data) => (this.errors += String(data)));
    this.child.stdin.on("error", () => undefined);
    this.lines = createInterface({input: this.child.stdout})[Symbol.asyncIterator]();
  }

  static async open({translate, settings = {}}: Options = {}): Promise<LinuxRouter> {
    const router = new LinuxRouter();
    await router.ask({
      rules: rules(translate),
      settings: {...WITHOUT_SEQUENCE_NUMBERS, ...settings},
      clients: CLIENTS,
      servers: SERVERS,
      seconds: 300,
    });
    return router;
  }

  /** Sends a frame from one side; what arrives at both, without its DSCP, and the verdicts. */
  async send(side: Side, frame: Uint8Array): Promise<{received: Received; verdicts: string[]}> {
    const hex = formatHex(frame).replaceAll(" ", "");
    const answer = (await this.ask({do: "send", side, frame: hex})) as Record<Side, string[]>;
    const verdicts: string[] = [];
    const received = {client: [], server: []} as Received;
    for (const at of ["client", "server"] as const) {
      for (const text of answer[at]) {
        const bytes = parseHex(text);
        verdicts.push(VERDICTS[bytes[15]! >> 2] ?? `DSCP ${bytes[15]! >> 2}`);
        received[at].push(withoutDscp(bytes));
      }
    }
    return {received, verdicts};
  }

  async flows(): Promise<LinuxFlow[]> {
    const {text} = (await this.ask({do: "flows"})) as {text: string};
    return text.split("\n").filter(Boolean).map(parseFlow);
  }

  async forget(): Promise<void> {
    await this.ask({do: "forget"});
  }

  async wait(seconds: number): Promise<void> {
    await this.ask({do: "wait", seconds});
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    if (this.child.exitCode !== null) return;
    this.child.stdin.end();
    this.child.kill("SIGTERM");
    await ended;
  }

  private async ask(request: object): Promise<unknown> {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const {value, done} = await this.lines.next();
    if (done) throw new Error(`The Linux router ended: ${this.errors}`);
    return JSON.parse(value);
  }
}

/** DSCP back to 0, and the checksum with it (RFC 1624). */
function withoutDscp(frame: Uint8Array): Uint8Array {
  const old = (frame[14]! << 8) | frame[15]!;
  frame[15]! &= 3;
  const sum =
    (~((frame[24]! << 8) | frame[25]!) & 0xffff) +
    (~old & 0xffff) +
    ((frame[14]! << 8) | frame[15]!);
  const folded = (sum & 0xffff) + (sum >>> 16);
  const checksum = ~((folded & 0xffff) + (folded >>> 16)) & 0xffff;
  frame[24] = checksum >> 8;
  frame[25] = checksum & 255;
  return frame;
}

function parseFlow(line: string): LinuxFlow {
  const words = line.trim().split(/\s+/);
  const values = (key: string): string[] =>
    words.filter((word) => word.startsWith(`${key}=`)).map((word) => word.slice(key.length + 1));
  const [sources, destinations] = [values("src"), values("dst")];
  const isEcho = words[2] === "icmp";
  const [from, to] = isEcho ? [values("id"), values("id")] : [values("sport"), values("dport")];
  const end = (at: number): string => `${sources[at]}:${from[at]}>${destinations[at]}:${to[at]}`;
  return {
    protocol: words[2]!,
    secondsLeft: Number(words[4]),
    state: words[2] === "tcp" ? words[5]! : "",
    original: end(0),
    reply: end(1),
    isAssured: line.includes("[ASSURED]"),
    hasReply: !line.includes("[UNREPLIED]"),
  };
}
