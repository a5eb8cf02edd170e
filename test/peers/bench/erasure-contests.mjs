// Who encodes and decodes against whom: one stripe, ours and each peer that is there, asserted to
// agree before they are timed.
import assert from "node:assert/strict";
import {ReedSolomon, vandermondeParity} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {compare, inProcess} from "./harness.mjs";

/** Any will do: bytes only have to be varied, and the same on every run. */
const SEED = 1960;
const BLOCK_BYTES = 64 * 1024 + 1;
export const RUST = "Rust in WASM";

/**
 * Measures both operations on one stripe.
 *
 * @param peers {isal, ronomon, rust}, each of which may be missing
 * @param options dataShards, parityShards, shardBytes, lost, label; and, of ours, makeParity,
 *   implementation, where ("in place", "copied, new arrays", "copied, same arrays"); goals by
 *   operation; withSse to compare with ISA-L's SSE routine too
 * @returns two rows of a table
 */
export async function encodeAndDecode(peers, {label, goals = {}, ...options}) {
  const stripe = makeStripe(options);
  const contest = {
    ...{...stripe, isal: peers.isal, withSse: options.withSse},
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

function makeStripe({shardBytes, dataShards, parityShards, lost, implementation, where, ...rest}) {
  const {makeParity = vandermondeParity} = rest;
  const size = {dataShards, parityShards};
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
  const megabytes = (shardBytes * dataShards) / 1e6;
  return {code, data: own, parity, target, lost, isDefault, megabytes};
}

/** Drawing 96 MiB would take longer than the benchmark: a block of odd length is repeated. */
function randomBytes(length) {
  const block = new Random(SEED).bytes(Math.min(length, BLOCK_BYTES));
  return new Uint8Array(Buffer.alloc(length, block).buffer);
}

async function encodeContest({code, data, parity, target, megabytes, isDefault, ...peers}) {
  const contestants = [repeated(megabytes, () => code.encode(data, target))];
  const {isal, withSse, ronomon, rust} = peers;
  if (isal.load) {
    assertSame(await isal.load({matrix: code.matrix, shards: data}), parity, "ISA-L's parity");
    contestants.push(isal.contestant, ...(withSse ? isal.sseContestants : []));
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

async function decodeContest({code, data, parity, lost, megabytes, isal, withSse, ronomon}) {
  const shards = [...data, ...parity];
  const before = shards.map((shard) => Uint8Array.from(shard));
  const damaged = shards.map((shard, index) => (lost.includes(index) ? undefined : shard));
  assertSame(code.reconstruct(damaged), before, "our decode");
  const contestants = [repeated(megabytes, () => code.reconstruct(damaged))];
  if (isal.load) {
    const matrix = recoveryRows(code, lost);
    const present = before.filter((_, index) => !lost.includes(index));
    const wanted = lost.map((index) => before[index]);
    // Rows are for the first k survivors; with m shards lost, those are all there are.
    assertSame(await isal.load({matrix, shards: present}), wanted, "ISA-L's decode");
    contestants.push(isal.contestant, ...(withSse ? isal.sseContestants : []));
  }
  if (ronomon) {
    await assertRestores(ronomon, lost, code.parityShards);
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

async function assertRestores(ronomon, lost, parityShards) {
  const before = Buffer.from(ronomon.data);
  await ronomon.encode(1);
  const shardBytes = ronomon.parity.length / parityShards;
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
