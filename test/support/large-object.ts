import {closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {crc32c} from "kernel-lib/bytes";
import {ReedSolomon} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {S3} from "kernel-lib/services/s3";
import type {ErasureCode, GetResult, PutResult, ShardStore} from "kernel-lib/services/s3";
import {Simulation} from "kernel-lib/sim";
import type {Steps} from "kernel-lib/sim";
import {runToEnd} from "./simulated.js";

const PIECE_BYTES = 2 ** 20;

/** One file per node, shards one after another: the bytes are on the disk and not in memory. */
class FileShardStore implements ShardStore {
  private readonly file: number;
  private readonly places = new Map<string, {at: number; length: number}>();
  private end = 0;

  constructor(path: string) {
    this.file = openSync(path, "w+");
  }

  put(id: string, bytes: Uint8Array): void {
    writeSync(this.file, bytes, 0, bytes.length, this.end);
    this.places.set(id, {at: this.end, length: bytes.length});
    this.end += bytes.length;
  }

  get(id: string): Uint8Array | undefined {
    const place = this.places.get(id);
    if (place === undefined) return undefined;
    const bytes = new Uint8Array(place.length);
    readSync(this.file, bytes, 0, place.length, place.at);
    return bytes;
  }

  delete(id: string): void {
    this.places.delete(id);
  }

  close(): void {
    closeSync(this.file);
  }
}

export interface LargeObjectResult {
  put: PutResult;
  got: GetResult;
  /** Of what was sent, and of what came back. */
  crcs: [sent: number, got: number];
  /** Most heap and array buffers seen above the start, in bytes. */
  peakBytes: number;
}

/** Stores an object, crashes two nodes and reads it back, in stripes, with shards in files. */
export function storeAndReadBack(sizeBytes: number): LargeObjectResult {
  const folder = mkdtempSync(join(tmpdir(), "large-object-"));
  const stores: FileShardStore[] = [];
  const simulation = new Simulation();
  const code: ErasureCode = new ReedSolomon({dataShards: 6, parityShards: 2});
  const s3 = new S3(simulation, {
    ...{code, random: new Random(1), zones: 4, nodesPerZone: 2, repair: {delayMs: 1e12}},
    store: (name) => {
      const store = new FileShardStore(join(folder, name));
      stores.push(store);
      return store;
    },
  });
  const memory = watchMemory();
  const crcs: [number, number] = [0, 0];
  function* pieces(): Generator<Uint8Array> {
    const pattern = new Random(2).bytes(PIECE_BYTES);
    for (let sent = 0; sent < sizeBytes; sent += PIECE_BYTES) {
      // No two pieces alike.
      const piece = pattern.slice();
      new DataView(piece.buffer).setFloat64(0, sent);
      crcs[0] = crc32c(piece, crcs[0]);
      memory.look();
      yield piece;
    }
  }
  function* client(): Steps<[PutResult, GetResult]> {
    const put = yield* s3.put({key: "large", body: pieces()});
    s3.fleet.crash("a1");
    s3.fleet.crash("c2");
    const onBytes = (bytes: Uint8Array): void => {
      crcs[1] = crc32c(bytes, crcs[1]);
      memory.look();
    };
    return [put, yield* s3.get({key: "large", onBytes})];
  }
  try {
    const [put, got] = runToEnd(simulation, client());
    return {put, got, crcs, peakBytes: memory.peak()};
  } finally {
    for (const store of stores) store.close();
    rmSync(folder, {recursive: true, force: true});
  }
}

function watchMemory(): {look: () => void; peak: () => number} {
  const used = (): number => {
    const {heapUsed, arrayBuffers} = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const start = used();
  let most = start;
  return {look: () => (most = Math.max(most, used())), peak: () => most - start};
}
