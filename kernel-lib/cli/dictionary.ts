import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";

/** What we use of typo-js, which has no types of its own. */
type Typo = new (name: string, aff: string, dic: string) => {check: (word: string) => boolean};

/**
 * The British dictionary of SCOWL, read by typo-js. Both are dependencies of development, since
 * only whoever writes the book spells it.
 *
 * @returns whether the dictionary has a word
 * @throws Error if one of the two is not installed
 */
export function loadDictionary(): (word: string) => boolean {
  const require = createRequire(import.meta.url);
  const found = ((): {typo: Typo; folder: string} => {
    try {
      const folder = dirname(require.resolve("dictionary-en-gb"));
      return {typo: require("typo-js") as Typo, folder};
    } catch {
      throw new Error(
        "Cannot check spelling: need the packages typo-js and dictionary-en-gb; run npm install",
      );
    }
  })();
  const read = (name: string): string => readFileSync(join(found.folder, name), "utf8");
  const dictionary = new found.typo("en_GB", read("index.aff"), read("index.dic"));
  return (word) => dictionary.check(word);
}
