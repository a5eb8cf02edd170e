/**
 * Replication: copies of one thing, and what their reader may be promised.
 *
 * So far one thing: `checkLinearizable` takes a recorded history of calls and returns and says
 * whether a single copy, serving one call at a time, could have answered like that.
 *
 * Sources: M. Herlihy and J. Wing, "Linearizability: a correctness condition for concurrent
 * objects", ACM TOPLAS 12(3), 1990; J. Wing and C. Gong, "Testing and verifying concurrent
 * objects", JPDC 17, 1993; G. Lowe, "Testing for linearizability", CCPE 29(4), 2017.
 *
 * Fidelity: public. The definition and the search are the published ones.
 */
export {checkLinearizable} from "./check-linearizable.js";
export type {LinearizabilityOptions, LinearizabilityResult, Placed} from "./check-linearizable.js";
export {keyValueModel} from "./key-value-model.js";
export type {KeyValueInput, KeyValueOutput} from "./key-value-model.js";
export {keyedRegisterModel} from "./keyed-register-model.js";
export type {KeyedInput, KeyedRegisterOptions} from "./keyed-register-model.js";
export {registerModel} from "./register-model.js";
export type {RegisterInput, RegisterOutput, RegisterValue} from "./register-model.js";
export {partitionBy} from "./sequential-model.js";
export type {History, Operation, SequentialModel, StepResult} from "./sequential-model.js";
