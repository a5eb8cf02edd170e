import {termAnchor} from "./anchors.js";
import {anyCase, pattern} from "./phrases.js";
import type {FoundPhrase} from "./phrases.js";

/** An entry of `data/glossary.json`. */
export interface GlossaryEntry {
  term: string;
  definition: string;
  seeAlso: string[];
  /** The chapter that needs the term first; 0 for the start notebooks. */
  chapter: number;
}

/**
 * Finds the terms of the glossary in prose: whole words, also in the plural, the longest first.
 * Abbreviations (no small letter) count only as they are written, other terms in any case. A dash
 * may be a hyphen, and "GF(2^8)" may be written with a raised digit.
 */
export class TermFinder {
  private readonly longestFirst: readonly GlossaryEntry[];
  /** One group for each term, in that order. */
  private readonly expression: RegExp;

  constructor(entries: readonly GlossaryEntry[]) {
    this.longestFirst = [...entries].sort((a, b) => b.term.length - a.term.length);
    const terms = this.longestFirst.map(({term}) => `(${spellings(term)})`).join("|");
    this.expression = new RegExp(
      `(?<![\\p{L}\\p{N}_-])(?:${terms})(?![\\p{L}\\p{N}_]|-\\p{L})`,
      "gu",
    );
  }

  /** @param seen terms that the page had already: they are passed over, and new ones are added */
  find(text: string, seen: Set<string>): FoundPhrase[] {
    // Without a term the expression would match everywhere.
    if (this.longestFirst.length === 0) return [];
    const found: FoundPhrase[] = [];
    for (const match of text.matchAll(this.expression)) {
      const group = match.slice(1).findIndex((part) => part !== undefined);
      const {term, definition} = this.longestFirst[group]!;
      if (seen.has(term)) continue;
      seen.add(term);
      const attributes: FoundPhrase["attributes"] = [
        ["class", "term"],
        ["href", `glossary.html#${termAnchor(term)}`],
        ["data-definition", definition],
      ];
      found.push({start: match.index, end: match.index + match[0].length, attributes});
    }
    return found;
  }
}

/** A term as a regular expression: its spellings, in the singular and the plural. */
function spellings(term: string): string {
  const isAbbreviation = !/\p{Ll}/u.test(term);
  const [stem, ending] = plural(term, isAbbreviation);
  const letters = isAbbreviation ? pattern(stem) : anyCase(pattern(stem));
  return letters.replace(/\\\^8/g, "(?:\\^8|⁸)").replace(/[-–]/g, "[-–]") + ending;
}

function plural(term: string, isAbbreviation: boolean): [stem: string, ending: string] {
  if (/\W$/.test(term)) return [term, ""];
  if (isAbbreviation) return [term, "s?"];
  if (/[^aeiou]y$/.test(term)) return [term.slice(0, -1), "(?:y|ies)"];
  if (/matrix$/.test(term)) return [term.slice(0, -1), "(?:x|ces)"];
  if (/(ss|x|ch|sh)$/.test(term)) return [term, "(?:es)?"];
  return [term, /s$/.test(term) ? "" : "s?"];
}
