// The peer @ronomon/reed-solomon, a native addon. Its matrix and its field (GF(2^4) up to k = 14)
// are its own, so its parity differs from ours: it is checked by decoding what it encoded.
import {createRequire} from "node:module";

const require = createRequire(import.meta.url);
const PACKAGE = "@ronomon/reed-solomon";

/** @returns the peer, or {missing} with the reason */
export function openRonomon() {
  try {
    const codec = require(PACKAGE);
    const {version} = require(`${PACKAGE}/package.json`);
    return {label: `${PACKAGE} ${version}`, stripe: (data, size) => new Stripe(codec, data, size)};
  } catch (error) {
    console.error(`${PACKAGE} cannot be loaded: ${error.message.split("\n")[0]}`);
    return {
      missing: `${PACKAGE} left out (npm ci in test/peers needs make, a compiler and Python)`,
    };
  }
}

/** One stripe in the two buffers that the package works on, data and parity. */
class Stripe {
  constructor(codec, data, {dataShards, parityShards}) {
    this.codec = codec;
    this.context = codec.create(dataShards, parityShards);
    this.data = Buffer.concat(data);
    this.parity = Buffer.alloc(data[0].length * parityShards);
    this.allFlags = 2 ** (dataShards + parityShards) - 1;
    this.dataFlags = 2 ** dataShards - 1;
  }

  encode(calls) {
    return this.repeat(calls, this.dataFlags, this.allFlags - this.dataFlags);
  }

  /** Restores the lost data shards, given by index, in place. */
  decode(calls, lost) {
    const targets = lost.reduce((flags, index) => flags + 2 ** index, 0);
    return this.repeat(calls, this.allFlags - targets, targets);
  }

  /** One call after the other, as in the package's own benchmark; work is done off this thread. */
  repeat(calls, sources, targets) {
    const {codec, context, data, parity} = this;
    return new Promise((resolve, reject) => {
      let left = calls;
      next();
      function next(error) {
        if (error) reject(error);
        else if (left-- === 0) resolve();
        else {
          const {encode} = codec;
          encode(context, sources, targets, data, 0, data.length, parity, 0, parity.length, next);
        }
      }
    });
  }
}
