import {escapeHtml} from "../../plot/index.js";
import {SITE_STRINGS} from "../strings.js";
import type {BookPage} from "./book-page.js";

const WORDS = SITE_STRINGS.shell;

/** The pages that every page leads to. */
const MAIN_PAGES = [
  ["claims.html", WORDS.claims],
  ["glossary.html", WORDS.glossary],
  ["references.html", WORDS.references],
  ["api.html", WORDS.api],
] as const;

/** A whole document: header, search, the page's own content, footer. */
export function documentOf({path, title, description, html}: BookPage): string {
  const full = path === "index.html" ? SITE_STRINGS.title : `${title} | ${SITE_STRINGS.title}`;
  const links = MAIN_PAGES.map(([target, label]) => {
    const here = target === path ? ' aria-current="page"' : "";
    return `<li><a href="${target}"${here}>${label}</a></li>`;
  });
  return `<!doctype html>
<html lang="${SITE_STRINGS.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(full)}</title>
<meta name="description" content="${escapeHtml(description)}">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
<script src="book.js"></script>
</head>
<body>
<a class="skip" href="#main">${WORDS.skip}</a>
<header>
<nav aria-label="${WORDS.navigation}">
<a class="home" href="index.html"${path === "index.html" ? ' aria-current="page"' : ""}>${SITE_STRINGS.title}</a>
<ul>${links.join("")}</ul>
</nav>
<form id="search" role="search" hidden>
<label class="visually-hidden" for="query">${WORDS.search}</label>
<input id="query" type="search" placeholder="${WORDS.search}" autocomplete="off">
<div class="found"><p role="status"></p><ul></ul></div>
</form>
<button id="theme" type="button" hidden>${WORDS.theme}</button>
</header>
<main id="main" tabindex="-1">
${html}
</main>
<footer><p>${WORDS.notAffiliated}</p></footer>
</body>
</html>
`;
}
