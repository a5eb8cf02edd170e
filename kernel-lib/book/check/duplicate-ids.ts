import type {BookFiles, Finding} from "./book-files.js";

/** Ids that a page has more than once: an anchor leads to the first, a label names the first. */
export function duplicateIds({pages}: BookFiles): Finding[] {
  return pages.flatMap(({path, elements}) => {
    const ids = elements.flatMap(({attributes}) => attributes.get("id") ?? []);
    const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
    return [...repeated].map((id) => ({page: path, problem: `the id "${id}" stands here twice`}));
  });
}
