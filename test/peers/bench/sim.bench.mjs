// M/M/1 queues, by how many events are pending, against SimPy and a loop on tinyqueue.
import assert from "node:assert/strict";
import {compare, inProcess} from "./harness.mjs";
import {arrivals, runCallbacks, runProcesses, services, STRIDE} from "./sim-models.mjs";
import {openSimpy} from "./simpy-peer.mjs";
import {openTinyqueue} from "./tinyqueue-peer.mjs";

/** The goals, ours ÷ peer. They hold where few events are pending; other rows show growth. */
const CALLBACK_GOALS = {tinyqueue: 1.3, SimPy: 50};
const PROCESS_GOALS = {SimPy: 20};
/** Simulated time falls as queues rise, so that a run of SimPy takes seconds and not minutes. */
const SIZES = [
  {label: "10 pending", queues: 6, untilMs: 3000},
  {label: "10^3 pending", queues: 600, untilMs: 40},
  {label: "10^5 pending", queues: 60_000, untilMs: 1},
];

export const title = "M/M/1 queues, events per second";
export const unit =
  "Rates in model events a second of processor time: an arrival or a departure is one event, " +
  "however many steps a simulator needs for it. Load 0.8; more pending events come from more queues " +
  "in one run, 6, 600 and 60,000. A run includes making the model. One thread each.";
export const notes = [
  "Times between arrivals and service times are drawn before the clock starts, the same for all; " +
    "all contestants are asserted to agree on the number of events and the sum of waits.",
  "Ours, callbacks: schedule() with its checks, order among equal times and a handle to cancel. " +
    "tinyqueue: a hand-written loop without any of these.",
  "How near to 1.3 depends on the process: V8 compiles tinyqueue's loop, all in one function, in one " +
    "of two ways, and ours, called back from a loop, in several. In a process of its own we reach " +
    "1.2 to 1.4. What is left is the call back and a walk along half of the pending events.",
  "Ours, processes, and SimPy: a process per customer, a resource per queue.",
  "Goals are for 10 pending events; one M/M/1 queue alone has two at most. Other rows show growth: " +
    "at 10^5, half of the time of our processes is the collector's (by perf), which copies each " +
    "customer's generator, process and request.",
];

export async function run() {
  const simpy = await openSimpy({arrivals, services, stride: STRIDE});
  const tinyqueue = await openTinyqueue();
  const [callbacks, processes] = [[], []];
  try {
    for (const size of SIZES) {
      const first = size === SIZES[0];
      const expected = runCallbacks(size);
      assertAgree(runProcesses(size), expected, "our processes");
      const peers = [];
      if (tinyqueue.run) {
        assertAgree(tinyqueue.run(size), expected, "tinyqueue's loop");
        peers.push(contestant("tinyqueue", expected, () => tinyqueue.run(size)));
      }
      if (simpy.load) assertAgree(await simpy.load(size), expected, "SimPy");
      const python = simpy.load ? [simpy.contestant] : [];
      callbacks.push({
        label: size.label,
        results: await compare([
          contestant("ours", expected, () => runCallbacks(size)),
          ...[...peers, ...python],
        ]),
        goals: first ? CALLBACK_GOALS : {},
      });
      processes.push({
        label: size.label,
        results: await compare([contestant("ours", expected, () => runProcesses(size)), ...python]),
        goals: first ? PROCESS_GOALS : {},
      });
    }
  } finally {
    simpy.close?.();
  }
  return {
    peers: [simpy, tinyqueue].map(({label, missing}) => label ?? missing),
    tables: [
      {title: "Callbacks", rows: callbacks},
      {title: "Processes", rows: processes},
    ],
  };
}

function contestant(name, {events}, call) {
  const runCalls = (calls) => {
    for (let i = 0; i < calls; i++) call();
  };
  return inProcess({name, work: events, runCalls});
}

function assertAgree(actual, expected, who) {
  assert.equal(actual.events, expected.events, `${who}: another number of events`);
  const off = Math.abs(actual.waitMs / expected.waitMs - 1);
  assert.ok(off < 1e-9, `${who}: waits of ${actual.waitMs} ms, not ${expected.waitMs}`);
}
