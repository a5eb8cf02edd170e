// Turns the results of a benchmark into Markdown that reads well in a terminal too.

const rates = new Intl.NumberFormat("en-US", {maximumSignificantDigits: 3});
/** Two digits: rounds differ by more than the third. */
const ratios = new Intl.NumberFormat("en-US", {
  minimumSignificantDigits: 2,
  maximumSignificantDigits: 2,
});
const NONE = "–";

/** One table: a row per case, and per peer its rate, our ratio to it and the goal. */
export function resultTable(rows) {
  const peers = [...new Set(rows.flatMap(({results}) => [...results.keys()]))].slice(1);
  const header = ["", "ours", ...peers.flatMap((peer) => [peer, "ratio", "goal"])];
  const body = rows.map(({label, results, goals}) => [
    label,
    withRange(results.get("ours").rate, rates),
    ...peers.flatMap((peer) => {
      if (!results.has(peer)) return [NONE, NONE, NONE];
      const {rate, ratio} = results.get(peer);
      const goal = peer in goals ? `≥ ${goals[peer]}` : NONE;
      return [withRange(rate, rates), withRange(ratio, ratios), goal];
    }),
  ]);
  return alignedTable(header, body);
}

function withRange({median, min, max}, format) {
  return `${format.format(median)} (${format.format(min)}–${format.format(max)})`;
}

/** First column to the left, figures to the right. */
function alignedTable(header, body) {
  const widths = header.map((_, column) =>
    Math.max(3, ...[header, ...body].map((row) => row[column].length)),
  );
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const pad = (cell, column) =>
    column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
  const rule = widths.map((width, column) => "-".repeat(width - 1) + (column === 0 ? "-" : ":"));
  return [header.map(pad), rule, ...body.map((row) => row.map(pad))].map(line).join("\n");
}
