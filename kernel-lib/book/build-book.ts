import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {csvParse} from "d3-dsv";
import type {ClaimRow} from "../lesson/index.js";
import {auditClaims} from "./claims/audit-claims.js";
import {buildScripts} from "./scripts/build-scripts.js";
import {apiPages} from "./site/api-pages.js";
import type {BookPage} from "./site/book-page.js";
import {highlight} from "./site/cell-html.js";
import {termAnchor} from "./site/anchors.js";
import {CitationFinder} from "./site/citations.js";
import type {References} from "./site/citations.js";
import {claimsPage} from "./site/claims-page.js";
import {readContents} from "./site/contents.js";
import type {BookNotebook} from "./site/contents.js";
import {coverage} from "./site/coverage.js";
import {FigureFiles} from "./site/figure-files.js";
import {frontPage} from "./site/front-page.js";
import {glossaryPage} from "./site/glossary-page.js";
import {notebookPage} from "./site/notebook-page.js";
import {documentOf} from "./site/page-shell.js";
import {proseContext} from "./site/prose.js";
import {citingFigures, citingPlaces, citingPrices, referencesPage} from "./site/references-page.js";
import type {DataResource} from "./site/references-page.js";
import {RepositoryLinks} from "./site/repository-links.js";
import {searchScript} from "./site/search-entries.js";
import type {SearchEntry} from "./site/search-entries.js";
import {TermFinder} from "./site/terms.js";
import type {GlossaryEntry} from "./site/terms.js";
import {SITE_STRINGS} from "./strings.js";

export interface BookOptions {
  /** The project's root. */
  root: string;
  /** Folder to write: none yet, an empty one, or that of an earlier book, which is deleted first. */
  out: string;
  /** Address of the repository, as in "https://github.com/owner/name"; unknown if left out. */
  repository?: string;
}

const PRICES = "data/prices.csv";

/** The style and the page's scripts are read where they were written. */
const SOURCES = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "book");

/**
 * Makes the book: plain static files.
 *
 * @returns the pages that were written
 * @throws RangeError if `out` holds anything but a book
 * @throws Error that says which notebook or cell keeps it from being made
 */
export async function buildBook({root, out, repository}: BookOptions): Promise<BookPage[]> {
  clearBook(out);
  mkdirSync(join(out, "notebooks"), {recursive: true});
  copyFileSync(join(SOURCES, "style.css"), join(out, "style.css"));
  const links = new RepositoryLinks(repository);
  const notebooks = readContents(join(root, "notebooks"));
  const references = readData(root, "references.json") as References;
  const claims = readData(root, "claims.json") as ClaimRow[];
  const glossary = readData(root, "glossary.json") as GlossaryEntry[];
  const audit = auditClaims({
    ...{claims, references},
    notebooks: notebooks.map(({name, notebook}) => ({...notebook, name})),
    exists: (path) => existsSync(join(root, path)),
  });

  const finders = {terms: new TermFinder(glossary), citations: new CitationFinder(references)};
  const figures = new FigureFiles(out);
  const entries: SearchEntry[] = [];
  const cited: {path: string; title: string; cited: ReadonlySet<string>}[] = [];
  const chapterPages = notebooks.map((notebook, index) => {
    const context = proseContext({
      ...finders,
      folder: "notebooks",
      repositoryLink: (path) => links.file(path),
    });
    const {page, entries: found} = notebookPage(
      notebook,
      neighbours(notebooks, index, links),
      context,
      figures,
    );
    entries.push(...found);
    cited.push({path: page.path, title: page.title, cited: context.cited});
    return page;
  });

  const repositoryLink = (path: string): string | undefined => links.file(path);
  const library = await apiPages({
    ...{library: join(root, "kernel-lib"), citations: finders.citations, highlight},
    repositoryLink,
  });
  const {resources} = readData(root, "datapackage.json") as {resources: DataResource[]};
  const prices = readFileSync(join(root, PRICES), "utf8");
  const dataCiting = [
    // The book has a copy of each, at the same path.
    ...citingFigures(resources, (path) => path),
    ...citingPrices(csvParse(prices) as unknown as {source: string}[], PRICES),
  ];
  const pages: BookPage[] = [
    frontPage(coverage(notebooks, audit.rows, root), links.binder(notebooks[0]?.name)),
    ...chapterPages,
    claimsPage(audit, {
      references,
      errataLink: (id) => links.errata(id),
      notebookTitle: (name) => notebooks.find((notebook) => notebook.name === name)?.title ?? name,
    }),
    glossaryPage(glossary, corePages(notebooks)),
    referencesPage(references, citingPlaces([...cited, ...library], claims, dataCiting)),
    ...library,
  ];
  entries.push(...dataEntries(claims, glossary), ...library.flatMap((page) => page.entries));
  for (const page of pages) writeFileSync(join(out, page.path), documentOf(page));
  await buildScripts(out);
  writeFileSync(join(out, "lib", "search.js"), searchScript(entries));
  copyFiles(root, out, notebooks);
  return pages;
}

