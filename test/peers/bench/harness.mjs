// Times contestants against each other: rounds in turn (A B C A B C …), so that a slow spell of a
// shared machine hits all of them, and ratios round by round, so that it cancels. Time is the
// processor's (of all threads of a process, collector and compiler included) and not the wall's:
// where others want the same processors, the wall's clock measures them.
//
// A contestant is {name, round(milliseconds)}; a round works for at least that long and returns
// its rate, as a number or a promise of one. All rates of one comparison have the same unit.

export const ROUNDS = 5;
export const ROUND_MS = 100;

/**
 * A contestant that runs in this process.
 *
 * @param work how much one call does, in the unit of the table (for example MB of data)
 * @param runCalls does that many calls; may return a promise
 */
export function inProcess({name, work, runCalls}) {
  let calls = 1;
  return {
    name,
    async round(milliseconds) {
      // The first, discarded round finds how many calls fill the time: the clock is then read
      // twice a round, and calls of a microsecond are not billed for it.
      for (;;) {
        const start = process.cpuUsage();
        await runCalls(calls);
        const {user, system} = process.cpuUsage(start);
        // At least a microsecond, which is what the clock resolves.
        const elapsed = Math.max(1, user + system) / 1000;
        if (elapsed >= milliseconds) return (1000 * work * calls) / elapsed;
        calls = Math.ceil(calls * Math.min(10, (1.1 * milliseconds) / elapsed));
      }
    },
  };
}

/**
 * Runs all contestants in turn and compares the first with each of the others.
 *
 * @returns name → rate {median, min, max}, and ratio {median, min, max} of the first to this one
 */
export async function compare(contestants) {
  const rates = new Map(contestants.map(({name}) => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const contestant of contestants) {
      const rate = await contestant.round(ROUND_MS);
      // Round -1 warms up caches and compilers and is not counted.
      if (round >= 0) rates.get(contestant.name).push(rate);
    }
  }
  const ours = rates.get(contestants[0].name);
  return new Map(
    [...rates].map(([name, theirs]) => [
      name,
      {rate: summary(theirs), ratio: summary(theirs.map((rate, round) => ours[round] / rate))},
    ]),
  );
}

function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return {median, min: sorted[0], max: sorted.at(-1)};
}
