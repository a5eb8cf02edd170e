/**
 * The library reference: one page for each import path, made from the docstrings of the sources.
 * TypeDoc reads the program; the pages are ours, so that anchors are plain names and everything
 * obeys the rules of the book. Takes some ten seconds.
 */
import {dirname} from "node:path";
import type {DeclarationReflection} from "typedoc";
import {ReflectionKind} from "typedoc";
import {escapeHtml} from "../../plot/index.js";
import {SITE_STRINGS} from "../strings.js";
import {takeId} from "./anchors.js";
import {apiAreas, fileDocstring, firstSentence, fromRoot} from "./api-areas.js";
import type {ApiArea} from "./api-areas.js";
import {entryHtml} from "./api-entry.js";
import type {EntryContext} from "./api-entry.js";
import {documentedAs, readApi} from "./api-model.js";
import type {ApiModule} from "./api-model.js";
import type {BookPage} from "./book-page.js";
import type {CitationFinder} from "./citations.js";
import {proseContext, renderProse} from "./prose.js";
import type {ProseContext} from "./prose.js";
import type {SearchEntry} from "./search-entries.js";

const WORDS = SITE_STRINGS.api;

export interface ApiPagesOptions {
  /** The folder kernel-lib, absolute. */
  library: string;
  /** The address of a file of the repository, given from its root; a line is added as `#L12`. */
  repositoryLink: (path: string) => string | undefined;
  citations?: CitationFinder | undefined;
  /** TypeScript as coloured HTML; left out, it is only escaped. */
  highlight?: (code: string) => string;
}

/** A page of the reference. */
export interface ApiPage extends BookPage {
  /** The references that its docstrings cite. */
  cited: ReadonlySet<string>;
  /** Its exports, to be found by name. */
  entries: SearchEntry[];
}

/** The index `api.html` and a page for each area. */
export async function apiPages(options: ApiPagesOptions): Promise<ApiPage[]> {
  const areas = apiAreas(options.library);
  const modules = await readApi(options.library, areas);
  const homes = new Map<DeclarationReflection, ApiArea>();
  for (const {area, exports} of modules) {
    for (const exported of exports) {
      const item = documentedAs(exported);
      if (item === exported) homes.set(item, area);
    }
  }
  return [indexPage(areas), ...modules.map((module) => areaPage(module, homes, options))];
}

function indexPage(areas: readonly ApiArea[]): ApiPage {
  const items = areas.map((area) => {
    const sentence = firstSentence(fileDocstring(area.index));
    return (
      `<dt><a href="${area.path}"><code>kernel-lib/${area.name}</code></a></dt>\n` +
      `<dd>${inlineHtml(sentence)}</dd>`
    );
  });
  const html =
    `<div class="api">\n<h1>${WORDS.index}</h1>\n<p>${WORDS.indexIntro}</p>\n` +
    `<dl class="areas">\n${items.join("\n")}\n</dl>\n</div>\n`;
  const {index: title, indexDescription: description} = WORDS;
  return {path: "api.html", title, description, html, cited: new Set(), entries: []};
}

function areaPage(
  {area, exports}: ApiModule,
  homes: ReadonlyMap<DeclarationReflection, ApiArea>,
  options: ApiPagesOptions,
): ApiPage {
  const {library, repositoryLink, citations} = options;
  const folder = fromRoot(dirname(area.index), library);
  const prose = proseContext({folder, repositoryLink, citations});
  prose.plain = true;
  // Names of exports are anchors that others rely on: nothing else may take them.
  exports.forEach(({name}) => prose.ids.add(name));
  const title = `kernel-lib/${area.name}`;
  const docstring = fileDocstring(area.index);
  const context = entryContext(area, homes, prose, options);
  const groups = WORDS.groups.map((name, index) => ({
    name,
    id: takeId(name.toLowerCase(), prose.ids),
    items: exports.filter((exported) => groupOf(documentedAs(exported)) === index),
  }));
  const shown = groups.filter(({items}) => items.length > 0);
  const html = [
    `<div class="api">\n<h1><code>${title}</code></h1>`,
    context.markdown(docstring),
    contentsHtml(shown),
    ...shown.flatMap(({name, id, items}) => [
      `<h2 id="${id}">${name}</h2>`,
      ...items.map((item) => entryHtml(item, context)),
    ]),
    filesHtml(area, exports, prose, options),
    "</div>",
  ].join("\n");
  const description = firstSentence(docstring).replaceAll("`", "");
  const entries = exports.map((exported) => ({
    path: `${area.path}#${exported.name}`,
    title: exported.name,
    heading: title,
    text: aboutText(documentedAs(exported)),
  }));
  return {path: area.path, title, description, html, cited: prose.cited, entries};
}