/** Deletes an earlier book, and nothing else: a wrong `--out` must not cost anybody a folder. */
function clearBook(out: string): void {
  if (!existsSync(out)) return;
  const isFolder = statSync(out).isDirectory();
  const isBook = isFolder && BOOK_FILES.every((name) => existsSync(join(out, name)));
  if (!isFolder || (!isBook && readdirSync(out).length > 0)) {
    throw new RangeError(
      `Cannot write the book to ${out}: need a new or empty folder, or one with an earlier book`,
    );
  }
  rmSync(out, {recursive: true});
}

/** By which a book is known, also one that was not finished: they are written first. */
const BOOK_FILES = ["style.css", "notebooks"];

function neighbours(
  notebooks: readonly BookNotebook[],
  index: number,
  links: RepositoryLinks,
): Parameters<typeof notebookPage>[1] {
  const [previous, next] = [notebooks[index - 1], notebooks[index + 1]];
  const binder = links.binder(notebooks[index]!.name);
  return {
    all: notebooks,
    ...(previous && {previous}),
    ...(next && {next}),
    ...(binder !== undefined && {binder}),
  };
}

/** Chapter → page of its core; chapter 0 begins the book. */
function corePages(notebooks: readonly BookNotebook[]): Map<number, string> {
  const cores = notebooks.filter(({kind}) => kind === "core" || kind === "start").reverse();
  return new Map(cores.map(({chapter, name}) => [chapter, `${name}.html`]));
}

function dataEntries(
  claims: readonly ClaimRow[],
  glossary: readonly GlossaryEntry[],
): SearchEntry[] {
  return [
    ...claims.map(({id, quote, because}) => ({
      path: `claims.html#claim-${id}`,
      title: SITE_STRINGS.claimFound(id),
      heading: quote ?? "",
      text: because,
    })),
    ...glossary.map(({term, definition}) => ({
      path: `glossary.html#${termAnchor(term)}`,
      title: term,
      heading: "",
      text: definition,
    })),
  ];
}

function copyFiles(root: string, out: string, notebooks: readonly BookNotebook[]): void {
  copyFileSync(join(root, "CITATION.cff"), join(out, "CITATION.cff"));
  mkdirSync(join(out, "data"), {recursive: true});
  for (const name of ["claims.json", "references.json", "schemas/claims.schema.json"]) {
    copyFileSync(join(root, "data", name), join(out, "data", name.replace("schemas/", "")));
  }
  cpSync(join(root, "data", "published"), join(out, "data", "published"), {recursive: true});
  copyFileSync(join(root, PRICES), join(out, PRICES));
  for (const {name} of notebooks) {
    const file = join("notebooks", `${name}.ipynb`);
    copyFileSync(join(root, file), join(out, file));
  }
}

function readData(root: string, name: string): unknown {
  return JSON.parse(readFileSync(join(root, "data", name), "utf8"));
}
