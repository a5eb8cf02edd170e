import fc from "fast-check";
import {TokenBucket} from "kernel-lib/sim";
import {describe, expect, it} from "vitest";

/** Whole tokens × 1000, refilled millisecond by millisecond: slow, obvious and exact. */
class SlowBucket {
  thousandths: number;
  nowMs = 0;
  constructor(
    readonly ratePerSecond: number,
    readonly burst: number,
  ) {
    this.thousandths = 1000 * burst;
  }

  tryTake(tokens: number, nowMs: number): boolean {
    for (; this.nowMs < nowMs; this.nowMs++) {
      this.thousandths = Math.min(1000 * this.burst, this.thousandths + this.ratePerSecond);
    }
    if (this.thousandths < 1000 * tokens) return false;
    this.thousandths -= 1000 * tokens;
    return true;
  }
}

const calls = fc.array(fc.record({afterMs: fc.nat(400), tokens: fc.nat(12)}), {maxLength: 80});
const rate = fc.integer({min: 0, max: 5000});
const burst = fc.integer({min: 1, max: 20});

describe("TokenBucket", () => {
  it("TokenBucket.tryTake() decides as a bucket that is refilled every millisecond", () => {
    fc.assert(
      fc.property(calls, rate, burst, (list, ratePerSecond, size) => {
        const bucket = new TokenBucket({ratePerSecond, burst: size});
        const slow = new SlowBucket(ratePerSecond, size);
        let nowMs = 0;
        for (const {afterMs, tokens} of list) {
          nowMs += afterMs;
          expect(bucket.tryTake(tokens, nowMs)).toBe(slow.tryTake(tokens, nowMs));
          expect(bucket.available(nowMs)).toBe(slow.thousandths / 1000);
        }
      }),
    );
  });

  it("TokenBucket.waitMs() is the shortest wait after which tryTake() succeeds", () => {
    const fraction = fc.double({min: 0.001, max: 1e4, noNaN: true});
    fc.assert(
      fc.property(
        fraction,
        fraction,
        fraction,
        fc.double({min: 0, max: 1, noNaN: true}),
        (r, b, t, part) => {
          const make = (): TokenBucket =>
            new TokenBucket({ratePerSecond: r, burst: b, tokens: 0, nowMs: t});
          const tokens = b * part;
          const waitMs = make().waitMs(tokens, t);
          expect(make().tryTake(tokens, t + waitMs)).toBe(true);
          const shorterMs = t + waitMs * (1 - 1e-9) - t * 1e-12;
          if (shorterMs > t) expect(make().tryTake(tokens, shorterMs)).toBe(false);
        },
      ),
    );
  });

  it("TokenBucket does not drift: a million small takes admit what rate and burst allow", () => {
    const bucket = new TokenBucket({ratePerSecond: 300, burst: 7});
    let admitted = 0;
    for (let tick = 0; tick < 1_000_000; tick++) if (bucket.tryTake(1, tick)) admitted++;
    // 7 at once, and 300 for each second that passed: 999.999 s.
    expect(admitted).toBe(7 + Math.floor(300 * 999.999));
  });

  it("TokenBucket says Infinity where waiting is in vain", () => {
    const bucket = new TokenBucket({ratePerSecond: 0, burst: 2});
    expect(bucket.tryTake(2, 0)).toBe(true);
    expect(bucket.waitMs(1, 0)).toBe(Infinity);
    expect(new TokenBucket({ratePerSecond: 1, burst: 2}).waitMs(3, 0)).toBe(Infinity);
    expect(new TokenBucket({ratePerSecond: 1, burst: 2}).tryTake(3, 1e9)).toBe(false);
  });

  it("TokenBucket refuses options and times outside their range", () => {
    const good = {ratePerSecond: 1, burst: 1};
    for (const bad of [{ratePerSecond: -1}, {burst: 0}, {tokens: 2}, {nowMs: Number.NaN}]) {
      expect(() => new TokenBucket({...good, ...bad})).toThrow(RangeError);
    }
    const bucket = new TokenBucket(good);
    bucket.tryTake(0, 10);
    expect(() => bucket.tryTake(0, 9)).toThrow(RangeError);
    expect(() => bucket.tryTake(-1, 10)).toThrow(RangeError);
    expect(() => bucket.available(Number.NaN)).toThrow(RangeError);
  });
});
