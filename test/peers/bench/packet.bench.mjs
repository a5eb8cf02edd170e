// Packets read, rewritten and written, against the decoders of npm's pcap and cap and ip-packet.
import assert from "node:assert/strict";
import {
  decodeFrame,
  decodeIpv4Header,
  encodeFrame,
  encodeIpv4Header,
  formatIpv4Address,
  FrameView,
  internetChecksum,
  verifyChecksums,
} from "kernel-lib/packet";
import {compare, inProcess} from "./harness.mjs";
import {openPacketPeers} from "./packet-peers.mjs";

/** The goals, ours ÷ peer. */
const READ_GOALS = {pcap: 20};
const REWRITE_GOALS = {pcap: 5};
const FLOWS = 256;

export const title = "frames read, rewritten and written, per second";
export const unit =
  "Rates in millions of frames (or headers) a second of processor time, through the public functions with " +
  `their checks: Ethernet, IPv4, TCP without options, 64 bytes of payload, ${FLOWS} flows in turn.`;
export const notes = [
  "pcap and cap: their decoders of Ethernet, IPv4 and TCP, without capturing. All are asserted to " +
    "read the same addresses and ports. Neither checks lengths, so that a cut frame reads as zeros.",
  "*FrameView*: what a router reads (addresses, ports, protocol, ttl, flags), without making objects. " +
    "*decodeFrame*: every field of every layer as a value, which is what pcap and cap give.",
  "*Source NAT*: FrameView reads the frame, then writes another source address and port, takes one " +
    "off the ttl, and mends both checksums; the peers only read, since none can rewrite. Checksums are " +
    "asserted to be right afterwards. A connection table is not part of it.",
  "ip-packet: IPv4 header and 64 bytes of payload into the same buffer, then its checksum; ours " +
    "does the same, and checks each number's range.",
];

export async function run() {
  const peers = openPacketPeers();
  const frames = makeFrames();
  const readers = [peers.pcap, peers.cap].filter((peer) => peer.decode !== undefined);
  for (const frame of frames) assertAgree(frame, readers);
  const others = readers.map((peer) =>
    contestant(nameOf(peer), (calls) => {
      for (let i = 0; i < calls; i++) peer.decode(frames[i % FLOWS]);
    }),
  );
  const view = new FrameView();
  const row = async (label, runCalls, goals) => ({
    label,
    results: await compare([contestant("ours", runCalls), ...others]),
    goals,
  });
  // A loop each: one shared by all would call what it measures through a pointer, which for the
  // first is a good part of the time.
  const read = (calls) => {
    for (let i = 0; i < calls; i++) view.read(frames[i % FLOWS]);
  };
  const decode = (calls) => {
    for (let i = 0; i < calls; i++) decodeFrame(frames[i % FLOWS]);
  };
  const rewrite = (calls) => {
    for (let i = 0; i < calls; i++) {
      view.read(frames[i % FLOWS]);
      view.rewriteSource({address: view.source ^ 1, port: view.sourcePort ^ 1});
      // From 255 down; set anew where it ended, as a fresh frame would have it.
      if (view.decrementTtl() === 0) reset(view.bytes);
    }
  };
  const reading = [
    await row("FrameView", read, READ_GOALS),
    await row("decodeFrame", decode, {}),
    await row("source NAT", rewrite, REWRITE_GOALS),
  ];
  for (const frame of frames) {
    assert.ok(verifyChecksums(frame).every(({verdict}) => verdict === "good"));
  }
  return {
    peers: Object.values(peers).map(({label, missing}) => label ?? missing),
    tables: [
      {title: "Reading and rewriting frames", rows: reading},
      {title: "Headers of IPv4", rows: await headerRows(peers.ipPacket, frames)},
      {title: "Whole frames", rows: await frameRows(frames)},
    ],
  };
}

async function headerRows(ipPacket, frames) {
  if (ipPacket.encode === undefined) return [];
  const header = decodeIpv4Header(frames[0], 14);
  const data = Buffer.from(frames[0].subarray(34));
  const target = new Uint8Array(header.totalLength);
  const ours = () => {
    encodeIpv4Header({...header, checksum: 0}, target);
    target.set(data, 20);
    const checksum = internetChecksum(target.subarray(0, 20));
    target[10] = checksum >> 8;
    target[11] = checksum;
    return target;
  };
  const state = {start: 0, end: 0, buffer: Buffer.alloc(header.totalLength)};
  const {source: sourceIp, destination: destinationIp, ttl, protocol, identification} = header;
  const packet = {
    version: 4,
    flags: 2,
    identification,
    ttl,
    protocol,
    sourceIp,
    destinationIp,
    data,
  };
  const theirs = () => ipPacket.encode(state, packet);
  assert.deepEqual([...theirs()], [...ours()]);
  const encode = [contestant("ours", repeat(ours)), contestant("ip-packet", repeat(theirs))];
  const decode = [
    contestant(
      "ours",
      repeat(() => decodeIpv4Header(target)),
    ),
    contestant(
      "ip-packet",
      repeat(() => ipPacket.decode(state)),
    ),
  ];
  return [
    {label: "encode, with checksum", results: await compare(encode), goals: {}},
    {label: "decode", results: await compare(decode), goals: {}},
  ];
}

/** No npm package writes whole frames or checks them: rates alone, to see them change. */
async function frameRows([frame]) {
  const parts = {
    ethernet: {destination: "02:00:00:00:00:02", source: "02:00:00:00:00:01"},
    ipv4: {source: "10.0.1.5", destination: "10.0.2.10"},
    tcp: {sourcePort: 44321, destinationPort: 443},
    payload: new Uint8Array(64),
  };
  const alone = async (label, call) => ({
    label,
    results: await compare([contestant("ours", repeat(call))]),
    goals: {},
  });
  return [
    await alone("encodeFrame", () => encodeFrame(parts)),
    await alone("verifyChecksums", () => verifyChecksums(frame)),
  ];
}

function makeFrames() {
  return Array.from({length: FLOWS}, (_, flow) =>
    Buffer.from(
      encodeFrame({
        ethernet: {destination: "02:00:00:00:00:02", source: "02:00:00:00:00:01"},
        ipv4: {source: formatIpv4Address(0x0a000100 + flow), destination: "10.0.2.10", ttl: 255},
        tcp: {sourcePort: 1024 + 7 * flow, destinationPort: 443, sequence: flow, flags: 0x18},
        payload: new Uint8Array(64).fill(flow),
      }),
    ),
  );
}

/** Gives a frame its ttl back, with the right checksum. */
function reset(frame) {
  frame[22] = 255;
  frame[24] = frame[25] = 0;
  const checksum = internetChecksum(frame.subarray(14, 34));
  frame[24] = checksum >> 8;
  frame[25] = checksum;
}

/** @param runCalls handles that many frames, or headers */
function contestant(name, runCalls) {
  return inProcess({name, work: 1e-6, runCalls});
}

function repeat(call) {
  return (calls) => {
    for (let i = 0; i < calls; i++) call();
  };
}

function nameOf({label}) {
  return label.split(" ")[0];
}

function assertAgree(frame, readers) {
  const view = new FrameView().read(frame);
  const expected = [
    formatIpv4Address(view.source),
    formatIpv4Address(view.destination),
    view.sourcePort,
    view.destinationPort,
  ];
  for (const peer of readers) assert.deepEqual(peer.read(peer.decode(frame)), expected, peer.label);
}
