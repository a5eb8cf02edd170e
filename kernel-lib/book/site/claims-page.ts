import {comparison, sourceOf} from "../../lesson/index.js";
import type {CitedWork, ClaimRow, Evidence, Verdict} from "../../lesson/index.js";
import {escapeHtml, formatNumber} from "../../plot/index.js";
import type {AuditedClaim, ClaimsAudit, Flip} from "../claims/audit-claims.js";
import {claimsByVerdict} from "../claims/claims-by-verdict.js";
import {SITE_STRINGS} from "../strings.js";
import type {BookPage} from "./book-page.js";

export interface ClaimsPageOptions {
  /** `data/references.json`. */
  references: Readonly<Record<string, CitedWork>>;
  /** Where a reader says that the verdict on a claim is wrong. */
  errataLink: (claimId: string) => string;
  /** How a notebook is called in a link to its page: "03-s3" → "Chapter 3: S3". */
  notebookTitle: (name: string) => string;
}

const {claims: WORDS, verdicts: VERDICTS} = SITE_STRINGS;

/** `claims.html`: a table of verdicts, then one section per claim with the anchor `claim-3.9`. */
export function claimsPage({rows}: ClaimsAudit, options: ClaimsPageOptions): BookPage {
  const chapters = [...new Set(rows.map(({claim}) => chapterOf(claim)))];
  const sections = chapters.flatMap((chapter) => [
    `<h2 id="chapter-${chapter}">${WORDS.chapter(chapter)}</h2>`,
    ...rows.filter(({claim}) => chapterOf(claim) === chapter).map((row) => section(row, options)),
  ]);
  return {
    path: "claims.html",
    title: WORDS.title,
    description: WORDS.description,
    html:
      `<h1>${WORDS.title}</h1>\n<p>${WORDS.lead} ` +
      `<a href="data/claims.json">${WORDS.data}</a>.</p>\n` +
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
      `<tr><th scope="row">${badge(verdict)}</th><td>${WORDS.meanings[verdict]}</td>` +
      `<td>${ids.length}</td><td>${links}</td></tr>`
    );
  });
  const headings = WORDS.columns.map((text) => `<th scope="col">${text}</th>`).join("");
  return (
    `<div class="wide" tabindex="0" role="region" aria-label="${WORDS.caption}">` +
    `<table><caption>${WORDS.caption}</caption><thead><tr>${headings}</tr></thead>` +
    `<tbody>${lines.join("")}</tbody><tfoot><tr><th scope="row">${WORDS.total}</th><td></td>` +
    `<td>${rows.length}</td><td></td></tr></tfoot></table></div>`
  );
}

function section(row: AuditedClaim, options: ClaimsPageOptions): string {
  const {claim, flips} = row;
  const {id, quote, because, verdict} = claim;
  const anchor = `claim-${id}`;
  const parts = [
    `<h3 id="${anchor}-heading">${WORDS.claim(id)} ${badge(verdict)}</h3>`,
    quote === null
      ? `<p>${WORDS.notInText}</p>`
      : `<blockquote><p>${escapeHtml(quote)}</p></blockquote>`,
    `<p>${escapeHtml(because)}</p>`,
    decidedBy(row),
    flips.length === 0 ? "" : flipList(flips, options),
    `<dl class="claim-facts">${facts(row, options)}</dl>`,
    `<p class="errata"><a href="${escapeHtml(options.errataLink(id))}">` +
      `${WORDS.dispute(id)}</a></p>`,
  ];
  return (
    `<section class="claim" id="${anchor}" aria-labelledby="${anchor}-heading">\n` +
    `${parts.filter((part) => part !== "").join("\n")}\n</section>`
  );
}

function badge(verdict: Verdict): string {
  return `<span class="verdict verdict-${verdict}">${VERDICTS[verdict]}</span>`;
}

function decidedBy({claim: {decide}, measured}: AuditedClaim): string {
  if (decide === undefined || measured === undefined) return "";
  const sentence = comparison(decide, {[decide.measure]: measured});
  const rule = `${decide.measure} ${decide.op} ${decide.value}`;
  return `<p class="decided-by">${escapeHtml(sentence)} <code>${escapeHtml(rule)}</code></p>`;
}

function flipList(flips: readonly Flip[], {notebookTitle}: ClaimsPageOptions): string {
  const items = flips.map(
    ({verdict, circumstances, measured, notebook}) =>
      `<li>${badge(verdict)}${escapeHtml(WORDS.flip(circumstances, formatNumber(measured)))} ` +
      `(<a href="${notebook}.html">${escapeHtml(notebookTitle(notebook))}</a>)</li>`,
  );
  return `<p>${WORDS.flips}:</p>\n<ul class="flips">${items.join("")}</ul>`;
}

function facts({claim, notebooks}: AuditedClaim, options: ClaimsPageOptions): string {
  const {kind, decide, experiment, test, evidence} = claim;
  const pages = notebooks.map(
    (name) => `<a href="${name}.html">${escapeHtml(options.notebookTitle(name))}</a>`,
  );
  const sources = evidence.map((item) => source(item, options.references));
  return [
    fact(WORDS.kind, [WORDS.kinds[kind]]),
    fact(decide === undefined ? WORDS.shownIn : WORDS.measuredIn, pages),
    fact(WORDS.experiment, file(experiment && `kernel-lib/experiments/${experiment}.ts`)),
    fact(WORDS.test, file(test)),
    fact(WORDS.sources, sources),
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
