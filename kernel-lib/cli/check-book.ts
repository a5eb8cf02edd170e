/**
 * `npm run check:book` (or `-- FOLDER`): links, anchors, foreign hosts, orphans, alternative texts,
 * ids, citations and spelling of a made book, and the spelling of the project's Markdown files.
 */
import {existsSync, readFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {checkBook, markdownProse, namesOfWorks, readBook} from "../book/index.js";
import type {CitableWork} from "../book/index.js";
import type {ClaimRow} from "../lesson/index.js";
import {loadDictionary} from "./dictionary.js";
import {notebookFiles, ROOT} from "./notebook-files.js";
import {markdownFiles} from "./project-markdown.js";
import {runCommand} from "./run-command.js";

const WORD_LIST = "docs/words.txt";

await runCommand(() => {
  const folder = resolve(process.argv[2] ?? join(ROOT, "build", "book"));
  if (!existsSync(folder)) {
    throw new Error(`Cannot check the book: no folder ${folder}; npm run book makes it`);
  }
  const isInDictionary = loadDictionary();
  const claims = JSON.parse(read("data/claims.json")) as ClaimRow[];
  const references = JSON.parse(read("data/references.json")) as Record<string, CitableWork>;
  const data = ["claims.json", "datapackage.json", "prices.csv"].map((name) =>
    read(`data/${name}`),
  );
  const notebooks = notebookFiles().map((path) => readFileSync(path, "utf8"));
  const book = readBook(folder);
  const findings = checkBook({
    book,
    citable: {
      claimIds: claims.map(({id}) => id),
      references,
      sources: [...data, ...notebooks],
    },
    spelling: {
      isInDictionary,
      projectWords: read(WORD_LIST)
        .split("\n")
        .filter((word) => word !== ""),
      wordList: WORD_LIST,
      names: namesOfWorks(Object.values(references)),
    },
    prose: markdownFiles(ROOT).map((path) => markdownProse(path, read(path))),
  });
  for (const {page, problem} of findings) console.error(`${page}: ${problem}`);
  if (findings.length > 0) throw new Error(`\n${findings.length} problems`);
  console.log(`${book.pages.length} pages: no problem found.`);
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
