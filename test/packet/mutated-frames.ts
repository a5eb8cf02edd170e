/** The fuzz of the decoders, shared by the quick lane and the campaign. */
import {CorruptionError} from "kernel-lib/bytes";
import {decodeFrame, FrameView, readPcap, verifyChecksums, writePcap} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {GOLDEN_FRAMES} from "./packet-vectors.js";
import {KINDS, randomFrame} from "./random-frames.js";

export interface FuzzResult {
  readonly frames: number;
  readonly decoded: number;
  readonly rejected: number;
  /** The frame, in hexadecimal, and what was thrown that is no CorruptionError. */
  readonly failures: readonly string[];
}

/**
 * Decodes mutated frames: bits flipped, bytes replaced, cut short, spliced with others, lengths set
 * to extremes. Whatever happens, nothing but a CorruptionError with an offset inside may be thrown.
 */
export function fuzzFrames({seed, count}: {seed: number; count: number}): FuzzResult {
  const random = new Random(seed);
  const corpus = [
    ...Object.values(GOLDEN_FRAMES),
    ...KINDS.flatMap((kind) => Array.from({length: 12}, () => randomFrame(random, kind))),
  ];
  const longest = Math.max(...corpus.map((frame) => frame.length));
  const scratch = new Uint8Array(2 * longest);
  const view = new FrameView();
  const failures: string[] = [];
  let decoded = 0;
  let rejected = 0;
  for (let index = 0; index < count; index++) {
    const frame = mutate(random, corpus, scratch);
    // Each fourth one through the other doors too; all go through decodeFrame.
    const doors: ((bytes: Uint8Array) => unknown)[] = [decodeFrame];
    if (index % 4 === 0) {
      doors.push(verifyChecksums, (bytes) => view.read(bytes), readPcapOf);
    }
    doors.forEach((door, which) => {
      try {
        door(frame);
        if (which === 0) decoded++;
      } catch (error) {
        if (which === 0) rejected++;
        const fine =
          error instanceof CorruptionError &&
          Number.isInteger(error.offset) &&
          error.offset >= 0 &&
          (which === 3 || error.offset <= frame.length);
        if (!fine) failures.push(`${Buffer.from(frame).toString("hex")}: ${String(error)}`);
      }
    });
    if (failures.length > 9) break;
  }
  return {frames: decoded + rejected, decoded, rejected, failures};
}

/** A capture file of one packet, some of whose header's bytes are the frame's. */
function readPcapOf(frame: Uint8Array): void {
  const file = writePcap([{timeMs: 0, bytes: frame}]);
  const start = 4 + (frame.length % 34);
  file.set(frame.subarray(0, Math.min(4, file.length - start)), start);
  readPcap(file);
}

/** @returns a view into `scratch` */
function mutate(random: Random, corpus: readonly Uint8Array[], scratch: Uint8Array): Uint8Array {
  const original = random.choice(corpus);
  scratch.set(original);
  let length = original.length;
  const place = (): number => random.integer({min: 0, max: length - 1});
  for (let changes = random.integer({min: 1, max: 4}); changes > 0 && length > 0; changes--) {
    switch (random.integer({min: 0, max: 5})) {
      case 0:
        scratch[place()]! ^= 1 << random.integer({min: 0, max: 7});
        break;
      case 1:
        scratch[place()] = random.integer({min: 0, max: 255});
        break;
      case 2:
        scratch[place()] = random.choice([0, 1, 4, 127, 128, 255]);
        break;
      case 3:
        length = random.integer({min: 0, max: length});
        break;
      case 4: {
        const other = random.choice(corpus);
        const at = place();
        const piece = other.subarray(0, Math.min(other.length, scratch.length - at));
        scratch.set(piece, at);
        length = Math.max(length, at + piece.length);
        break;
      }
      default: {
        // A length, a port, a type: 16 bits at once.
        const at = Math.max(0, place() - 1);
        scratch[at] = random.choice([0, 0, 0x12, 0x17, 0xff]);
        scratch[at + 1] = random.choice([0, 7, 8, 0xb5, 0xc1, 0xff]);
      }
    }
  }
  return scratch.subarray(0, length);
}
