import {escapeHtml} from "../../plot/index.js";
import {SITE_STRINGS} from "../strings.js";
import {referenceAnchor} from "./anchors.js";
import type {BookPage} from "./book-page.js";
import {spokenForm} from "./citations.js";
import type {Reference, References} from "./citations.js";

const WORDS = SITE_STRINGS.references;

/** A place that cites a reference. */
export interface CitingPlace {
  /** Relative address, such as "03-s3.html" or "claims.html#claim-3.9". */
  href: string;
  /** What its link says. */
  title: string;
}

/** A claim, as far as its sources go. */
export interface CitingClaim {
  id: string;
  evidence: readonly {reference: string}[];
}

/** A table of data that rests on a reference. */
export interface CitingData extends CitingPlace {
  reference: string;
}

/** A resource of `data/datapackage.json`, as far as it says what it rests on. */
export interface DataResource {
  path: string;
  title: string;
  evidence?: {reference: string};
}

/**
 * The published figures that cite something; none whose file has no address.
 *
 * @param linkOf the address of a file of the repository, given from its root
 */
export function citingFigures(
  resources: readonly DataResource[],
  linkOf: (path: string) => string | undefined,
): CitingData[] {
  return resources.flatMap(({path, title, evidence}) => {
    const href = linkOf(`data/${path}`);
    if (evidence === undefined || href === undefined) return [];
    return [{reference: evidence.reference, href, title: WORDS.figures(title)}];
  });
}

/**
 * The list prices, as what cites the sources that their rows name.
 *
 * @param rows of `data/prices.csv`
 * @param href where the book has the file
 */
export function citingPrices(rows: readonly {source: string}[], href: string): CitingData[] {
  return rows.map(({source}) => ({reference: source, href, title: WORDS.prices}));
}

/**
 * Which places cite each reference: pages in their order, then claims in theirs, then data.
 *
 * @param pages with the references that their prose cites (`ProseContext.cited`)
 */
export function citingPlaces(
  pages: readonly {path: string; title: string; cited: ReadonlySet<string>}[],
  claims: readonly CitingClaim[],
  data: readonly CitingData[] = [],
): Map<string, CitingPlace[]> {
  const places = new Map<string, CitingPlace[]>();
  const add = (id: string, place: CitingPlace): void => {
    const known = places.get(id) ?? [];
    if (!known.some(({href}) => href === place.href)) places.set(id, [...known, place]);
  };
  for (const {path, title, cited} of pages) cited.forEach((id) => add(id, {href: path, title}));
  for (const {id, evidence} of claims) {
    const place = {href: `claims.html#claim-${id}`, title: WORDS.claim(id)};
    evidence.forEach(({reference}) => add(reference, place));
  }
  for (const {reference, href, title} of data) add(reference, {href, title});
  return places;
}

/**
 * The page of all references, by author and year.
 *
 * @param places that cite each reference, by its id
 */
export function referencesPage(
  references: References,
  places: ReadonlyMap<string, readonly CitingPlace[]>,
): BookPage {
  const entries = Object.entries(references).sort(([, a], [, b]) => byAuthor(a, b));
  const items = entries.map(([id]) => entry(id, references, places.get(id) ?? []));
  const html =
    `<h1>${WORDS.title}</h1>\n<p>${WORDS.intro}</p>\n` +
    `<ul class="references">\n${items.join("\n")}\n</ul>\n`;
  return {path: "references.html", title: WORDS.title, description: WORDS.description, html};
}

function entry(id: string, references: References, places: readonly CitingPlace[]): string {
  const {authors, title, url, venue, year, section, unconfirmed, background, note} =
    references[id]!;
  const name = `<cite>${escapeHtml(title)}</cite>`;
  const linked =
    url === null ? `${name} (${WORDS.noLink})` : `<a href="${escapeHtml(url)}">${name}</a>`;
  const where = section === undefined ? "" : ` ${WORDS.section}: ${escapeHtml(section)}.`;
  const flag = unconfirmed ? `<strong class="unconfirmed">${WORDS.unconfirmed}.</strong> ` : "";
  const links = places.map(({href, title: text}) => {
    return `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`;
  });
  const cited =
    links.length > 0
      ? `${WORDS.citedBy}: ${links.join(", ")}.`
      : background
        ? WORDS.background
        : "";
  return (
    `<li id="${referenceAnchor(id)}">\n` +
    `<p>${escapeHtml(authors.join(", "))}: ${linked}. ${escapeHtml(withYear(venue, year))}.${where}</p>\n` +
    `<p class="note">${flag}${noteHtml(note, references)}</p>\n` +
    (cited === "" ? "" : `<p class="cited-by">${cited}</p>\n`) +
    `</li>`
  );
}

/** A note names other references by their ids; a reader gets authors and year, or the title. */
function noteHtml(note: string, references: References): string {
  const forms = Object.values(references).map(spokenForm);
  return escapeHtml(note).replace(/[a-z0-9]+(?:-[a-z0-9]+)+/g, (id) => {
    const other = Object.hasOwn(references, id) ? references[id] : undefined;
    if (other === undefined) return id;
    const form = spokenForm(other);
    const isOnly = forms.indexOf(form) === forms.lastIndexOf(form);
    const name = isOnly ? form : `“${other.title}”`;
    return `<a href="#${referenceAnchor(id)}">${escapeHtml(name)}</a>`;
  });
}

/** The year behind the venue, unless it is said there. */
function withYear(venue: string, year: number): string {
  return venue.includes(String(year)) ? venue : `${venue}, ${year}`;
}

function byAuthor(a: Reference, b: Reference): number {
  const [x, y] = [a, b].map((reference) =>
    `${spokenForm(reference)} ${reference.title}`.toLowerCase(),
  );
  return x! < y! ? -1 : x! > y! ? 1 : 0;
}
