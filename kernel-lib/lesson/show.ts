import type {Displayable} from "../plot/index.js";
import {emit} from "./display.js";

/**
 * Shows a figure or a table in the output of the cell.
 *
 * @throws TypeError if the argument cannot show itself
 *
 * @example
 * import {show} from "kernel-lib/lesson";
 * import {table} from "kernel-lib/plot";
 * show(table([{zones: 2}], {caption: "One row"}));
 */
export function show(item: Displayable): void {
  if (typeof item?.mimeBundle !== "function") {
    throw new TypeError("Cannot show: need a figure or a table, as barChart() or table() make it");
  }
  emit(item.mimeBundle());
}
