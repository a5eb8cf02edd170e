// Reed-Solomon encode and decode, by matrix and memory, by shard size and by k, against ISA-L,
// @ronomon and a Rust codec in WebAssembly.
import assert from "node:assert/strict";
import {freemem} from "node:os";
import {pqParity, ReedSolomon, vandermondeParity} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {compare, inProcess} from "./harness.mjs";
import {openIsal} from "./isal-peer.mjs";
import {openRonomon} from "./ronomon-peer.mjs";
import {openRustWasm} from "./rust-wasm-peer.mjs";

const KIB = 1024;
const MIB = 1024 * KIB;
const PARITY_SHARDS = 2;
/** A pair of average cost among the 15: 44 vector operations a column (of 41 to 45). */
const LOST = [1, 4];
/** One of the three pairs that the default matrix makes as cheap as encoding: 19 operations. */
const LOST_FIRST = [0, 1];
/** Any will do: bytes only have to be varied, and the same on every run. */
const SEED = 1960;
const RUST = "Rust in WASM";
const LARGEST = {label: "16 MiB", shardBytes: 16 * MIB};
/** Ours, all peers' buffers and the parity that waits for the collector, with room to spare. */
const NEEDED_FOR_LARGEST = 2048 * MIB;

const vandermonde = {name: "Vandermonde", makeParity: vandermondeParity};
const pq = {name: "P+Q", makeParity: pqParity};
/** Ways to use our code, and the goals for them at RS(6,2), 64 KiB a shard: ours ÷ peer. */
const WAYS = [
  {
    ...{...pq, where: "in place"},
    goals: {encode: {"ISA-L": 1, "@ronomon": 4}, decode: {"ISA-L": 0.6, "@ronomon": 3}},
  },
  {
    ...{...vandermonde, where: "in place"},
    goals: {encode: {"ISA-L": 0.45, "@ronomon": 1.5}, decode: {"ISA-L": 0.5, "@ronomon": 3}},
  },
  {...{...vandermonde, where: "copied, new arrays"}, goals: {encode: {"@ronomon": 1.5}}},
  {...{...vandermonde, where: "copied, same arrays"}, goals: {encode: {"@ronomon": 1.5}}},
  {...pq, where: "plain JS", implementation: "plain", goals: {encode: {[RUST]: 3}}},
  {...vandermonde, where: "plain JS", implementation: "plain", goals: {encode: {[RUST]: 3}}},
  {...vandermonde, where: "textbook", implementation: "textbook", goals: {}},
];

export const title = "Reed-Solomon encode and decode";
export const unit =
  "Rates in MB/s of data (1 MB = 10^6 bytes): a call counts as k × shard size, whether it " +
  "encodes m = 2 parity shards or restores two lost data shards. One computing thread each.";
export const notes = [
  "Ours, *in place*: WASM SIMD on shards of `allocate()`. *Copied*: WASM SIMD on ordinary arrays, " +
    "which are copied into WASM memory and out of it, with new arrays for the result or (encode " +
    "only) always the same. *Plain JS*: four bytes at once. *Textbook*: logarithms.",
  "Decode: data shards 1 and 4 lost, of average cost; *first two* are shards 0 and 1, one of three " +
    "pairs in 15 that the default matrix makes as cheap as encoding. Inverse and module are cached " +
    "after the first call.",
  "ISA-L: the same matrix; byte-equal parity is asserted before timing. Tables made once, " +
    "buffers reused.",
  "@ronomon: its own matrix and field; its decode is asserted to restore the data. " +
    "One call at a time, as in its own benchmark: each pays the way to the worker thread.",
  `${RUST}: @digitaldefiance/reed-solomon-erasure.wasm, which copies in and out; ` +
    "equal parity asserted. " +
    "Encode only: see rust-wasm-peer.mjs.",
  "Goals are for RS(6,2) at 64 KiB a shard; the tables by size and by k show growth, for the default " +
    "matrix, in place. That matrix's coefficients, and so our steps, differ by k: 19 operations a " +
    "column for k = 6, 39 for 14, but 92 for 8 and 131 for 20. ISA-L looks products up and does not care.",
];

export async function run() {
  const isal = await openIsal();
  const ronomon = openRonomon();
  const rust = await openRustWasm();
  const peers = {isal, ronomon, rust};
  try {
    return {
      peers: [isal, ronomon, rust].map(({label, missing}) => label ?? missing),
      tables: [await byWay(peers), await bySize(peers), await byDataShards(peers)],
    };
  } finally {
    isal.close?.();
  }
}

async function byWay(peers) {
  const rows = [];
  for (const way of WAYS) {
    const label = `${way.name} ${way.where}`;
    const options = {...way, label, shardBytes: 64 * KIB, dataShards: 6};
    const both = await encodeAndDecode(peers, options);
    // Only encode can be given arrays to overwrite.
    rows.push(...(way.where === "copied, same arrays" ? both.slice(0, 1) : both));
    if (way.where === "in place") {
      const first = await encodeAndDecode(peers, {...options, lost: LOST_FIRST, goals: {}});
      rows.push({...first[1], label: `decode, ${label}, first two`});
    }
  }
  return {title: "RS(6,2), shards of 64 KiB, by matrix and memory", rows: byOperation(rows)};
}

async function bySize(peers) {
  const sizes = [1, 16, 64].map((kib) => ({label: `${kib} KiB`, shardBytes: kib * KIB}));
  sizes.push({label: "1 MiB", shardBytes: MIB});
  if (freemem() >= NEEDED_FOR_LARGEST) sizes.push(LARGEST);
  const rows = [];
  for (const {label, shardBytes} of sizes) {
    rows.push(...(await encodeAndDecode(peers, {label, shardBytes, dataShards: 6})));
  }
  return {title: "RS(6,2) by shard size", rows: byOperation(rows)};
}

