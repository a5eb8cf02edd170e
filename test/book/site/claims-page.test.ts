import {auditClaims, claimsPage} from "kernel-lib/book";
import type {BookPage, ClaimsAudit} from "kernel-lib/book";
import {describe, expect, it} from "vitest";
import {auditOf, CLAIM, DOCUMENTARY, realLedger, shownOf} from "../claims/ledger.js";

const real = realLedger();
const OPTIONS = {
  references: real.references,
  errataLink: (id: string): string => `https://example.org/new?claim=${id}&kind=verdict`,
  notebookTitle: (name: string): string => `Notebook ${name}`,
};

function pageOf(audit: ClaimsAudit): BookPage {
  return claimsPage(audit, OPTIONS);
}

/** The section of a claim. */
function section(page: BookPage, id: string): string {
  return new RegExp(`<section class="claim" id="claim-${id}"[\\s\\S]*?</section>`).exec(
    page.html,
  )![0];
}

describe("claimsPage()", () => {
  const page = pageOf(auditClaims(real));

  it("claimsPage() has one section per claim, and one heading of the first rank", () => {
    expect(page.path).toBe("claims.html");
    const ids = [...page.html.matchAll(/<section class="claim" id="claim-([^"]+)"/g)];
    expect(ids.map((match) => match[1])).toEqual(real.claims.map(({id}) => id));
    expect(page.html.match(/<h1/g)).toHaveLength(1);
  });

  it("claimsPage() says what claim 3.9 is, what decided it, and where it flips", () => {
    const html = section(page, "3.9");
    expect(html).toContain('<span class="verdict verdict-fails">fails</span>');
    expect(html).toContain("<blockquote><p>Tolerates: 2 simultaneous shard failures");
    expect(html).toContain(
      "Shards lost with two zones down: 8; the claim holds if it is at most 2.",
    );
    expect(html).toContain("<code>shardsLostWithTwoZonesDown &lt;= 2</code>");
    expect(html).toContain(
      "</span> if the same eight shards lie on eight zones: then the number is 2 (",
    );
    expect(html).toContain('<a href="03-s3.html">Notebook 03-s3</a>');
    expect(html).toContain("<code>kernel-lib/experiments/s3/zone-loss.ts</code>");
    expect(html).toContain("<code>test/experiments/s3/zone-loss.test.ts</code>");
  });

  it("claimsPage() links sources with their date, and calls unconfirmed what is", () => {
    expect(section(page, "3.9")).toMatch(
      /<a href="references\.html#ref-f4-2014">f4: [^<]*<\/a>: as quoted by others, 2026-11, unconfirmed</,
    );
    expect(section(page, "3.1")).toMatch(
      /#ref-aws-s3-uploading">[^<]*<\/a>: AWS documentation, 2023-06</,
    );
    const recalled = {...DOCUMENTARY.evidence[0]!, kind: "recalled"} as const;
    const html = pageOf(auditOf({...DOCUMENTARY, evidence: [recalled]})).html;
    expect(html).toContain(": from memory, 2023-06, unconfirmed<");
  });

  it("claimsPage() has an errata link per claim, whose text names the claim", () => {
    expect(section(page, "3.10")).toContain(
      '<a href="https://example.org/new?claim=3.10&amp;kind=verdict">Is the verdict on claim 3.10 wrong? Tell us</a>',
    );
  });

  it("claimsPage() counts the claims of each verdict, and links them", () => {
    const table = /<table>[\s\S]*?<\/table>/.exec(page.html)![0];
    const counts = [...table.matchAll(/<td>(\d+)<\/td>/g)].map((match) => Number(match[1]));
    const total = counts.pop();
    expect(total).toBe(real.claims.length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total);
    for (const {id} of real.claims) expect(table).toContain(`<a href="#claim-${id}">${id}</a>`);
  });

  it("claimsPage() prints what stands in the ledger as text, not as HTML", () => {
    const row = {...CLAIM, quote: "<b>a & b</b>", because: "<script>alert(1)</script>"};
    const {html} = pageOf(auditOf(row, shownOf(row, 4, "fails")));
    expect(html).toContain("&lt;b&gt;a &amp; b&lt;/b&gt;");
    expect(html).not.toContain("<script>");
  });
});
