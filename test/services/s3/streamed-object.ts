/** Stores a large object and reads it back through two crashed nodes, piece by piece. */
import {mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {crc32c} from "kernel-lib/bytes";
import {ReedSolomon} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {S3} from "kernel-lib/services/s3";
import type {GetResult, PutResult, ShardStore} from "kernel-lib/services/s3";
import {Simulation} from "kernel-lib/sim";
import type {Steps} from "kernel-lib/sim";
import {runToEnd} from "../../support/simulated.js";

const MIB = 2 ** 20;

export interface Streamed {
  put: PutResult;
  got: GetResult;
  sentCrc: number;
  receivedCrc: number;
  receivedBytes: number;
  /** Largest growth of the process, from the start of the PUT to the end of the GET. */
  grownBytes: number;
}

/**
 * @param folder for the shards: with them in memory, memory could not be flat
 * @param mebibytes size of the object
 */
export function streamObject(folder: string, mebibytes: number): Streamed {
  const simulation = new Simulation();
  const code = new ReedSolomon({dataShards: 6, parityShards: 2});
  const store = (node: string): ShardStore => new FolderShardStore(join(folder, node));
  const s3 = new S3(simulation, {code, random: new Random(3), store, stripeBytes: 6 * MIB});
  const startBytes = process.memoryUsage().rss;
  let [sentCrc, receivedCrc, receivedBytes, grownBytes] = [0, 0, 0, 0];
  const look = (): void => {
    grownBytes = Math.max(grownBytes, process.memoryUsage().rss - startBytes);
  };
  function* body(): Generator<Uint8Array> {
    const block = new Random(5).bytes(MIB);
    const counter = new DataView(block.buffer);
    for (let piece = 0; piece < mebibytes; piece++) {
      counter.setUint32(0, piece);
      sentCrc = crc32c(block, sentCrc);
      look();
      yield block;
    }
  }
  const onBytes = (bytes: Uint8Array): void => {
    if (receivedBytes === 0) {
      // Two nodes die while the object is being read.
      s3.fleet.crash("a1");
      s3.fleet.crash("b2");
    }
    receivedCrc = crc32c(bytes, receivedCrc);
    receivedBytes += bytes.length;
    look();
  };
  function* client(): Steps<[PutResult, GetResult]> {
    const put = yield* s3.put({key: "large", body: body()});
    return [put, yield* s3.get({key: "large", onBytes})];
  }
  const [put, got] = runToEnd(simulation, client());
  return {put, got, sentCrc, receivedCrc, receivedBytes, grownBytes};
}

/** A node's shards as files. */
class FolderShardStore implements ShardStore {
  private readonly folder: string;

  constructor(folder: string) {
    mkdirSync(folder, {recursive: true});
    this.folder = folder;
  }

  put(id: string, bytes: Uint8Array): void {
    writeFileSync(this.path(id), bytes);
  }

  get(id: string): Uint8Array | undefined {
    try {
      return new Uint8Array(readFileSync(this.path(id)));
    } catch {
      return undefined;
    }
  }

  delete(id: string): void {
    rmSync(this.path(id), {force: true});
  }

  private path(id: string): string {
    return join(this.folder, encodeURIComponent(id));
  }
}
