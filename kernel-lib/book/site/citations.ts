import {referenceAnchor} from "./anchors.js";
import {anyCase, pattern} from "./phrases.js";
import type {FoundPhrase} from "./phrases.js";

/** An entry of `data/references.json`. */
export interface Reference {
  title: string;
  authors: string[];
  year: number;
  venue: string;
  url: string | null;
  section?: string;
  /** Some detail could not be confirmed; the note says which. */
  unconfirmed?: true;
  /** Nothing cites it; it is here to be read. */
  background?: true;
  /** Further words by which prose cites it. */
  cite?: string[];
  note: string;
}

export type References = Readonly<Record<string, Reference>>;

/** Authors that are no persons, of more than one word. */
const ORGANISATIONS = new Set(["Amazon Web Services", "Glass Cloud"]);
/** Words that belong to the family name behind them. */
const PARTICLES = new Set(["van", "von", "de", "der", "den", "di", "da"]);

/** How authors are spoken of: "Plank", "Plank & Ding", "Huang et al." */
export function spokenAuthors(authors: readonly string[]): string {
  const [first, second] = authors.map(familyName);
  if (authors.length > 2) return `${first} et al.`;
  return second === undefined ? first! : `${first} & ${second}`;
}

/** "Plank & Ding 2003". */
export function spokenForm({authors, year}: Reference): string {
  return `${spokenAuthors(authors)} ${year}`;
}

/**
 * Finds citations in prose: "Plank 1997", "Plank & Ding 2003", "Dean and Barroso (2013)", "Huang et
 * al., ATC 2012", "Ford et al. (2010, as quoted …)", a title in quotation marks, and whatever a
 * reference names under `cite`.
 */
export class CitationFinder {
  /** Forms that stand for more than one reference, and so for none: "Amazon Web Services 2023". */
  readonly ambiguous: readonly string[];
  private readonly ids: readonly string[];
  private readonly expression: RegExp;
  private readonly titles = new Map<string, string | undefined>();

  constructor(references: References) {
    const ids = Object.keys(references);
    const forms = ids.map((id) => spokenForm(references[id]!));
    const isAmbiguous = (form: string): boolean => forms.indexOf(form) !== forms.lastIndexOf(form);
    this.ambiguous = [...new Set(forms.filter(isAmbiguous))];
    this.ids = ids;
    const groups = ids.map((id, index) => {
      const reference = references[id]!;
      const spoken = isAmbiguous(forms[index]!) ? [] : [yearForms(reference)];
      const quoted = titleForms(reference.title).map(
        (title) => `(?<=["“])${anyCase(pattern(title))}(?=[,.]?["”])`,
      );
      const alternatives = [...spoken, ...quoted, ...(reference.cite ?? []).map(pattern)];
      // "$^" is never found.
      return `(${alternatives.length > 0 ? alternatives.join("|") : "$^"})`;
    });
    this.expression = new RegExp(
      `(?<![\\p{L}\\p{N}])(?:${groups.join("|")})(?![\\p{L}\\p{N}])`,
      "gu",
    );
    for (const id of ids) this.addTitle(id, references[id]!.title);
  }

  find(text: string): (FoundPhrase & {id: string})[] {
    if (this.ids.length === 0) return [];
    return [...text.matchAll(this.expression)].map((match) => {
      const id = this.ids[match.slice(1).findIndex((part) => part !== undefined)]!;
      const [start, end] = [match.index, match.index + match[0].length];
      return {id, start, end, attributes: citationAttributes(id)};
    });
  }

  /** The reference with this title, whole or up to its colon; undefined for titles of one word. */
  byTitle(title: string): string | undefined {
    return this.titles.get(title.trim().toLowerCase());
  }

  private addTitle(id: string, title: string): void {
    for (const form of titleForms(title)) {
      const key = form.toLowerCase();
      this.titles.set(key, this.titles.has(key) ? undefined : id);
    }
  }
}

/** A title, whole and up to its colon; one of a single word is too common to be a citation. */
function titleForms(title: string): string[] {
  return [...new Set([title, title.split(":")[0]!])].filter((form) => /\s/.test(form));
}

export function citationAttributes(id: string): FoundPhrase["attributes"] {
  return [
    ["class", "citation"],
    ["href", `references.html#${referenceAnchor(id)}`],
  ];
}

/** The authors with the year behind them: after a space, a comma, a venue, or in brackets. */
function yearForms({authors, year}: Reference): string {
  const names = pattern(spokenAuthors(authors))
    .replace("&", "(?:&|and)")
    .replace(/al\\\.$/, "al\\.?");
  const venue = "(?:[A-Z][A-Z0-9]+\\s+)?";
  return `${names}(?:,?\\s+${venue}${year}|\\s+\\(${year}\\)|(?=\\s+\\(${year},))`;
}

function familyName(author: string): string {
  const words = author.split(" ");
  if (ORGANISATIONS.has(author) || words.length < 2) return author;
  const hasParticle = words.length > 2 && PARTICLES.has(words.at(-2)!.toLowerCase());
  return words.slice(hasParticle ? -2 : -1).join(" ");
}
