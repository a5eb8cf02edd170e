// M/M/1 queues, many in one simulation so that more events are pending: the same model for every
// contestant. Times between arrivals and service times are drawn before, from one seed, so that
// only the handling of events is measured and all contestants must agree on the result.
import {Resource, Simulation} from "kernel-lib/sim";
import {Random} from "kernel-lib/random";

/** A power of two: the draws are used in a circle, each station from another place on. */
export const DRAWS = 1 << 16;
export const STRIDE = 37;
const SEED = 1953;
const MEAN_SERVICE_MS = 1;
const MEAN_ARRIVAL_MS = 1.25;

const random = new Random(SEED);
export const arrivals = draw(random.fork("arrivals"), MEAN_ARRIVAL_MS);
export const services = draw(random.fork("services"), MEAN_SERVICE_MS);

function draw(stream, mean) {
  return Float64Array.from({length: DRAWS}, () => stream.exponential({mean}));
}

/** A queue with one server; whoever drives it calls the four methods and keeps the time. */
export class Station {
  constructor(index) {
    this.nextArrival = index * STRIDE;
    this.nextService = index * STRIDE;
    this.busy = false;
    this.arrivedMs = [];
    this.head = 0;
    this.arrivals = 0;
    this.departures = 0;
    this.waitMs = 0;
  }

  untilArrivalMs() {
    return arrivals[this.nextArrival++ & (DRAWS - 1)];
  }

  serviceMs() {
    return services[this.nextService++ & (DRAWS - 1)];
  }

  /** @returns true if the customer is served at once */
  arrive(nowMs) {
    this.arrivals++;
    if (this.busy) {
      this.arrivedMs.push(nowMs);
      return false;
    }
    this.busy = true;
    return true;
  }

  /** @returns true if another customer's service begins */
  depart(nowMs) {
    this.departures++;
    if (this.head === this.arrivedMs.length) {
      this.busy = false;
      return false;
    }
    this.waitMs += nowMs - this.arrivedMs[this.head++];
    if (this.head > 32 && this.head * 2 > this.arrivedMs.length) {
      this.arrivedMs = this.arrivedMs.slice(this.head);
      this.head = 0;
    }
    return true;
  }
}

/** What a run came to: arrivals + departures, and the wait of all whose service began. */
export function result(stations) {
  let [events, waitMs] = [0, 0];
  for (const {arrivals, departures, waitMs: waited} of stations) {
    events += arrivals + departures;
    waitMs += waited;
  }
  return {events, waitMs};
}

export function makeStations(queues) {
  return Array.from({length: queues}, (_, index) => new Station(index));
}

/** Ours, with callbacks. */
export function runCallbacks({queues, untilMs}) {
  const simulation = new Simulation();
  const arrive = (station) => {
    if (station.arrive(simulation.nowMs)) {
      simulation.schedule({delayMs: station.serviceMs()}, depart, station);
    }
    simulation.schedule({delayMs: station.untilArrivalMs()}, arrive, station);
  };
  const depart = (station) => {
    if (station.depart(simulation.nowMs)) {
      simulation.schedule({delayMs: station.serviceMs()}, depart, station);
    }
  };
  const stations = makeStations(queues);
  for (const station of stations) {
    simulation.schedule({delayMs: station.untilArrivalMs()}, arrive, station);
  }
  simulation.run({untilMs, maxEvents: Number.MAX_SAFE_INTEGER});
  return result(stations);
}

/** Ours, with a process per customer and a resource per queue, as SimPy's own examples do it. */
export function runProcesses({queues, untilMs}) {
  const simulation = new Simulation();
  function* customer(station, server, serviceMs) {
    const arrivedMs = simulation.nowMs;
    const place = yield* server.request();
    try {
      station.waitMs += simulation.nowMs - arrivedMs;
      yield* simulation.timeout(serviceMs);
    } finally {
      place.release();
    }
    station.departures++;
  }
  function* source(station) {
    const server = new Resource(simulation, {capacity: 1});
    for (;;) {
      yield* simulation.timeout(station.untilArrivalMs());
      station.arrivals++;
      simulation.spawn(customer(station, server, station.serviceMs()));
    }
  }
  const stations = makeStations(queues);
  for (const station of stations) simulation.spawn(source(station));
  simulation.run({untilMs, maxEvents: Number.MAX_SAFE_INTEGER});
  return result(stations);
}
