import {escapeHtml} from "../plot/index.js";
import type {Verdict} from "./ledger.js";

/** What a verdict shows to a reader. */
export interface VerdictCard {
  /** "Claim 3.9", with circumstances if there are any. */
  heading: string;
  verdict: Verdict;
  /** What decided it: a number and its rule, or that only a source can. */
  decidedBy: string;
  quote: string | null;
  /** The reason, and where it can be read; empty for a verdict under other circumstances. */
  because: string;
  sources: readonly string[];
}

/** The edge of the card repeats the word in colour; the word stands beside it. */
const EDGE: Record<Verdict, string> = {
  holds: "#009E73",
  fails: "#D55E00",
  depends: "#E69F00",
  outdated: "#CC79A7",
  unknowable: "#666666",
  omitted: "#666666",
};

export function cardHtml(card: VerdictCard): string {
  const {heading, verdict, decidedBy, quote, because, sources} = card;
  const items = sources.map((source) => `<li>${escapeHtml(source)}</li>`).join("");
  return (
    `<div style="border-left:6px solid ${EDGE[verdict]};padding:4px 12px">` +
    `<p><strong>${escapeHtml(heading)}: ${verdict}</strong> (${escapeHtml(decidedBy)})</p>` +
    (quote === null ? "" : `<blockquote>${escapeHtml(quote)}</blockquote>`) +
    (because === "" ? "" : `<p>${escapeHtml(because)}</p>`) +
    (items === "" ? "" : `<details><summary>Sources</summary><ul>${items}</ul></details>`) +
    `</div>`
  );
}

export function cardText(card: VerdictCard): string {
  const {heading, verdict, decidedBy, because, sources} = card;
  const lines = [because, ...sources.map((source) => `Source: ${source}`)].filter(Boolean);
  return [`${heading}: ${verdict} (${decidedBy})`, ...lines].join("\n");
}
