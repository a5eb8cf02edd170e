import {comparison, sourceOf} from "../../lesson/index.js";
import type {CitedWork, ClaimRow, Evidence, Verdict} from "../../lesson/index.js";
import {escapeHtml, formatNumber} from "../../plot/index.js";
import type {AuditedClaim, ClaimsAudit, Flip} from "../claims/audit-claims.js";
import {claimsByVerdict} from "../claims/claims-by-verdict.js";
import type {BookPage} from "./book-page.js";

export interface ClaimsPageOptions {
  /** `data/references.json`. */
  references: Readonly<Record<string, CitedWork>>;
  /** Where a reader says that the verdict on a claim is wrong. */
  errataLink: (claimId: string) => string;
  /** How a notebook is called in a link to its page: "03-s3" → "Chapter 3: S3". */
  notebookTitle: (name: string) => string;
}

const STRINGS = {
  title: "Claims under test",
  description: "Every claim of the source text, its verdict, and what decided it.",
  lead:
    "Each row is a sentence of the source text, at most 25 words of it, with our verdict. Where a " +
    "number decides, a notebook computes it and a test holds it to the rule given here. Where only " +
    "a source can say, the source is named with the date on which it was read.",
  data: "The same as data: claims.json",
  chapter: "Chapter",
  claim: "Claim",
  caption: "Verdicts",
  columns: ["Verdict", "Means", "Number of claims", "Claims"],
  total: "All",
  notInText: "The text leaves this out.",
  flips: "Where it flips",
  wrong: "this verdict is wrong",
  kind: "Kind",
  measuredIn: "Measured in",
  shownIn: "Shown in",
  experiment: "Experiment",
  test: "Test",
  sources: "Sources",
} as const;

const MEANING: Record<Verdict, string> = {
  holds: "the claim is right as it stands",
  fails: "the claim is wrong as it stands",
  depends: "right under some circumstances, which are named",
  outdated: "was right when it was written",
  unknowable: "nobody outside can say",
  omitted: "the text leaves out something that matters",
};

const KIND: Record<ClaimRow["kind"], string> = {
  arithmetic: "arithmetic: a calculation decides",
  mechanism: "mechanism: a run of the mechanism decides",
  model: "model: a model decides, within its assumptions",
  documentary: "documentary: only a source can say",
  unknowable: "unknowable: nobody outside can say",
};

/** `claims.html`: a table of verdicts, then one section per claim with the anchor `claim-3.9`. */
export function claimsPage({rows}: ClaimsAudit, options: ClaimsPageOptions): BookPage {
  const chapters = [...new Set(rows.map(({claim}) => chapterOf(claim)))];
  const sections = chapters.flatMap((chapter) => [
    `<h2 id="chapter-${chapter}">${STRINGS.chapter} ${chapter}</h2>`,
    ...rows.filter(({claim}) => chapterOf(claim) === chapter).map((row) => section(row, options)),
  ]);
  return {
    path: "claims.html",
    title: STRINGS.title,
    description: STRINGS.description,
    html:
      `<h1>${STRINGS.title}</h1>\n<p>${STRINGS.lead} ` +
      `<a href="data/claims.json">${STRINGS.data}</a>.</p>\n` +
      `${summary(rows)}\n${sections.join("\n")}`,
  };
}

/** "3" for claim 3.9, "11a" for claim 11a.2. */
function chapterOf({id}: ClaimRow): string {
  return id.slice(0, id.indexOf("."));
}

function summary(rows: readonly AuditedClaim[]): string {
  const lines = [...claimsByVerdict(rows)].map(([verdict, ids]) => {
    const links = ids.map((id) => `<a href="#claim-${id}">${id}</a>`).join(", ");
    return (
      `<tr><th scope="row">${badge(verdict)}</th><td>${MEANING[verdict]}</td>` +
      `<td>${ids.length}</td><td>${links}</td></tr>`
    );
  });
  const headings = STRINGS.columns.map((text) => `<th scope="col">${text}</th>`).join("");
  return (
    `<div class="wide" tabindex="0" role="region" aria-label="${STRINGS.caption}">` +
    `<table><caption>${STRINGS.caption}</caption><thead><tr>${headings}</tr></thead>` +
    `<tbody>${lines.join("")}</tbody><tfoot><tr><th scope="row">${STRINGS.total}</th><td></td>` +
    `<td>${rows.length}</td><td></td></tr></tfoot></table></div>`
  );
}