async function byDataShards(peers) {
  const rows = [];
  for (const dataShards of [2, 8, 14, 20]) {
    const label = `k = ${dataShards}`;
    const lost = dataShards > 4 ? LOST : LOST_FIRST;
    const options = {label, shardBytes: 64 * KIB, dataShards, lost};
    rows.push(...(await encodeAndDecode(peers, options)));
  }
  return {title: "RS(k,2) by k, shards of 64 KiB", rows: byOperation(rows)};
}

/** Encodings first, so that each operation's growth can be read down the column. */
function byOperation(rows) {
  return ["encode", "decode"].flatMap((name) => rows.filter(({label}) => label.startsWith(name)));
}

async function encodeAndDecode(peers, {label, goals = {}, ...options}) {
  const stripe = makeStripe(options);
  const contest = {
    ...{...stripe, isal: peers.isal},
    ronomon: peers.ronomon.stripe?.(stripe.data, stripe.code),
    rust: peers.rust.stripe?.(stripe.data, stripe.code),
  };
  const rows = [];
  for (const [operation, contestants] of [
    ["encode", encodeContest],
    ["decode", decodeContest],
  ]) {
    const results = await compare(await contestants(contest));
    rows.push({label: `${operation}, ${label}`, results, goals: goals[operation] ?? {}});
  }
  return rows;
}

function makeStripe({shardBytes, dataShards, implementation, where, ...rest}) {
  const {makeParity = vandermondeParity, lost = LOST} = rest;
  const size = {dataShards, parityShards: PARITY_SHARDS};
  const code = new ReedSolomon({
    ...{...size, matrix: makeParity(size)},
    ...(implementation && {implementation}),
  });
  const copied = where?.startsWith("copied");
  const data = code.split(randomBytes(shardBytes * dataShards));
  const stripe = copied ? data : code.allocate(shardBytes);
  data.forEach((shard, index) => stripe[index].set(shard));
  const own = stripe.slice(0, dataShards);
  const parity = code.encode(own);
  const target = where === "copied, same arrays" ? parity : undefined;
  const isDefault = makeParity === vandermondeParity;
  return {
    code,
    data: own,
    parity,
    target,
    lost,
    isDefault,
    megabytes: (shardBytes * dataShards) / 1e6,
  };
}

/** Drawing 96 MiB would take longer than the benchmark: a block of odd length is repeated. */
function randomBytes(length) {
  const block = new Random(SEED).bytes(Math.min(length, 64 * KIB + 1));
  return new Uint8Array(Buffer.alloc(length, block).buffer);
}

async function encodeContest({code, data, parity, target, megabytes, isDefault, ...peers}) {
  const contestants = [repeated(megabytes, () => code.encode(data, target))];
  const {isal, ronomon, rust} = peers;
  if (isal.load) {
    assertSame(await isal.load({matrix: code.matrix, shards: data}), parity, "ISA-L's parity");
    contestants.push(isal.contestant);
  }
  if (ronomon) contestants.push(peer("@ronomon", megabytes, (calls) => ronomon.encode(calls)));
  if (rust) {
    rust.encode(1);
    const coded = parity.map((_, row) => rust.shard(code.dataShards + row));
    if (isDefault) assertSame(coded, parity, "the Rust codec's parity");
    contestants.push(peer(RUST, megabytes, (calls) => rust.encode(calls)));
  }
  return contestants;
}

async function decodeContest({code, data, parity, lost, megabytes, isal, ronomon}) {
  const shards = [...data, ...parity];
  const before = shards.map((shard) => Uint8Array.from(shard));
  const damaged = shards.map((shard, index) => (lost.includes(index) ? undefined : shard));
  assertSame(code.reconstruct(damaged), before, "our decode");
  const contestants = [repeated(megabytes, () => code.reconstruct(damaged))];
  if (isal.load) {
    const matrix = recoveryRows(code, lost);
    const present = before.filter((_, index) => !lost.includes(index));
    const wanted = lost.map((index) => before[index]);
    // Rows are for the first k survivors; with m = 2 and both lost, those are all there are.
    assertSame(await isal.load({matrix, shards: present}), wanted, "ISA-L's decode");
    contestants.push(isal.contestant);
  }
  if (ronomon) {
    await assertRestores(ronomon, lost);
    contestants.push(peer("@ronomon", megabytes, (calls) => ronomon.decode(calls, lost)));
  }
  return contestants;
}

/** The rows that give the lost data shards from the survivors: part of the inverted generator. */
function recoveryRows({generator, totalShards}, lost) {
  const all = Array.from({length: totalShards}, (_, index) => index);
  const present = all.filter((index) => !lost.includes(index));
  return generator.selectRows(present).invert().selectRows(lost);
}

async function assertRestores(ronomon, lost) {
  const before = Buffer.from(ronomon.data);
  await ronomon.encode(1);
  const shardBytes = ronomon.parity.length / PARITY_SHARDS;
  lost.forEach((index) => ronomon.data.fill(0, index * shardBytes, (index + 1) * shardBytes));
  await ronomon.decode(1, lost);
  assertSame([ronomon.data], [before], "@ronomon's decode");
}

function repeated(work, call) {
  return peer("ours", work, (calls) => {
    for (let i = 0; i < calls; i++) call();
  });
}

function peer(name, work, runCalls) {
  return inProcess({name, work, runCalls});
}

function assertSame(actual, expected, what) {
  const same =
    actual.length === expected.length &&
    actual.every((shard, index) => Buffer.compare(shard, expected[index]) === 0);
  assert.ok(same, `${what}: bytes differ from what they should be`);
}
