import {escapeHtml, formatNumber} from "../plot/index.js";
import {emit} from "./display.js";
import {claims, decideVerdict} from "./ledger.js";
import type {ClaimRow, Decision, Measurement, Verdict} from "./ledger.js";

/** One claim of the source text, ready to be measured. */
export class Claim {
  /** The row of the ledger. */
  readonly row: ClaimRow;

  constructor(row: ClaimRow) {
    this.row = row;
  }

  /**
   * Computes the verdict from measured numbers, shows it, and holds it against the ledger.
   *
   * @param measured the number that the row's `decide.measure` names
   * @throws RangeError if that number is missing
   * @throws Error if the verdict differs from the ledger's: one of the two is wrong
   */
  measure(measured: Measurement): Verdict {
    const verdict = this.decide(measured);
    if (verdict !== this.row.verdict) {
      throw new Error(
        `Claim ${this.row.id} disagrees with the ledger: it says "${this.row.verdict}", ` +
          `this run says "${verdict}" (${this.comparison(measured)})`,
      );
    }
    this.emitVerdict(verdict, measured, undefined);
    return verdict;
  }

  /**
   * Computes and shows the verdict under other circumstances, without holding it to the ledger:
   * the place where a verdict flips.
   *
   * @param circumstances in words, as in "the same eight shards on eight zones"
   */
  whatIf(circumstances: string, measured: Measurement): Verdict {
    const verdict = this.decide(measured);
    this.emitVerdict(verdict, measured, circumstances);
    return verdict;
  }

  /** The claim, its recorded verdict and the reason, as text. */
  describe(): string {
    const {id, quote, verdict, because} = this.row;
    return `Claim ${id}: ${quote === null ? "(not in the text)" : `“${quote}”`}\n${verdict}: ${because}`;
  }

  private decide(measured: Measurement): Verdict {
    return decideVerdict(this.decision(), measured);
  }

  private decision(): Decision {
    const {decide, id, kind} = this.row;
    if (decide === undefined) {
      throw new RangeError(`Cannot measure claim ${id}: it is ${kind}, no number decides it`);
    }
    return decide;
  }

  private comparison(measured: Measurement): string {
    const {measure, op, value, tolerance} = this.decision();
    const band = op === "==" && tolerance > 0 ? ` ± ${formatNumber(tolerance)}` : "";
    return `${measure} = ${formatNumber(measured[measure])}, holds if ${op} ${formatNumber(value)}${band}`;
  }

  private emitVerdict(verdict: Verdict, measured: Measurement, circumstances?: string): void {
    const {id, quote, because, kind} = this.row;
    const decision = this.decision();
    const heading =
      circumstances === undefined ? `Claim ${id}` : `Claim ${id}, if ${circumstances}`;
    const numbers = this.comparison(measured);
    const reason = circumstances === undefined ? because : "";
    emit({
      "application/vnd.glass-cloud.verdict+json": {
        id,
        verdict,
        measured: measured[decision.measure],
        decide: decision,
        ...(circumstances === undefined ? {} : {circumstances}),
      },
      "text/html":
        `<div style="border-left:6px solid ${EDGE[verdict]};padding:4px 12px">` +
        `<p><strong>${escapeHtml(heading)}: ${verdict}</strong> (${kind}; ${escapeHtml(numbers)})</p>` +
        (quote === null ? "" : `<blockquote>${escapeHtml(quote)}</blockquote>`) +
        (reason === "" ? "" : `<p>${escapeHtml(reason)}</p>`) +
        `</div>`,
      "text/plain": `${heading}: ${verdict} (${numbers})` + (reason === "" ? "" : `\n${reason}`),
    });
  }
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

/**
 * Looks a claim up in the ledger.
 *
 * @param id chapter and row, as in "3.9"
 * @throws RangeError if the ledger has no such claim
 *
 * @example
 * import {claim} from "kernel-lib/lesson";
 * claim("3.9").measure({shardsLostWithTwoZonesDown: 8}) // => 'fails'
 * claim("3.9").whatIf("eight zones", {shardsLostWithTwoZonesDown: 2}) // => 'holds'
 */
export function claim(id: string): Claim {
  const row = claims().find((candidate) => candidate.id === id);
  if (row === undefined) throw new RangeError(`Cannot find claim "${id}" in data/claims.json`);
  return new Claim(row);
}
