/**
 * A text as an anchor: letters and digits in lower case, everything else one "-". JupyterLab's
 * form of the same heading ("2-·-What-must-always-be-true") gives the same anchor.
 *
 * @returns "section" where nothing is left
 */
export function slug(text: string): string {
  const words = text
    .normalize("NFKD")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? ["section"];
  return words.join("-");
}

/** The anchor of a term on the glossary page: a letter or digit of ASCII stays, the rest is "-". */
export function termAnchor(term: string): string {
  return `term-${term.toLowerCase().replace(/[^a-z0-9]/g, "-")}`;
}

/** The anchor of a reference on its page; its id is a key of `data/references.json`. */
export function referenceAnchor(id: string): string {
  return `ref-${id}`;
}

/** Takes an id that is not yet used on the page: the wish itself, or with "-2", "-3" … */
export function takeId(wish: string, used: Set<string>): string {
  let id = wish;
  for (let count = 2; used.has(id); count++) id = `${wish}-${count}`;
  used.add(id);
  return id;
}
