import {readFileSync} from "node:fs";
import {createRequire} from "node:module";

/** The text of plotly.js-dist, for a page that must work offline. */
export function plotlySource(): string {
  return readFileSync(createRequire(import.meta.url).resolve("plotly.js-dist/plotly.js"), "utf8");
}
