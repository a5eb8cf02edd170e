// Reed-Solomon encode and decode, by matrix and memory, by shard size and by k, against ISA-L,
// @ronomon and a Rust codec in WebAssembly.
import {freemem} from "node:os";
import {pqParity, vandermondeParity} from "kernel-lib/erasure";
import {encodeAndDecode, RUST} from "./erasure-contests.mjs";
import {openIsal} from "./isal-peer.mjs";
import {openRonomon} from "./ronomon-peer.mjs";
import {openRustWasm} from "./rust-wasm-peer.mjs";

const KIB = 1024;
const MIB = 1024 * KIB;
/** The code of most tables, and of the goals. */
const RS_6_2 = {dataShards: 6, parityShards: 2};
/** Codes with more parity. Lost is a set of m data shards whose decoding costs what most cost. */
const MORE_PARITY = [
  {dataShards: 6, parityShards: 3, lost: [1, 2, 5]},
  {dataShards: 10, parityShards: 4, lost: [1, 4, 5, 9]},
  {dataShards: 17, parityShards: 3, lost: [3, 11, 13]},
  {dataShards: 20, parityShards: 4, lost: [7, 9, 10, 12]},
];
/** Ours ÷ ISA-L with registers as wide as WebAssembly's. */
const SSE_GOALS = {encode: {"ISA-L SSE": 1.3}, decode: {"ISA-L SSE": 1.3}};
/** A pair of average cost among the 15: 44 vector operations a column (of 41 to 45). */
const LOST = [1, 4];
/** One of the three pairs that the default matrix makes as cheap as encoding: 19 operations. */
const LOST_FIRST = [0, 1];
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
  "Rates in MB (10^6 bytes) of data a second of processor time: a call counts as k × shard size, " +
  "whether it encodes m parity shards or restores m lost data shards. One computing thread each.";
export const notes = [
  "Ours, *in place*: WASM SIMD on shards of `allocate()`. *Copied*: WASM SIMD on ordinary arrays, " +
    "which are copied into WASM memory and out of it, with new arrays for the result or (encode " +
    "only) always the same. *Plain JS*: four bytes at once. *Textbook*: logarithms.",
  "Decode: data shards 1 and 4 lost, of average cost; *first two* are shards 0 and 1, one of three " +
    "pairs in 15 that the default matrix makes as cheap as encoding. Inverse and module are cached " +
    "after the first call.",
  "ISA-L: the same matrix; byte-equal parity is asserted before timing. Tables made once, " +
    "buffers reused.",
  "ISA-L SSE: its routine for registers of 16 bytes, which is what WebAssembly has. The upper " +
    "halves of the wider registers are cleared first: left in use, they more than halve its speed.",
  "@ronomon: its own matrix and field; its decode is asserted to restore the data. " +
    "One call at a time, as in its own benchmark: each pays the way to the worker thread, though " +
    "not the waiting, since processor time is counted.",
  `${RUST}: @digitaldefiance/reed-solomon-erasure.wasm, which copies in and out; ` +
    "equal parity asserted. " +
    "Encode only: see rust-wasm-peer.mjs.",
  "Below its goal: *copied, new arrays*. The engine fills them with zeros before we write to them, " +
    "and collects them afterwards. @ronomon is handed the arrays that it writes to; so are *same " +
    "arrays*, which meet the goal.",
  "With m ≥ 3, m data shards are lost, chosen so that decoding costs what it costs for most choices.",
  "Goals are for 64 KiB a shard, RS(6,2) and m ≥ 3; the tables by size and by k show growth, for " +
    "the default matrix, in place. At 1 KiB the call, its checks and finding stripe and decoder weigh " +
    "more than the arithmetic. The matrix's coefficients, and so our steps, differ by k: 19 " +
    "operations a column for k = 6, 39 for 14, but 92 for 8 and 131 for 20. ISA-L looks products up " +
    "and does not care.",
];

export async function run() {
  const isal = await openIsal();
  const ronomon = openRonomon();
  const rust = openRustWasm();
  const peers = {isal, ronomon, rust};
  try {
    return {
      peers: [isal, ronomon, rust].map(({label, missing}) => label ?? missing),
      tables: [
        await byWay(peers),
        await bySize(peers),
        await byDataShards(peers),
        await byParityShards(peers),
      ],
    };
  } finally {
    isal.close?.();
  }
}

async function byParityShards(peers) {
  const rows = [];
  for (const {lost, ...size} of MORE_PARITY) {
    const label = `RS(${size.dataShards},${size.parityShards})`;
    const options = {...size, label, shardBytes: 64 * KIB, lost, withSse: true, goals: SSE_GOALS};
    rows.push(...(await encodeAndDecode(peers, options)));
  }
  return {title: "RS(k,m) with m ≥ 3, shards of 64 KiB", rows: byOperation(rows)};
}

async function byWay(peers) {
  const rows = [];
  for (const way of WAYS) {
    const label = `${way.name} ${way.where}`;
    const options = {...way, label, shardBytes: 64 * KIB, lost: LOST, ...RS_6_2};
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
    rows.push(...(await encodeAndDecode(peers, {label, shardBytes, lost: LOST, ...RS_6_2})));
  }
  return {title: "RS(6,2) by shard size", rows: byOperation(rows)};
}

async function byDataShards(peers) {
  const rows = [];
  for (const dataShards of [2, 8, 14, 20]) {
    const label = `k = ${dataShards}`;
    const lost = dataShards > 4 ? LOST : LOST_FIRST;
    const options = {label, shardBytes: 64 * KIB, dataShards, parityShards: 2, lost};
    rows.push(...(await encodeAndDecode(peers, options)));
  }
  return {title: "RS(k,2) by k, shards of 64 KiB", rows: byOperation(rows)};
}

/** Encodings first, so that each operation's growth can be read down the column. */
function byOperation(rows) {
  return ["encode", "decode"].flatMap((name) => rows.filter(({label}) => label.startsWith(name)));
}