function section(row: AuditedClaim, options: ClaimsPageOptions): string {
  const {claim, flips} = row;
  const {id, quote, because, verdict} = claim;
  const anchor = `claim-${id}`;
  const parts = [
    `<h3 id="${anchor}-heading">${STRINGS.claim} ${id} ${badge(verdict)}</h3>`,
    quote === null
      ? `<p>${STRINGS.notInText}</p>`
      : `<blockquote><p>${escapeHtml(quote)}</p></blockquote>`,
    `<p>${escapeHtml(because)}</p>`,
    decidedBy(row),
    flips.length === 0 ? "" : flipList(flips),
    `<dl class="claim-facts">${facts(row, options)}</dl>`,
    `<p class="errata"><a href="${escapeHtml(options.errataLink(id))}">` +
      `${STRINGS.claim} ${id}: ${STRINGS.wrong}</a></p>`,
  ];
  return (
    `<section class="claim" id="${anchor}" aria-labelledby="${anchor}-heading">\n` +
    `${parts.filter((part) => part !== "").join("\n")}\n</section>`
  );
}

function badge(verdict: Verdict): string {
  return `<span class="verdict verdict-${verdict}">${verdict}</span>`;
}

function decidedBy({claim: {decide}, measured}: AuditedClaim): string {
  if (decide === undefined || measured === undefined) return "";
  const sentence = comparison(decide, {[decide.measure]: measured});
  const rule = `${decide.measure} ${decide.op} ${decide.value}`;
  return `<p class="decided-by">${escapeHtml(sentence)} <code>${escapeHtml(rule)}</code></p>`;
}

function flipList(flips: readonly Flip[]): string {
  const items = flips.map(
    ({verdict, circumstances, measured, notebook}) =>
      `<li>${badge(verdict)} if ${escapeHtml(circumstances)}: ${formatNumber(measured)} ` +
      `(<a href="${notebook}.html">${notebook}</a>)</li>`,
  );
  return `<p>${STRINGS.flips}:</p>\n<ul class="flips">${items.join("")}</ul>`;
}

function facts({claim, notebooks}: AuditedClaim, options: ClaimsPageOptions): string {
  const {kind, decide, experiment, test, evidence} = claim;
  const pages = notebooks.map(
    (name) => `<a href="${name}.html">${escapeHtml(options.notebookTitle(name))}</a>`,
  );
  const sources = evidence.map((item) => source(item, options.references));
  return [
    fact(STRINGS.kind, [KIND[kind]]),
    fact(decide === undefined ? STRINGS.shownIn : STRINGS.measuredIn, pages),
    fact(STRINGS.experiment, file(experiment && `kernel-lib/experiments/${experiment}.ts`)),
    fact(STRINGS.test, file(test)),
    fact(STRINGS.sources, sources),
  ].join("");
}

function fact(name: string, values: readonly string[]): string {
  if (values.length === 0) return "";
  return `<dt>${name}</dt>${values.map((value) => `<dd>${value}</dd>`).join("")}`;
}

function file(path: string | undefined): string[] {
  return path === undefined || path === "" ? [] : [`<code>${escapeHtml(path)}</code>`];
}

/** What could not be confirmed says so: `reading` ends in "unconfirmed". */
function source(evidence: Evidence, references: Readonly<Record<string, CitedWork>>): string {
  const {title, reading} = sourceOf(evidence, references);
  const link = `references.html#ref-${encodeURIComponent(evidence.reference)}`;
  return `<a href="${link}">${escapeHtml(title)}</a>: ${escapeHtml(reading)}`;
}
