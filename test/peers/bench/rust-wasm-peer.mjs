// The peer @digitaldefiance/reed-solomon-erasure.wasm: Rust's reed-solomon-erasure, compiled to
// WebAssembly without vectors. Same field and default matrix as ours: parity is compared. Only its
// encode is timed: version 1.0.2 restores one stripe per instance of its module, and then answers
// 10, too few shards. test/erasure/npm-peer.test.ts has it decode, with a new instance each time.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";

const PACKAGE = "@digitaldefiance/reed-solomon-erasure.wasm";

/** @returns a new instance of the package's module. @throws if the package is not installed */
export function makeCodec() {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve(PACKAGE));
  const {ReedSolomonErasure} = require(PACKAGE);
  return ReedSolomonErasure.fromBytes(readFileSync(join(folder, "reed_solomon_erasure_bg.wasm")));
}

/** @returns the peer, or {missing} with the reason */
export function openRustWasm() {
  try {
    const codec = makeCodec();
    const {version} = createRequire(import.meta.url)(`../node_modules/${PACKAGE}/package.json`);
    return {
      label: `${PACKAGE} ${version}`,
      stripe: (shards, size) => new Stripe(codec, shards, size),
    };
  } catch (error) {
    console.error(`${PACKAGE} cannot be loaded: ${error.message.split("\n")[0]}`);
    return {missing: `${PACKAGE} left out (npm ci in test/peers)`};
  }
}

/** All shards of one stripe in one array, which the package copies in and out. */
class Stripe {
  constructor(codec, data, {dataShards, parityShards}) {
    this.codec = codec;
    this.size = [dataShards, parityShards];
    this.shardBytes = data[0].length;
    this.bytes = new Uint8Array(this.shardBytes * (dataShards + parityShards));
    data.forEach((shard, index) => this.bytes.set(shard, index * this.shardBytes));
  }

  shard(index) {
    return this.bytes.subarray(index * this.shardBytes, (index + 1) * this.shardBytes);
  }

  encode(calls) {
    for (let i = 0; i < calls; i++) check(this.codec.encode(this.bytes, ...this.size));
  }
}

function check(code) {
  if (code !== 0) throw new Error(`${PACKAGE}: result ${code}`);
}
