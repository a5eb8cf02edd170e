/**
 * Sim: discrete-event simulation. A clock in milliseconds jumps from event to event; models are
 * callbacks or generator processes, and everything random comes from a seed.
 *
 * `event-set` → `simulation` (schedule, run) → `simulation-event`, `timeout`, `process`, `combine`
 * (what a process can wait for) → `resource`, `store`, `network` (what processes share), with
 * `time-weighted` and `trace` to watch them. `token-bucket` needs no simulation, only the time.
 *
 * Order, guaranteed: events happen by (time, priority, order of scheduling).
 *
 * Source: vocabulary and semantics of SimPy (simpy.readthedocs.io, "Time and Scheduling"), with
 * these differences: `yield*` instead of `yield`, so that waits are typed; waiting for something
 * that has happened continues at once; `run({untilMs})` includes that time; an interrupted request
 * leaves its queue by itself.
 *
 * Fidelity: public; nothing here models a cloud.
 */
export {ScheduledEvent, Simulation} from "./simulation.js";
export type {RunOptions, RunResult, ScheduleOptions} from "./simulation.js";
export {SimulationEvent} from "./simulation-event.js";
export type {EventState, Steps, Waitable, Waiter} from "./simulation-event.js";
export {Timeout} from "./timeout.js";
export {Interrupt, Process, ProcessError} from "./process.js";
export type {ProcessOptions} from "./process.js";
export {AllOf, FirstOf} from "./combine.js";
export type {First, ValueOf, ValuesOf} from "./combine.js";
export {Request, Resource} from "./resource.js";
export type {RequestOptions, ResourceOptions} from "./resource.js";
export {TimeWeighted} from "./time-weighted.js";
export type {TimeWeightedOptions} from "./time-weighted.js";
export {Store, StoreGet, StorePut} from "./store.js";
export type {StoreOptions} from "./store.js";
export {TokenBucket} from "./token-bucket.js";
export type {TokenBucketOptions} from "./token-bucket.js";
export {Network} from "./network.js";
export type {Addressed, MessageHandler, NetworkCounts, NetworkOptions} from "./network.js";
export type {DelayMs, LinkConditions} from "./link.js";
export {Trace} from "./trace.js";
export type {TraceOptions, TraceRow} from "./trace.js";