function entryContext(
  area: ApiArea,
  homes: ReadonlyMap<DeclarationReflection, ApiArea>,
  prose: ProseContext,
  {library, repositoryLink, highlight = escapeHtml}: ApiPagesOptions,
): EntryContext {
  return {
    markdown: (text) => renderProse(text, prose).html,
    code: highlight,
    takeId: (wish) => takeId(wish, prose.ids),
    entryLink: (item) => {
      const home = homes.get(item);
      if (home === undefined) return undefined;
      const href = `${home === area ? "" : home.path}#${item.name}`;
      return {href, importPath: `kernel-lib/${home.name}`};
    },
    sourceLink: (item) => {
      const source = item.sources?.[0];
      if (source === undefined) return undefined;
      const path = fromRoot(source.fullFileName, library);
      const link = repositoryLink(path);
      const text = WORDS.atLine(path.replace(/^kernel-lib\//, ""), source.line);
      return {text, href: link === undefined ? undefined : `${link}#L${source.line}`};
    },
  };
}

function contentsHtml(
  groups: readonly {name: string; items: readonly DeclarationReflection[]}[],
): string {
  const lines = groups.map(({name, items}) => {
    const links = items.map(({name}) => `<a href="#${name}"><code>${name}</code></a>`);
    return `<li>${name}: ${links.join(", ")}</li>`;
  });
  return `<nav class="exports" aria-label="${WORDS.contents}">\n<ul>\n${lines.join("\n")}\n</ul>\n</nav>`;
}

/** What the files say of themselves: sources and fidelity of what they hold. */
function filesHtml(
  area: ApiArea,
  exports: readonly DeclarationReflection[],
  prose: ProseContext,
  {library}: ApiPagesOptions,
): string {
  const paths = exports.flatMap((one) => documentedAs(one).sources?.[0]?.fullFileName ?? []);
  const own = [...new Set(paths)].filter((path) => dirname(path) === dirname(area.index)).sort();
  const parts = own.flatMap((path) => {
    const docstring = fileDocstring(path);
    if (docstring === "") return [];
    const name = fromRoot(path, library).replace(/^kernel-lib\//, "");
    const id = takeId(`file-${name.replace(/[^A-Za-z0-9]+/g, "-")}`, prose.ids);
    return [`<h3 id="${id}"><code>${name}</code></h3>`, renderProse(docstring, prose).html];
  });
  if (parts.length === 0) return "";
  return [`<h2 id="${takeId("about-the-files", prose.ids)}">${WORDS.files}</h2>`, ...parts].join(
    "\n",
  );
}

function groupOf({kind}: DeclarationReflection): number {
  if (kind === ReflectionKind.Function) return 0;
  if (kind === ReflectionKind.Class) return 1;
  return kind === ReflectionKind.Interface || kind === ReflectionKind.TypeAlias ? 3 : 2;
}

/** What a docstring says before its tags, as the search shows it. */
function aboutText({comment, signatures}: DeclarationReflection): string {
  // A function's own words are at its signature; the declaration may have those of the module.
  const parts = (signatures?.find((one) => one.comment)?.comment ?? comment)?.summary ?? [];
  return parts
    .map(({text}) => text)
    .join("")
    .replaceAll("`", "")
    .replace(/\s+/g, " ")
    .trim();
}

/** A sentence of a docstring: code spans are the only Markdown in it. */
function inlineHtml(sentence: string): string {
  return escapeHtml(sentence).replace(/`([^`]+)`/g, "<code>$1</code>");
}
