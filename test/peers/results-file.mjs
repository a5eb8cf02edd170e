// RESULTS.md holds one section per benchmark, and one per campaign, each between two markers. A run
// rewrites its own section and leaves every other byte as it was.
import {existsSync, readFileSync, writeFileSync} from "node:fs";

const INTRODUCTION = `# Measured against the peers

Written by \`npm run bench [-- NAME…]\` and \`npm run test:long\`, which rewrite only the sections they
measured. Benchmarks: medians (minimum–maximum) of rounds in which ours and the peers took turns; a
ratio is ours ÷ peer, taken round by round, so above 1 we are faster. Machines are shared: trust
ratios before rates.
`;

export function writeSection(file, name, section) {
  const before = existsSync(file) ? readFileSync(file, "utf8") : INTRODUCTION;
  writeFileSync(file, replaceSection(before, name, section));
}

/** @throws Error if only one of the two markers is there, or in the wrong order */
export function replaceSection(text, name, section) {
  const [open, close] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const block = `${open}\n${section.trim()}\n${close}`;
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 && end < 0) return `${text}${text.endsWith("\n") ? "" : "\n"}\n${block}\n`;
  if (start < 0 || end < start) {
    throw new Error(`Cannot write the results of ${name}: need ${open} and then ${close}`);
  }
  return text.slice(0, start) + block + text.slice(end + close.length);
}
