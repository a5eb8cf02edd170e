// Reed-Solomon encode and decode, by shard size and by k, against ISA-L and @ronomon.
import assert from "node:assert/strict";
import {freemem} from "node:os";
import {ReedSolomon} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {compare, inProcess} from "./harness.mjs";
import {openIsal} from "./isal-peer.mjs";
import {openRonomon} from "./ronomon-peer.mjs";

const KIB = 1024;
const MIB = 1024 * KIB;
const PARITY_SHARDS = 2;
const LOST = 2;
/** Any will do: bytes only have to be varied, and the same on every run. */
const SEED = 1960;
/** The goals, ours ÷ peer, for RS(6,2) with the default matrix. They hold at 64 KiB a shard. */
const GOALS = {
  encode: {"ISA-L": 0.45, "@ronomon": 1.5},
  decode: {"ISA-L": 0.5, "@ronomon": 3},
};
const LARGEST = {label: "16 MiB", shardBytes: 16 * MIB};
/** Ours, both peers' buffers and the parity that waits for the collector, with room to spare. */
const NEEDED_FOR_LARGEST = 2048 * MIB;

export const title = "Reed-Solomon encode and decode";
export const unit =
  "Rates in MB/s of data (1 MB = 10^6 bytes): a call counts as k × shard size, whether it " +
  "encodes m = 2 parity shards or restores two lost data shards. One computing thread each.";
export const notes = [
  "Ours: first form: table look-up in plain JS; WASM SIMD comes in step 2. Default Vandermonde " +
    "matrix, a new array for each coded shard, and each decode inverts its matrix.",
  "ISA-L: the same matrix; byte-equal parity is asserted before timing. Tables made once, " +
    "buffers reused.",
  "@ronomon: its own matrix and field; its decode is asserted to restore the data. " +
    "One call at a time, as in its own benchmark: each pays the way to the worker thread.",
  "Goals are for RS(6,2) at 64 KiB a shard and the default matrix; other rows show growth.",
];

export async function run() {
  const isal = await openIsal();
  const ronomon = openRonomon();
  const peers = {isal, ronomon};
  try {
    return {
      peers: [isal, ronomon].map(({label, missing}) => label ?? missing),
      tables: [await bySize(peers), await byDataShards(peers)],
    };
  } finally {
    isal.close?.();
  }
}

async function bySize(peers) {
  const sizes = [1, 16, 64].map((kib) => ({label: `${kib} KiB`, shardBytes: kib * KIB}));
  sizes.push({label: "1 MiB", shardBytes: MIB});
  if (freemem() >= NEEDED_FOR_LARGEST) sizes.push(LARGEST);
  const rows = [];
  for (const {label, shardBytes} of sizes) {
    const goals = shardBytes === 64 * KIB ? GOALS : {};
    rows.push(...(await encodeAndDecode(peers, {label, shardBytes, dataShards: 6, goals})));
  }
  return {title: "RS(6,2) by shard size", rows: byOperation(rows)};
}

async function byDataShards(peers) {
  const rows = [];
  for (const dataShards of [2, 8, 14, 20]) {
    const label = `k = ${dataShards}`;
    const options = {label, shardBytes: 64 * KIB, dataShards, goals: {}};
    rows.push(...(await encodeAndDecode(peers, options)));
  }
  return {title: "RS(k,2) by k, shards of 64 KiB", rows: byOperation(rows)};
}

/** Encodings first, so that each operation's growth can be read down the column. */
function byOperation(rows) {
  return ["encode", "decode"].flatMap((name) => rows.filter(({label}) => label.startsWith(name)));
}

async function encodeAndDecode(peers, {label, shardBytes, dataShards, goals}) {
  const stripe = makeStripe({shardBytes, dataShards});
  const ronomon = peers.ronomon.stripe?.(stripe.data, stripe.code);
  const rows = [];
  for (const [operation, contest] of [
    ["encode", encodeContest],
    ["decode", decodeContest],
  ]) {
    const results = await compare(await contest({...stripe, isal: peers.isal, ronomon}));
    rows.push({label: `${operation}, ${label}`, results, goals: goals[operation] ?? {}});
  }
  return rows;
}

function makeStripe({shardBytes, dataShards}) {
  const code = new ReedSolomon({dataShards, parityShards: PARITY_SHARDS});
  const data = code.split(randomBytes(shardBytes * dataShards));
  return {code, data, parity: code.encode(data), megabytes: (shardBytes * dataShards) / 1e6};
}

/** Drawing 96 MiB would take longer than the benchmark: a block of odd length is repeated. */
function randomBytes(length) {
  const block = new Random(SEED).bytes(Math.min(length, 64 * KIB + 1));
  return new Uint8Array(Buffer.alloc(length, block).buffer);
}

async function encodeContest({code, data, parity, megabytes, isal, ronomon}) {
  const ours = repeated(megabytes, () => code.encode(data));
  const contestants = [ours];
  if (isal.load) {
    assertSame(await isal.load({matrix: code.matrix, shards: data}), parity, "ISA-L's parity");
    contestants.push(isal.contestant);
  }
  if (ronomon) contestants.push(byRonomon(megabytes, (calls) => ronomon.encode(calls)));
  return contestants;
}

async function decodeContest({code, data, parity, megabytes, isal, ronomon}) {
  const lost = data.slice(0, LOST);
  const present = [...data.slice(LOST), ...parity];
  const damaged = [...lost.map(() => undefined), ...present];
  assertSame(code.reconstruct(damaged), [...data, ...parity], "our decode");
  const contestants = [repeated(megabytes, () => code.reconstruct(damaged))];
  if (isal.load) {
    const matrix = recoveryRows(code);
    // Rows are for the first k survivors; with m = 2 and both lost, those are all there are.
    assertSame(await isal.load({matrix, shards: present}), lost, "ISA-L's decode");
    contestants.push(isal.contestant);
  }
  if (ronomon) {
    await assertRestores(ronomon);
    contestants.push(byRonomon(megabytes, (calls) => ronomon.decode(calls, LOST)));
  }
  return contestants;
}

/** The rows that give the lost data shards from the survivors: part of the inverted generator. */
function recoveryRows({generator, totalShards}) {
  const all = Array.from({length: totalShards}, (_, index) => index);
  return generator.selectRows(all.slice(LOST)).invert().selectRows(all.slice(0, LOST));
}

async function assertRestores(ronomon) {
  const before = Buffer.from(ronomon.data);
  await ronomon.encode(1);
  ronomon.data.fill(0, 0, (LOST * ronomon.parity.length) / PARITY_SHARDS);
  await ronomon.decode(1, LOST);
  assertSame([ronomon.data], [before], "@ronomon's decode");
}

function repeated(work, call) {
  const runCalls = (calls) => {
    for (let i = 0; i < calls; i++) call();
  };
  return inProcess({name: "ours", work, runCalls});
}

function byRonomon(work, runCalls) {
  return inProcess({name: "@ronomon", work, runCalls});
}

function assertSame(actual, expected, what) {
  const same =
    actual.length === expected.length &&
    actual.every((shard, index) => Buffer.compare(shard, expected[index]) === 0);
  assert.ok(same, `${what}: bytes differ from what they should be`);
}
