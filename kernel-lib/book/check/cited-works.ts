/** What a text can cite a work by; `data/references.json` says more of it. */
export interface CitableWork {
  title: string;
  authors: readonly string[];
  year: number;
  url: string | null;
  venue?: string;
  /** Heading or file in which to look. */
  section?: string;
  /** Nothing need cite it. */
  background?: boolean;
}

/**
 * Whether a text cites a work: by id, by address, by title, or by year and authors, of three or
 * more the first.
 */
export function citesWork(text: string, id: string, work: CitableWork): boolean {
  const {title, url, authors, year} = work;
  const families = authors.map((author) => author.split(" ").at(-1) ?? author);
  const named = families.length > 2 ? families.slice(0, 1) : families;
  return (
    hasWord(text, id) ||
    (url !== null && text.includes(url.replace(/^https?:\/\//, ""))) ||
    text.toLowerCase().includes(title.toLowerCase()) ||
    [...named, String(year)].every((word) => hasWord(text, word))
  );
}

/** What works call themselves and their parts: spelled as they are, whatever the dictionary says. */
export function namesOfWorks(works: readonly CitableWork[]): string[] {
  return works.flatMap(({authors, title, venue, section}) => [
    ...authors,
    ...[title, venue, section].filter((text) => text !== undefined),
  ]);
}

function hasWord(text: string, word: string): boolean {
  const at = text.indexOf(word);
  if (at < 0) return false;
  const around = [text[at - 1], text[at + word.length]];
  const whole = around.every((letter) => letter === undefined || !/[\p{L}\d]/u.test(letter));
  return whole || hasWord(text.slice(at + 1), word);
}
