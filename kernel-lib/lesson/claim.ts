import {formatNumber} from "../plot/index.js";
import {emit} from "./display.js";
import {sourceOf} from "./evidence.js";
import {claims, decideVerdict} from "./ledger.js";
import type {ClaimRow, Decision, Measurement, Verdict} from "./ledger.js";
import {cardHtml, cardText} from "./verdict-card.js";
import type {VerdictCard} from "./verdict-card.js";

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
          `this run says "${verdict}". ${comparison(this.decision(), measured)}`,
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

  /**
   * Shows the recorded verdict with its reason and sources: for claims that only a source can
   * decide, or nobody. No number is shown, since none decided.
   *
   * @throws RangeError if a number decides this claim: then `measure` it
   */
  show(): Verdict {
    const {id, kind, verdict, decide} = this.row;
    if (decide !== undefined) {
      throw new RangeError(`Cannot just show claim ${id}: measure its ${decide.measure}`);
    }
    this.emitCard(verdict, `Claim ${id}`, DECIDED_BY[kind] ?? "", {});
    return verdict;
  }

  /** The claim, its recorded verdict, the reason and the sources, as text. */
  describe(): string {
    const {id, quote, verdict, kind} = this.row;
    const heading = `Claim ${id}${quote === null ? "" : ` “${quote}”`}`;
    const decidedBy = DECIDED_BY[kind] ?? "A number decides.";
    return cardText({...this.recorded(), heading, verdict, decidedBy});
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

  private emitVerdict(verdict: Verdict, measured: Measurement, circumstances?: string): void {
    const {id} = this.row;
    const decide = this.decision();
    const numbers = comparison(decide, measured);
    const data = {measured: measured[decide.measure], decide};
    if (circumstances === undefined) this.emitCard(verdict, `Claim ${id}`, numbers, data);
    else {
      this.emitCard(verdict, `Claim ${id}, if ${circumstances}`, numbers, {...data, circumstances});
    }
  }

  private emitCard(verdict: Verdict, heading: string, decidedBy: string, data: object): void {
    // The ledger's reason explains its own verdict, not one under other circumstances.
    const reason = "circumstances" in data ? {because: "", sources: []} : {};
    const card: VerdictCard = {...this.recorded(), heading, verdict, decidedBy, ...reason};
    emit({
      "application/vnd.glass-cloud.verdict+json": {id: this.row.id, verdict, ...data},
      "text/html": cardHtml(card),
      "text/plain": cardText(card),
    });
  }

  private recorded(): Pick<VerdictCard, "quote" | "because" | "sources"> {
    const {quote, because, evidence} = this.row;
    return {quote, because, sources: evidence.map((item) => sourceOf(item))};
  }
}

/** What decides a claim that no run can. */
const DECIDED_BY: Partial<Record<ClaimRow["kind"], string>> = {
  documentary: "Only a source can say.",
  unknowable: "Nobody outside can say.",
};

/** How a number is held to the claim's rule, in words. */
const RULE: Record<Decision["op"], string> = {
  "<=": "at most",
  ">=": "at least",
  "<": "less than",
  ">": "more than",
  "==": "exactly",
};

/**
 * The number that decides, and the rule it is held to, as a sentence.
 *
 * @example
 * import {comparison} from "kernel-lib/lesson";
 * const decision = {measure: "lost", label: "shards lost", op: "<=", value: 2, tolerance: 0};
 * comparison(decision, {lost: 8}) // => 'Shards lost: 8; the claim holds if it is at most 2.'
 */
export function comparison(
  {measure, label, op, value, tolerance}: Decision,
  measured: Measurement,
): string {
  const limit = formatNumber(value);
  const banded = op === "==" && tolerance > 0;
  const rule = banded ? `${limit} ± ${formatNumber(tolerance)}` : `${RULE[op]} ${limit}`;
  const number = formatNumber(measured[measure]);
  return `${label[0]!.toUpperCase()}${label.slice(1)}: ${number}; the claim holds if it is ${rule}.`;
}

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
