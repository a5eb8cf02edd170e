// Source NAT with a table of flows, and the table alone at a million flows, against the decoder of
// npm's pcap, which only reads.
import assert from "node:assert/strict";
import {encodeFrame, FrameView, verifyChecksums} from "kernel-lib/packet";
import {ConnectionTracker, NatGateway} from "kernel-lib/vpc";
import {compare, inProcess} from "./harness.mjs";
import {openPacketPeers} from "./packet-peers.mjs";

/** The goal, ours ÷ peer. */
const GOALS = {pcap: 5};
const FLOWS = 256;
const MANY = 2 ** 20;
const ETHERNET = {source: "02:00:00:00:00:01", destination: "02:00:00:00:00:02"};

export const title = "packets translated and tracked, per second";
export const unit =
  "Rates in millions of packets a second of processor time, through the public methods with their " +
  "checks: Ethernet, IPv4, TCP without options, 64 bytes of payload.";
export const notes = [
  "*NatGateway*: reads the frame, finds its flow, moves the TCP state and the timeout, writes address and " +
    "port, mends both checksums. The ten bytes that it changes are put back before each call, which is part of the time. " +
    `${FLOWS} established flows in turn; checksums are asserted to be right.`,
  "pcap reads the same frames, and neither translates nor tracks; no npm package does.",
  "*ConnectionTracker*: a packet of each of 1,048,576 UDP flows in turn, one by one and in an order that " +
    "the processor cannot foresee: then the time is that of the memory.",
];

export async function run() {
  const {pcap} = openPacketPeers();
  const {gateway, out, back} = establishedFlows();
  const [outFrames, backFrames] = [out, back].map((all) => all.map((one) => one.slice()));
  const outbound = (calls) => {
    for (let i = 0; i < calls; i++) {
      const frame = outFrames[i % FLOWS];
      putBack(frame, out[i % FLOWS], 0);
      gateway.outbound(frame, 1);
    }
  };
  const inbound = (calls) => {
    for (let i = 0; i < calls; i++) {
      const frame = backFrames[i % FLOWS];
      putBack(frame, back[i % FLOWS], 1);
      gateway.inbound(frame, 1);
    }
  };
  // pcap reads Buffers only.
  const buffers = out.map((one) => Buffer.from(one));
  const read = (calls) => {
    for (let i = 0; i < calls; i++) pcap.decode(buffers[i % FLOWS]);
  };
  const peers = pcap.decode === undefined ? [] : [contestant("pcap", read)];
  const row = async (label, runCalls) => ({
    label,
    results: await compare([contestant("ours", runCalls), ...peers]),
    goals: GOALS,
  });
  const translating = [await row("outbound", outbound), await row("inbound", inbound)];
  for (const frame of [...outFrames, ...backFrames]) {
    assert.ok(verifyChecksums(frame).every(({verdict}) => verdict === "good"));
  }
  return {
    peers: [pcap.label ?? pcap.missing],
    tables: [
      {title: "NatGateway", rows: translating},
      {title: "ConnectionTracker with 1,048,576 flows", rows: await trackerRows()},
    ],
  };
}

/** The source (end 0) or destination (1) of a frame as it was before translation, and the checksums. */
function putBack(frame, before, end) {
  const [address, port] = [26 + 4 * end, 34 + 2 * end];
  frame[24] = before[24];
  frame[25] = before[25];
  frame[address] = before[address];
  frame[address + 1] = before[address + 1];
  frame[address + 2] = before[address + 2];
  frame[address + 3] = before[address + 3];
  frame[port] = before[port];
  frame[port + 1] = before[port + 1];
  frame[50] = before[50];
  frame[51] = before[51];
}

/** A gateway with established flows, and a packet of each in both directions. */
function establishedFlows() {
  const gateway = new NatGateway({addresses: ["10.0.1.20"]});
  const view = new FrameView();
  const [out, back] = [[], []];
  const payload = new Uint8Array(64).fill(5);
  for (let flow = 0; flow < FLOWS; flow++) {
    const [client, server] = [`10.0.2.${1 + (flow & 63)}`, `52.0.0.${1 + (flow >> 4)}`];
    const frame = (source, sourcePort, destination, destinationPort, flags) =>
      encodeFrame({
        ethernet: ETHERNET,
        ipv4: {source, destination},
        tcp: {sourcePort, destinationPort, flags},
        payload,
      });
    const syn = frame(client, 40_000 + flow, server, 443, 0x02);
    assert.equal(gateway.outbound(syn, 0).action, "forward");
    const port = view.read(syn).sourcePort;
    const answer = frame(server, 443, "10.0.1.20", port, 0x12);
    assert.equal(gateway.inbound(answer, 0).action, "forward");
    const ack = frame(client, 40_000 + flow, server, 443, 0x10);
    assert.equal(gateway.outbound(ack.slice(), 0).action, "forward");
    out.push(ack);
    back.push(frame(server, 443, "10.0.1.20", port, 0x10));
  }
  return {gateway, out, back};
}

async function trackerRows() {
  const tracker = new ConnectionTracker({maxFlows: MANY});
  const view = new FrameView();
  const frame = encodeFrame({
    ethernet: ETHERNET,
    ipv4: {source: "10.0.0.0", destination: "52.0.0.1"},
    udp: {sourcePort: 0, destinationPort: 53},
    payload: new Uint8Array(64),
  });
  // What differs is read from the view, so that frames do not fill the caches.
  const track = (flow) => {
    view.read(frame);
    view.source = 0x0a000000 + (flow >>> 16);
    view.sourcePort = flow & 0xffff;
    return tracker.track(view, 1);
  };
  for (let flow = 0; flow < MANY; flow++) assert.equal(track(flow).kind, "new");
  assert.equal(tracker.size, MANY);
  const bytes = arrayBytes(tracker.state.table) + arrayBytes(tracker.state.table.expiry);
  notes.push(`The table's arrays with 1,048,576 flows: ${(bytes / MANY).toFixed(0)} bytes a flow.`);
  let next = 0;
  const inOrder = (calls) => {
    for (let i = 0; i < calls; i++) track((next = (next + 1) & (MANY - 1)));
  };
  // A generator of full period (Hull and Dobell): each flow once a round.
  const anyOrder = (calls) => {
    for (let i = 0; i < calls; i++) track((next = (Math.imul(next, 69_069) + 12_345) & (MANY - 1)));
  };
  const alone = async (label, runCalls) => ({
    label,
    results: await compare([contestant("ours", runCalls)]),
    goals: {},
  });
  return [await alone("flows in order", inOrder), await alone("flows at random", anyOrder)];
}

/** What the typed arrays of an object take: all that grows with the flows. */
function arrayBytes(object) {
  const arrays = Object.values(object).filter(ArrayBuffer.isView);
  return arrays.reduce((sum, {byteLength}) => sum + byteLength, 0);
}

function contestant(name, runCalls) {
  return inProcess({name, work: 1e-6, runCalls});
}
