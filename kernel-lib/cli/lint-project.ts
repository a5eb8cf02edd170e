import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {dirname, join} from "node:path";
import {parseNotebook} from "../kernel/index.js";
import type {Notebook} from "../kernel/index.js";
import {notebookProblems, PLACEHOLDER} from "./notebook-rules.js";

export interface Finding {
  path: string;
  problem: string;
}

/** Where stubs are put by `npm run new:chapter`, besides the notebooks themselves. */
const STUB_FOLDERS = ["kernel-lib/experiments", "test/experiments", "data", "notebooks/coursework"];

/**
 * All findings below a project's root, in order of path.
 *
 * @param root folder that holds `notebooks`
 */
export function lintProject(root: string): Finding[] {
  const notebooks = readdirSync(join(root, "notebooks"))
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .flatMap((name) => lintNotebook(join(root, "notebooks", name)));
  return [...notebooks, ...STUB_FOLDERS.flatMap((folder) => placeholders(join(root, folder)))];
}

function lintNotebook(path: string): Finding[] {
  const notebook = parseNotebook(readFileSync(path, "utf8"));
  const problems = [
    ...notebookProblems(notebook, statSync(path).size),
    ...deadLinks(path, notebook),
  ];
  return problems.map((problem) => ({path, problem}));
}

/** Links to files beside the notebook; those to the network are left alone. */
function deadLinks(path: string, notebook: Notebook): string[] {
  const texts = notebook.cells.filter((cell) => cell.cell_type === "markdown");
  const links = texts.flatMap((cell) => [...cell.source.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]);
  return links
    .map((match) => match[1]!)
    .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(dirname(path), link)))
    .map((link) => `the link to ${link} leads nowhere`);
}

function placeholders(folder: string): Finding[] {
  if (!existsSync(folder)) return [];
  return (readdirSync(folder, {recursive: true}) as string[])
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path, "utf8").includes(PLACEHOLDER))
    .map((path) => ({path, problem: `a placeholder ${PLACEHOLDER}…⟩ is still to be written`}));
}
