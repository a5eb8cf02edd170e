import type {Random} from "../random/index.js";

/** Milliseconds, or how to draw them: `(random) => random.lognormal({median: 2, sigma: 0.4})`. */
export type DelayMs = number | ((random: Random) => number);

/** How one direction between two nodes behaves. */
export interface LinkConditions {
  /** One-way delay, in [0, ∞). */
  delayMs: DelayMs;
  /** P(a message is lost), in [0, 1]. Default 0. */
  lossProbability?: number;
  /** P(a message that is not lost arrives twice), in [0, 1]. Default 0. */
  duplicateProbability?: number;
  /**
   * True: messages of a link arrive in the order of sending, as over one TCP connection; one that
   * drew a shorter delay waits for those before it. Default false: each on its own, as with UDP.
   */
  fifo?: boolean;
}

/** Fills in the defaults. @throws RangeError if a condition is outside its range */
export function linkConditions(conditions: LinkConditions): Required<LinkConditions> {
  const {delayMs, lossProbability = 0, duplicateProbability = 0, fifo = false} = conditions;
  for (const probability of [lossProbability, duplicateProbability]) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new RangeError(`Cannot link: need a probability in [0, 1], got ${probability}`);
    }
  }
  if (typeof delayMs !== "function") checkDelay(delayMs);
  return {delayMs, lossProbability, duplicateProbability, fifo};
}

/** One direction between two nodes, with its own chance. */
export class Link {
  conditions: Required<LinkConditions>;
  private readonly lossRandom: Random;
  private readonly duplicateRandom: Random;
  private readonly delayRandom: Random;
  /** When the last message arrives: no later one may be earlier on a FIFO link. */
  private lastArrivalMs = 0;

  constructor(random: Random, conditions: Required<LinkConditions>) {
    this.conditions = conditions;
    this.lossRandom = random.fork("loss");
    this.duplicateRandom = random.fork("duplicate");
    this.delayRandom = random.fork("delay");
  }

  // Drawn also where the probability is 0: with another one, all other messages fare the same.
  loses(): boolean {
    return this.lossRandom.float() < this.conditions.lossProbability;
  }

  duplicates(): boolean {
    return this.duplicateRandom.float() < this.conditions.duplicateProbability;
  }

  /** Draws the delay of a message that is sent now, in milliseconds. */
  delay(nowMs: number): number {
    const {delayMs, fifo} = this.conditions;
    const drawn = typeof delayMs === "function" ? delayMs(this.delayRandom) : delayMs;
    checkDelay(drawn);
    if (!fifo) return drawn;
    let orderedMs = Math.max(drawn, this.lastArrivalMs - nowMs);
    // The difference rounds: a last digit less, and this message would overtake.
    while (nowMs + orderedMs < this.lastArrivalMs) orderedMs += this.lastArrivalMs * 2 ** -52;
    this.lastArrivalMs = nowMs + orderedMs;
    return orderedMs;
  }
}

function checkDelay(delayMs: number): void {
  if (!(delayMs >= 0 && delayMs < Infinity)) {
    throw new RangeError(`Cannot link: need a delay in [0, ∞) ms, got ${delayMs}`);
  }
}
