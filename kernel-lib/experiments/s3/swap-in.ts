/**
 * Swap-in: a code of the reader's own in the object store, in place of ours.
 *
 * An object of many stripes is stored, nodes crash, and the object is read. There are no spare nodes,
 * so that each crash takes a shard of every stripe, and of each another one. What comes back is
 * compared byte for byte.
 *
 * Fidelity: the store is the teaching model of `services/s3`.
 */
import {ReedSolomon} from "../../erasure/index.js";
import {Random} from "../../random/index.js";
import {S3} from "../../services/s3/index.js";
import type {ErasureCode, GetResult} from "../../services/s3/index.js";
import {Simulation} from "../../sim/index.js";
import type {Steps} from "../../sim/index.js";

const ZONES = 3;

/** What the reader writes; cutting an object into shards and joining them is done for them. */
export type OwnCode = Pick<ErasureCode, "dataShards" | "parityShards" | "encode" | "reconstruct">;

export interface SwapInOptions {
  code: OwnCode;
  /** How many stripes the object has, a whole number >= 1. */
  stripes: number;
  /** Bytes of the object in one stripe, a whole number >= 1. */
  stripeBytes: number;
  /** How many nodes crash before the object is read, a whole number >= 0. */
  nodesDown: number;
  /** Decides the object, where shards lie and which nodes crash. */
  seed: number;
}

/** What the GET gave. */
export interface SwapInRow {
  stripes: number;
  nodesDown: number;
  /** 200 if the object came back; 503 if too few shards could be had. */
  status: number;
  /** Stripes that were restored through parity. */
  decodedStripes: number;
  /** Bytes of the object that are missing or not what was stored. */
  bytesThatDiffer: number;
}

/**
 * Stores an object with the given code, crashes nodes, and reads it again.
 *
 * @throws whatever the code throws, unless it is a RangeError: that means "these shards do not suffice"
 *
 * @example
 * import {ReedSolomon} from "kernel-lib/erasure";
 * import {swapIn} from "kernel-lib/experiments/s3";
 * const code = new ReedSolomon({dataShards: 4, parityShards: 2});
 * const row = swapIn({code, stripes: 5, stripeBytes: 32, nodesDown: 2, seed: 3});
 * [row.status, row.bytesThatDiffer] // => [ 200, 0 ]
 */
export function swapIn({code, stripes, stripeBytes, nodesDown, seed}: SwapInOptions): SwapInRow {
  const random = new Random(seed);
  const object = random.fork("object").bytes(stripes * stripeBytes);
  const simulation = new Simulation();
  const nodesPerZone = Math.ceil((code.dataShards + code.parityShards) / ZONES);
  const store = {code: withCutting(code), stripeBytes, zones: ZONES, nodesPerZone};
  const s3 = new S3(simulation, {...store, random: random.fork("store")});
  const crashing = random.fork("crashes").shuffle(s3.fleet.nodes).slice(0, nodesDown);
  function* client(): Steps<GetResult> {
    yield* s3.put({key: "object", body: object});
    for (const {name} of crashing) s3.fleet.crash(name);
    return yield* s3.get({key: "object"});
  }
  const asking = simulation.spawn(client());
  simulation.run();
  const {status, decodedStripes, body} = asking.value!;
  const bytesThatDiffer = object.filter((byte, at) => body?.[at] !== byte).length;
  return {stripes, nodesDown, status, decodedStripes, bytesThatDiffer};
}

/** Calls the methods on the code that was given, so that a class may be one, too. */
function withCutting(code: OwnCode): ErasureCode {
  const {dataShards, parityShards} = code;
  const cutter = new ReedSolomon({dataShards, parityShards});
  return {
    ...{dataShards, parityShards},
    encode: (data) => code.encode(data),
    reconstruct: (shards) => code.reconstruct(shards),
    split: (bytes) => cutter.split(bytes),
    join: (shards, lengthBytes) => cutter.join(shards, lengthBytes),
  };
}
