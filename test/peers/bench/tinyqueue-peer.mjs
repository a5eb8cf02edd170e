// The peer tinyqueue, a binary heap of objects, in the event loop that one would write by hand.
import {createRequire} from "node:module";
import {makeStations, result} from "./sim-models.mjs";

const PACKAGE = "tinyqueue";

/** @returns the peer, or {missing} with the reason */
export async function openTinyqueue() {
  try {
    const {default: TinyQueue} = await import(PACKAGE);
    const {version} = createRequire(import.meta.url)(`./../node_modules/${PACKAGE}/package.json`);
    return {label: `${PACKAGE} ${version}`, run: (options) => run(TinyQueue, options)};
  } catch (error) {
    console.error(`${PACKAGE} cannot be loaded: ${error.message.split("\n")[0]}`);
    return {missing: `${PACKAGE} left out (npm ci in test/peers)`};
  }
}

/** At its best: no order among equal times, no cancelling, one object an event. */
function run(TinyQueue, {queues, untilMs}) {
  const stations = makeStations(queues);
  const first = stations.map((station) => arrival(station.untilArrivalMs(), station));
  const queue = new TinyQueue(first, (a, b) => a.timeMs - b.timeMs);
  for (;;) {
    const {timeMs, arrives, station} = queue.pop();
    if (timeMs > untilMs) return result(stations);
    const begins = arrives ? station.arrive(timeMs) : station.depart(timeMs);
    if (begins) queue.push({timeMs: timeMs + station.serviceMs(), arrives: false, station});
    if (arrives) queue.push(arrival(timeMs + station.untilArrivalMs(), station));
  }
}

function arrival(timeMs, station) {
  return {timeMs, arrives: true, station};
}
