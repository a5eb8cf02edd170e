/**
 * tshark as the judge: it reads ten thousand frames of every kind without a remark, all checksums
 * right, and says of each field what our decoder says.
 */
import {decodeFrame, decodeIpv4Header, decodeUdpHeader} from "kernel-lib/packet";
import type {Layer} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {describe, expect} from "vitest";
import {itNeeds} from "../support/needs.js";
import {KINDS, randomFrame} from "./random-frames.js";
import {dissect, INSTALL_TSHARK, TSHARK} from "./tshark.js";

const FRAMES = 10_500;

/** tshark's name of a field → what our layers say, as tshark writes it. */
const FIELDS: Readonly<Record<string, (layer: Layer) => (string | number)[]>> = {
  "eth.dst": (l) => (l.name === "ethernet" ? [l.header.destination] : []),
  "eth.src": (l) => (l.name === "ethernet" ? [l.header.source] : []),
  "eth.type": (l) => (l.name === "ethernet" ? [hex(l.header.etherType, 4)] : []),
  "arp.opcode": (l) => (l.name === "arp" ? [l.header.operation] : []),
  "arp.src.hw_mac": (l) => (l.name === "arp" ? [l.header.senderMac] : []),
  "arp.src.proto_ipv4": (l) => (l.name === "arp" ? [l.header.senderIp] : []),
  "arp.dst.hw_mac": (l) => (l.name === "arp" ? [l.header.targetMac] : []),
  "arp.dst.proto_ipv4": (l) => (l.name === "arp" ? [l.header.targetIp] : []),
  "ip.hdr_len": (l) => (l.name === "ipv4" ? [l.sizeBytes] : []),
  "ip.dsfield.dscp": (l) => (l.name === "ipv4" ? [l.header.dscp] : []),
  "ip.dsfield.ecn": (l) => (l.name === "ipv4" ? [l.header.ecn] : []),
  "ip.len": (l) => (l.name === "ipv4" ? [l.header.totalLength] : []),
  "ip.id": (l) => (l.name === "ipv4" ? [hex(l.header.identification, 4)] : []),
  "ip.flags.rb": (l) => (l.name === "ipv4" ? [Number(l.header.reservedFlag)] : []),
  "ip.flags.df": (l) => (l.name === "ipv4" ? [Number(l.header.dontFragment)] : []),
  "ip.flags.mf": (l) => (l.name === "ipv4" ? [Number(l.header.moreFragments)] : []),
  // As on the wire, in units of 8 bytes.
  "ip.frag_offset": (l) => (l.name === "ipv4" ? [l.header.fragmentOffsetBytes / 8] : []),
  "ip.ttl": (l) => (l.name === "ipv4" ? [l.header.ttl] : []),
  "ip.proto": (l) => (l.name === "ipv4" ? [l.header.protocol] : []),
  "ip.checksum": (l) => (l.name === "ipv4" ? [hex(l.header.checksum, 4)] : []),
  "ip.src": (l) => (l.name === "ipv4" ? [l.header.source] : []),
  "ip.dst": (l) => (l.name === "ipv4" ? [l.header.destination] : []),
  "udp.srcport": (l) => (l.name === "udp" ? [l.header.sourcePort] : []),
  "udp.dstport": (l) => (l.name === "udp" ? [l.header.destinationPort] : []),
  "udp.length": (l) => (l.name === "udp" ? [l.header.length] : []),
  "udp.checksum": (l) => (l.name === "udp" ? [hex(l.header.checksum, 4)] : []),
  "tcp.srcport": (l) => (l.name === "tcp" ? [l.header.sourcePort] : []),
  "tcp.dstport": (l) => (l.name === "tcp" ? [l.header.destinationPort] : []),
  "tcp.seq_raw": (l) => (l.name === "tcp" ? [l.header.sequence] : []),
  "tcp.ack_raw": (l) => (l.name === "tcp" ? [l.header.acknowledgment] : []),
  "tcp.hdr_len": (l) => (l.name === "tcp" ? [l.sizeBytes] : []),
  "tcp.flags": (l) => (l.name === "tcp" ? [hex(l.header.flags, 4)] : []),
  "tcp.window_size_value": (l) => (l.name === "tcp" ? [l.header.window] : []),
  "tcp.checksum": (l) => (l.name === "tcp" ? [hex(l.header.checksum, 4)] : []),
  "tcp.urgent_pointer": (l) => (l.name === "tcp" ? [l.header.urgentPointer] : []),
  "tcp.options.mss_val": (l) => tcpOptions(l, "maximumSegmentSize").map((o) => o.bytes),
  "tcp.options.wscale.shift": (l) => tcpOptions(l, "windowScale").map((o) => o.shift),
  "tcp.options.timestamp.tsval": (l) => tcpOptions(l, "timestamps").map((o) => o.value),
  "tcp.options.timestamp.tsecr": (l) => tcpOptions(l, "timestamps").map((o) => o.echo),
  "tcp.options.sack_le": (l) =>
    tcpOptions(l, "sack").flatMap((o) => o.blocks.map((block) => block.left)),
  "tcp.options.sack_re": (l) =>
    tcpOptions(l, "sack").flatMap((o) => o.blocks.map((block) => block.right)),
  "icmp.type": (l) => (l.name === "icmp" ? [l.header.type] : []),
  "icmp.code": (l) => (l.name === "icmp" ? [l.header.code] : []),
  "icmp.checksum": (l) => (l.name === "icmp" ? [hex(l.header.checksum, 4)] : []),
  "icmp.mtu": (l) =>
    l.name === "icmp" && l.header.kind === "unreachable" && l.header.code === 4
      ? [l.header.nextHopMtu]
      : [],
  "icmp.redir_gw": (l) =>
    l.name === "icmp" && l.header.kind === "redirect" ? [l.header.gateway] : [],
  "vxlan.vni": (l) => (l.name === "vxlan" ? [l.header.vni] : []),
  "geneve.vni": (l) => (l.name === "geneve" ? [hex(l.header.vni, 6)] : []),
  "geneve.option.type": (l) =>
    l.name === "geneve" ? l.header.options.map((o) => hex(o.type, 2)) : [],
  "dhcp.type": (l) => (l.name === "dhcp" ? [l.header.op] : []),
  "dhcp.id": (l) => (l.name === "dhcp" ? [hex(l.header.transactionId, 8)] : []),
  "dhcp.ip.client": (l) => (l.name === "dhcp" ? [l.header.clientAddress] : []),
  "dhcp.ip.your": (l) => (l.name === "dhcp" ? [l.header.yourAddress] : []),
  "dhcp.ip.server": (l) => (l.name === "dhcp" ? [l.header.serverAddress] : []),
  "dhcp.ip.relay": (l) => (l.name === "dhcp" ? [l.header.relayAddress] : []),
  // tshark 4.0 says 0 for the end option, whose code is 255.
  "dhcp.option.type": (l) => (l.name === "dhcp" ? l.header.options.map((o) => o.code % 255) : []),
};
const STATUS = [
  "ip.checksum.status",
  "tcp.checksum.status",
  "udp.checksum.status",
  "icmp.checksum.status",
];
/** PI_WARN of Wireshark's epan/proto.h; errors are above, notes and chats below. */
const WARNING = 0x600000;
const REMARKS = ["_ws.expert.severity", "_ws.expert.message"];

