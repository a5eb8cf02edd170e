/**
 * Every word of the book's pages, in one place, so that it can be translated: a translation replaces
 * the three objects. The chapters' own words are in the notebooks, those of figures, guesses and
 * verdicts in `lesson` and `plot`, those of claims, terms and references in `data/`.
 *
 * A script bundles only the object that it uses: the page's does not carry the words of the build.
 */
export {STRINGS} from "./strings/page.js";
export {SITE_STRINGS} from "./strings/site.js";
export {WORKER_STRINGS} from "./strings/worker.js";
