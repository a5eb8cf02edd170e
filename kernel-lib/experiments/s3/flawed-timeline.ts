/**
 * Flawed timeline: a stripe is written, disks and a zone fail and come back, it is read in between.
 * One line of it is wrong: a count of shards at hand, or what a GET answered.
 *
 * An exercise in reading. Which line is wrong is not returned; whoever marks the exercise counts
 * again. Lines stand on their own: each count and each answer is about the true state.
 *
 * Fidelity: simplified; who waits for whom, and for how long, is left out.
 */
import {placeRoundRobin} from "../../erasure/index.js";
import {Random} from "../../random/index.js";
import type {Code} from "./stripe.js";

export interface FlawedTimelineOptions {
  /** At least two parity shards, so that two dead disks are no end. */
  code: Code;
  /** Zones that shards are dealt to in turn, a whole number >= 2. */
  zones: number;
  /** Decides what fails and which line is wrong. */
  seed: number;
}

export interface FlawedTimelineRow {
  /** Counted from 1. */
  line: number;
  /** As in "disk 3 dies", "zone 2 goes dark", "GET"; disk i holds shard i. */
  event: string;
  /** Shards that can be read after the event; `undefined` for a GET. */
  atHand: number | undefined;
  /** Of a GET: "read", no decoding needed; "decoded"; or "refused". Else empty. */
  answer: string;
}

/**
 * Eleven lines in the life of a stripe, one of them wrong.
 *
 * @throws RangeError if there are fewer than two parity shards or two zones
 *
 * @example
 * import {flawedTimeline} from "kernel-lib/experiments/s3";
 * const code = {dataShards: 6, parityShards: 3};
 * const [first, second] = flawedTimeline({code, zones: 3, seed: 3});
 * first!.event // => 'PUT, all shards written'
 * first!.atHand // => 9
 */
export function flawedTimeline({code, zones, seed}: FlawedTimelineOptions): FlawedTimelineRow[] {
  if (!(code.parityShards >= 2 && zones >= 2)) {
    throw new RangeError(
      "Cannot tell this story: need two parity shards and two zones, " +
        `got ${code.parityShards} and ${zones}`,
    );
  }
  const random = new Random(seed);
  const rows = trueTimeline(code, zones, random);
  const wrong = random.choice(rows.slice(2));
  return rows.map((row) => (row === wrong ? spoil(row, random) : row));
}

function trueTimeline(code: Code, zones: number, random: Random): FlawedTimelineRow[] {
  const shards = code.dataShards + code.parityShards;
  const placement = placeRoundRobin({shards, zones});
  const [first, second] = random.shuffle(placement.map((_, shard) => shard)) as [number, number];
  const dead = new Set<number>();
  let dark: number | undefined;
  const rows: FlawedTimelineRow[] = [];
  const shardsAtHand = (): number[] =>
    placement.flatMap((at, shard) => (dead.has(shard) || at === dark ? [] : [shard]));
  const say = (event: string): void => {
    rows.push({line: rows.length + 1, event, atHand: shardsAtHand().length, answer: ""});
  };
  const get = (): void => {
    const present = shardsAtHand();
    const data = present.filter((shard) => shard < code.dataShards);
    const answer =
      present.length < code.dataShards
        ? "refused"
        : data.length < code.dataShards
          ? "decoded"
          : "read";
    rows.push({line: rows.length + 1, event: "GET", atHand: undefined, answer});
  };
  // Half of the time the zone that goes dark is the one where a disk died: it must not count twice.
  const zone = random.choice([placement[first]!, random.integer({min: 0, max: zones - 1})]);
  say("PUT, all shards written");
  dead.add(first);
  say(`disk ${first + 1} dies`);
  get();
  dark = zone;
  say(`zone ${zone + 1} goes dark`);
  get();
  dead.add(second);
  say(`disk ${second + 1} dies`);
  get();
  dark = undefined;
  say(`zone ${zone + 1} is back`);
  get();
  dead.delete(first);
  say(`disk ${first + 1} is replaced and rebuilt`);
  get();
  return rows;
}

const OTHER_ANSWERS: Readonly<Record<string, readonly string[]>> = {
  read: ["decoded"],
  decoded: ["read", "refused"],
  refused: ["decoded"],
};

function spoil(row: FlawedTimelineRow, random: Random): FlawedTimelineRow {
  if (row.atHand === undefined) {
    return {...row, answer: random.choice(OTHER_ANSWERS[row.answer]!)};
  }
  return {...row, atHand: row.atHand + random.choice([-1, 1])};
}
