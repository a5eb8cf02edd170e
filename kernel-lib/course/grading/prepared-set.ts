import {createHmac} from "node:crypto";
import {existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {formatNotebook} from "../../kernel/index.js";
import type {Notebook} from "../../kernel/index.js";
import {judgeModule} from "../source/judge-module.js";
import {readProblemSet} from "../source/problem-set.js";
import type {ProblemSet} from "../source/problem-set.js";
import {digestOf, releaseNotebook} from "../source/release.js";

/** A problem set made ready for grading. */
export interface PreparedSet {
  set: ProblemSet;
  course: string;
  release: Notebook;
  /** `file:` address of the judge's module. */
  judge: string;
  /** Over all that decides marks besides the submission. */
  digest: string;
  /** The course's secret: decides the inputs of the hidden tests. */
  secret: string;
}

/** Made by the build from all sources of the library: a change to it makes every result stale. */
const BUILD_STAMP = new URL("../../.stamp", import.meta.url);

/**
 * Reads a problem set and writes its judge where Node finds our library from it.
 *
 * @param folders `source` with the problem sets, `judges` for what is generated
 * @throws SyntaxError or RangeError as `readProblemSet` and `judgeModule`
 */
export function prepareSet(
  name: string,
  {
    course,
    secret,
    folders,
  }: {course: string; secret: string; folders: {source: string; judges: string}},
): PreparedSet {
  const set = readProblemSet(folders.source, name);
  const release = releaseNotebook(set, course);
  const code = judgeModule(set, course);
  const digest = digestOf(buildStamp(), course, secret, formatNotebook(release), code);
  const path = join(folders.judges, `${name}-${digest.slice(0, 16)}.mjs`);
  mkdirSync(folders.judges, {recursive: true});
  // Two graders may do this at once: each writes its own file, and the last name wins.
  writeFileSync(`${path}.${process.pid}`, code);
  renameSync(`${path}.${process.pid}`, path);
  return {set, course, release, judge: pathToFileURL(path).href, digest, secret};
}

/**
 * The seed of a student's hidden inputs, a whole number in [0, 2^32): not to be guessed without the
 * course's secret. HMAC-SHA256, since a plain hash would tell whoever learns one such seed, say from
 * the message of an error, all others.
 */
export function hiddenSeed(
  {course, secret, set}: Pick<PreparedSet, "course" | "secret"> & {set: Pick<ProblemSet, "name">},
  student: string,
): number {
  const names = JSON.stringify([course, set.name, student]);
  return createHmac("sha256", secret).update(names).digest().readUInt32BE(0);
}

/** Empty where the library was built by other means than `npm run build`. */
function buildStamp(): string {
  return existsSync(BUILD_STAMP) ? readFileSync(BUILD_STAMP, "utf8") : "";
}
