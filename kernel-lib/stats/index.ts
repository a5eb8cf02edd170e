/**
 * Stats: closed forms that experiments are checked against, and what to say about a sample. No
 * state, no chance.
 */
export {binomialDistribution} from "./binomial.js";
export {combinations} from "./combinations.js";
export {convolve} from "./convolve.js";
export {empiricalCdf} from "./empirical-cdf.js";
export type {CdfRow, EmpiricalCdfOptions} from "./empirical-cdf.js";
export {meanInterval} from "./mean-interval.js";
export type {MeanInterval, MeanIntervalOptions} from "./mean-interval.js";
export {nines} from "./nines.js";
export {quantile, quantiles} from "./quantile.js";
export type {QuantileMethod, QuantileOptions} from "./quantile.js";
export {studentT} from "./student-t.js";
