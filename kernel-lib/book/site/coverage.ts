import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import type {AuditedClaim} from "../claims/audit-claims.js";
import {SITE_STRINGS} from "../strings.js";
import type {BookNotebook} from "./contents.js";

/** What the book has of one chapter, counted from what is there. */
export interface ChapterCoverage {
  chapter: number;
  subject: string;
  /** Empty if the chapter is not built. */
  notebooks: BookNotebook[];
  claims: AuditedClaim[];
  /** Names of experiments that its notebooks import, as in "s3/zoneLoss". */
  experiments: string[];
  /** Files of tests of those experiments and of what its claims name. */
  tests: string[];
}

/** @param root of the project */
export function coverage(
  notebooks: readonly BookNotebook[],
  claims: readonly AuditedClaim[],
  root: string,
): ChapterCoverage[] {
  return SITE_STRINGS.front.subjects.map((subject, chapter) => {
    const own = notebooks.filter((notebook) => notebook.chapter === chapter);
    const rows = claims.filter(({claim}) => parseInt(claim.id, 10) === chapter);
    const experiments = chapter === 0 ? [] : importedExperiments(own);
    return {
      ...{chapter, subject, notebooks: own, claims: rows, experiments},
      tests: testsOf(experiments, rows, root),
    };
  });
}

const IMPORT = /import \{([^}]*)\} from "kernel-lib\/experiments\/([\w-]+)"/g;
/** A name in the braces, also one that is renamed; types are no experiments. */
const IMPORTED = /(?:^|,)\s*(?!type\s)(\w+)/g;

function importedExperiments(notebooks: readonly BookNotebook[]): string[] {
  const sources = notebooks.flatMap(({notebook}) => notebook.cells.map(({source}) => source));
  const names = sources.flatMap((source) =>
    [...source.matchAll(IMPORT)].flatMap(([, list, area]) =>
      [...list!.matchAll(IMPORTED)].map(([, name]) => `${area}/${name}`),
    ),
  );
  return [...new Set(names)].sort();
}

function testsOf(
  experiments: readonly string[],
  claims: readonly AuditedClaim[],
  root: string,
): string[] {
  const areas = new Set(experiments.map((name) => name.split("/")[0]!));
  const files = [...areas].flatMap((area) => {
    const folder = `test/experiments/${area}`;
    if (!existsSync(join(root, folder))) return [];
    const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(".test.ts"));
    return names.map((name) => `${folder}/${name}`);
  });
  return [...new Set([...files, ...claims.flatMap(({claim}) => claim.test ?? [])])].sort();
}
