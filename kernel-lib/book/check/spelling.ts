import type {Finding} from "./book-files.js";

/** Prose of one page or file. */
export interface Prose {
  /** Path that a finding names. */
  page: string;
  texts: readonly string[];
}

export interface Spelling {
  /** Whether the dictionary has a word, in its own way of writing it. */
  isInDictionary: (word: string) => boolean;
  /** Words of the project that no dictionary has; a capital letter in them must be there. */
  projectWords: readonly string[];
  /** Where the words of the project stand, for findings about them. */
  wordList: string;
  /** Names as the references write them: a person's name is spelled as that person does. */
  names: readonly string[];
}

/** Words that neither the dictionary nor the project has, once per page. */
export function misspelled(prose: readonly Prose[], spelling: Spelling): Finding[] {
  const isKnown = knownWords(spelling);
  return prose.flatMap(({page, texts}) => {
    const unknown = wordsOf(texts).filter((word) => !isKnown(word));
    return [...countOf(unknown)].map(([word, count]) => ({
      page,
      problem: `spelling: ${word}${count > 1 ? ` (${count} times)` : ""}`,
    }));
  });
}

/** Words of the project's list that are used nowhere, that the dictionary has, or out of order. */
export function wordListProblems(prose: readonly Prose[], spelling: Spelling): Finding[] {
  const {projectWords, isInDictionary, wordList} = spelling;
  const used = new Set(prose.flatMap(({texts}) => wordsOf(texts)).flatMap(formsInList));
  const problems = projectWords.flatMap((word, index) => {
    const before = projectWords[index - 1];
    return [
      ...(used.has(word) ? [] : [`${word} is used nowhere`]),
      ...(isInDictionary(word) ? [`${word} is in the dictionary`] : []),
      ...(before === undefined || before < word ? [] : [`${word} must stand before ${before}`]),
    ];
  });
  return problems.map((problem) => ({page: wordList, problem}));
}

/**
 * The words of texts that can be looked up: without addresses, paths, file names, identifiers,
 * abbreviations in capitals, numbers in whatever notation, and two letters or fewer. A hyphen parts
 * words.
 */
export function wordsOf(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => text.replaceAll("’", "'").split(/[\s\u{fffc}–—…]+/u))
    .filter((chunk) => !/:\/\/|@\p{L}|[\p{L}\d]\.\p{L}|\p{L}_|_\p{L}/u.test(chunk))
    .flatMap((chunk) => chunk.split(/[^\p{L}\p{M}\d'⁰-₟]+/u))
    .map((chunk) => chunk.replace(/^'+|'+$/g, "").replace(/'s$/, ""))
    .filter((word) => /^\p{L}[\p{L}\p{M}']{2,}$/u.test(word))
    .filter((word) => !/\p{Ll}\p{Lu}/u.test(word) && !/^\p{Lu}{2,}s?$/u.test(word));
}

function knownWords({isInDictionary, projectWords, names}: Spelling): (word: string) => boolean {
  const ours = new Set([...projectWords, ...wordsOf(names)]);
  const known = new Map<string, boolean>();
  return (word) => {
    const found =
      known.get(word) ?? (formsInList(word).some((form) => ours.has(form)) || isInDictionary(word));
    known.set(word, found);
    return found;
  };
}

/** A word may begin a sentence, so one with a capital letter may be listed without. */
function formsInList(word: string): string[] {
  return [word, word[0]!.toLowerCase() + word.slice(1)];
}

function countOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