function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, "0")}`;
}

type Header<Name extends Layer["name"]> = Extract<Layer, {name: Name}>["header"];
type TcpOption = Header<"tcp">["options"][number];

function tcpOptions<Kind extends TcpOption["kind"]>(
  layer: Layer,
  kind: Kind,
): Extract<TcpOption, {kind: Kind}>[] {
  if (layer.name !== "tcp") return [];
  return layer.header.options.filter(
    (one): one is Extract<TcpOption, {kind: Kind}> => one.kind === kind,
  );
}

describe("tshark", () => {
  itNeeds(
    TSHARK,
    "tshark",
    INSTALL_TSHARK,
    "reads every kind of frame as we do, without a remark",
    () => {
      const random = new Random(20);
      const frames = Array.from({length: FRAMES}, (_, i) =>
        randomFrame(random, KINDS[i % KINDS.length]!),
      );
      const rows = dissect(frames, [...Object.keys(FIELDS), ...STATUS, ...REMARKS]);
      expect(rows).toHaveLength(FRAMES);
      rows.forEach((row, index) => {
        const {layers, payload} = decodeFrame(frames[index]!);
        const all = [...layers, ...quoted(layers, payload)];
        const [ours, theirs]: Record<string, string>[] = [{}, {}];
        for (const [field, values] of Object.entries(FIELDS)) {
          const said = all.flatMap(values).map(String);
          ours![field] = said.join();
          theirs![field] = row.get(field)!.join();
        }
        expect(theirs, `frame ${index}`).toEqual(ours);
      });
      expect(rows.flatMap((row) => STATUS.flatMap((field) => row.get(field)!))).not.toContain("0");
      const remarks = rows.flatMap((row) =>
        row
          .get("_ws.expert.message")!
          .filter((_, index) => Number(row.get("_ws.expert.severity")![index]) >= WARNING),
      );
      // That a connection was reset is a warning about the connection, not about the bytes.
      expect([...new Set(remarks)]).toEqual(["Connection reset (RST)"]);
    },
  );
});

/** The packet that an ICMP error quotes, as layers: tshark takes it apart too. */
function quoted(layers: readonly Layer[], payload: Uint8Array): Layer[] {
  const last = layers.at(-1);
  if (last?.name !== "icmp" || last.header.kind === "echo") return [];
  const [ipv4, udp] = [decodeIpv4Header(payload), decodeUdpHeader(payload, 20)];
  return [
    {name: "ipv4", at: 0, sizeBytes: 20, header: ipv4},
    {name: "udp", at: 20, sizeBytes: 8, header: udp},
  ];
}
