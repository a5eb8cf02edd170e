import {escapeHtml} from "../plot/index.js";
import {emit} from "./display.js";

/**
 * Shows hints, each folded, so that a reader opens one at a time.
 *
 * @param texts from a nudge to nearly the answer, at most three
 * @throws RangeError if there are none or more than three
 *
 * @example
 * import {hint} from "kernel-lib/lesson";
 * hint(["Count in one zone.", "Compare with parity."]);
 */
export function hint(texts: readonly string[]): void {
  if (texts.length < 1 || texts.length > 3) {
    throw new RangeError(`Cannot show hints: need one to three, got ${texts.length}`);
  }
  emit({
    "text/html": hintsHtml(texts),
    "text/plain": `${texts.length} hints, folded`,
  });
}

/**
 * Hints as HTML that opens without a script; empty for none.
 *
 * @example
 * import {hintsHtml} from "kernel-lib/lesson";
 * hintsHtml([]) // => ''
 */
export function hintsHtml(texts: readonly string[]): string {
  return texts
    .map(
      (text, index) =>
        `<details><summary>Hint ${index + 1} of ${texts.length}</summary>` +
        `<p>${escapeHtml(text)}</p></details>`,
    )
    .join("");
}
