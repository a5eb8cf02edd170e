/**
 * Random: seeded chance, passed as an argument, so that every run can be repeated.
 *
 * The generator is xoroshiro128+ from the package pure-rand (Blackman and Vigna, "Scrambled linear
 * pseudorandom number generators", 2018). It is not fit for secrets.
 */
export {fnv1a} from "./fnv.js";
export {Random} from "./random.js";
export {Zipf} from "./zipf.js";
