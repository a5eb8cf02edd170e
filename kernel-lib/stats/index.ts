/** Stats: closed forms that experiments are checked against. No state, no chance. */
export {binomialDistribution} from "./binomial.js";
export {combinations} from "./combinations.js";
export {convolve} from "./convolve.js";
export {nines} from "./nines.js";
