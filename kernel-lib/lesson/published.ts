import {fromCSV} from "arquero";
import type {ColumnTable} from "arquero";
import {dataFile} from "./ledger.js";

/**
 * Figures that others published, or that the facts files record, as an arquero table.
 *
 * @param name folder and file under `data/published`, without the ending, as in "s3/az-arithmetic"
 * @returns one row per published row; source and evidence are in `data/datapackage.json`
 * @throws RangeError if there is no such file
 *
 * @example
 * import {published} from "kernel-lib/lesson";
 * published("s3/az-arithmetic").numRows() // => 8
 */
export function published(name: string): ColumnTable {
  return fromCSV(dataFile(`published/${name}.csv`));
}

/**
 * Speeds that a benchmark of ours recorded, as an arquero table: a chapter shows these instead of
 * timing anything itself, since its own output must be the same on every machine.
 *
 * @param name of the benchmark, as in "erasure"
 * @returns columns table, case, contestant, rateMedian (in the benchmark's unit) and asOf
 * @throws RangeError if there is no such file
 *
 * @example
 * import {measured} from "kernel-lib/lesson";
 * measured("erasure").columnNames().join(" ") // => 'table case contestant rateMedian asOf'
 */
export function measured(name: string): ColumnTable {
  return fromCSV(dataFile(`measured/${name}.csv`));
}
