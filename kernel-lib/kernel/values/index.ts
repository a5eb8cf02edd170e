/**
 * Values: what a cell's last value looks like, in the kernel and in the book's pages.
 *
 * Fidelity: text as `util.inspect` writes it, within a budget of time and length; HTML where a table
 * says more.
 */
export {inspectValue} from "./inspect-value.js";
export {mimeBundle} from "./mime-bundle.js";
