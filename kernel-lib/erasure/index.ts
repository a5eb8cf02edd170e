/**
 * Erasure coding: keep k pieces of data alive with m extra ones, and know what that survives.
 *
 * `galois` (arithmetic on bytes) → `matrix` → `generators` (which parity rows; `broken-generators`
 * and `singular-subsets` show why it matters) → `reed-solomon` and `locally-repairable` (the codes on
 * real bytes); `row-reduction` is decoding, move by move.
 *
 * Speed: `kernel` chooses between `textbook-kernel`, `plain-kernel` and `simd-kernel`. The two fast
 * ones run the same `straight-line` program, as a JavaScript loop (`word-compiler`) or as a module
 * of WebAssembly (`wasm-module`) on shards in `stripe-memory`.
 *
 * Worth: `placement` says which zone holds which shard; `durability` (windows), `markov-durability`
 * (a chain, solved), `loss-simulation` (zones that go at once) and `copysets` what that survives.
 *
 * Source: J. S. Plank, "A tutorial on Reed-Solomon coding for fault-tolerance in RAID-like
 * systems", 1997, with the correction of Plank and Ding, 2003; field and default matrix as in
 * Backblaze's JavaReedSolomon, so that parity bytes agree.
 *
 * Fidelity: public. The arithmetic is the published one, byte for byte. Which code Amazon S3 runs
 * is not published; nothing here claims to know it.
 */
export {gfAdd, gfDivide, gfInverse, gfMultiply, gfPower} from "./galois.js";
export {Matrix} from "./matrix.js";
export {cauchyParity, pqParity, vandermondeParity} from "./generators.js";
export type {CodeSize} from "./generators.js";
export {isaLParity, naiveVandermondeParity, plank1997Parity} from "./broken-generators.js";
export {encodingWork} from "./encoding-work.js";
export type {EncodingWork} from "./encoding-work.js";
export {countSingularSubsets} from "./singular-subsets.js";
export type {SubsetCount} from "./singular-subsets.js";
export {ReedSolomon} from "./reed-solomon.js";
export type {ReedSolomonOptions, ShardChange} from "./reed-solomon.js";
export type {Shard} from "./shards.js";
export {LocallyRepairable} from "./locally-repairable.js";
export type {LocallyRepairableOptions} from "./locally-repairable.js";
export {reduceRows} from "./row-reduction.js";
export type {RowReduction, RowReductionStep} from "./row-reduction.js";
export type {Implementation} from "./kernel.js";
export {placeRoundRobin, shardsPerZone} from "./placement.js";
export {annualLossProbability} from "./durability.js";
export type {DurabilityOptions} from "./durability.js";
export {solveChain} from "./markov-durability.js";
export type {ChainDurability, DurabilityChain} from "./markov-durability.js";
export {AZURE_STORAGE_2012, clusterChain} from "./cluster-chain.js";
export type {Cluster, ClusterChainOptions} from "./cluster-chain.js";
export {simulateLoss} from "./loss-simulation.js";
export type {LossSimulationOptions, SimulatedLoss} from "./loss-simulation.js";
export {copysetLossProbability} from "./copysets.js";
export type {CopysetOptions} from "./copysets.js";
