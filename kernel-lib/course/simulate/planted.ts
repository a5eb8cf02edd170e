import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parseNotebook} from "../../kernel/index.js";

/** A solution that is wrong on purpose: hidden tests are held to it, and made classes hand it in. */
export interface Planted {
  /** As in "q3". */
  question: string;
  name: string;
  /** `grade_id` of the solution cell that it takes the place of. */
  cell: string;
  source: string;
  /** Names of exactly the hidden properties that it must fail. */
  fails: string[];
}

/**
 * The planted solutions of a problem set, `planted/psNN.ipynb`: a code cell each, with `planted` in
 * its metadata. They lie apart from the source, so that no release can carry them.
 *
 * @returns none where there is no such file
 */
export function readPlanted(folder: string, problemSet: string): Planted[] {
  const path = join(folder, `${problemSet}.ipynb`);
  if (!existsSync(path)) return [];
  return parseNotebook(readFileSync(path, "utf8")).cells.flatMap(({metadata, source}) => {
    const about = metadata["planted"] as Omit<Planted, "source"> | undefined;
    return about === undefined ? [] : [{...about, source}];
  });
}
