import {escapeHtml} from "../plot/index.js";
import type {Source} from "./evidence.js";
import type {Verdict} from "./ledger.js";

/** What a verdict shows to a reader. */
export interface VerdictCard {
  /** "Claim 3.9", with circumstances if there are any. */
  heading: string;
  verdict: Verdict;
  /** What decided it, as a sentence: a number and its rule, or that only a source can. */
  decidedBy: string;
  quote: string | null;
  /** The reason, and where it can be read; empty for a verdict under other circumstances. */
  because: string;
  sources: readonly Source[];
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
  const items = sources.map(sourceHtml).join("");
  return (
    `<div style="border-left:6px solid ${EDGE[verdict]};padding:4px 12px">` +
    `<p><strong>${escapeHtml(heading)}: ${verdict}.</strong> ${escapeHtml(decidedBy)}</p>` +
    (quote === null ? "" : `<blockquote>${escapeHtml(quote)}</blockquote>`) +
    (because === "" ? "" : `<p>${escapeHtml(because)}</p>`) +
    (items === "" ? "" : `<details><summary>Sources</summary><ul>${items}</ul></details>`) +
    `</div>`
  );
}

function sourceHtml({title, url, reading}: Source): string {
  const text = escapeHtml(title);
  const link = url === null ? text : `<a href="${escapeHtml(url)}">${text}</a>`;
  return `<li>${link}: ${escapeHtml(reading)}</li>`;
}

export function cardText(card: VerdictCard): string {
  const {heading, verdict, decidedBy, because, sources} = card;
  const read = sources.map(({title, reading}) => `Source: ${title}: ${reading}`);
  const lines = [because, ...read].filter(Boolean);
  return [`${heading}: ${verdict}. ${decidedBy}`, ...lines].join("\n");
}
