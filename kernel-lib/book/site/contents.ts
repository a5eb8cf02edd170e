import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parseNotebook} from "../../kernel/index.js";
import type {Notebook} from "../../kernel/index.js";

/** A notebook of the book, in its place. */
export interface BookNotebook {
  /** As in "03-lab-tail": file and page have this name. */
  name: string;
  /** Its heading, as in "3 · Lab: the tail of a read". */
  title: string;
  /** First paragraph after the heading and the line about it: what the page is about. */
  description: string;
  chapter: number;
  kind: "start" | "core" | "lab" | "appendix";
  /** As in "20 minutes". */
  minutes: string;
  /** Names of the notebooks that it comes after. */
  comesAfter: string[];
  notebook: Notebook;
}

const KINDS = ["start", "core", "lab", "appendix"] as const;

/**
 * All notebooks in the order in which they are read: by chapter, the core before its labs, the
 * appendix last.
 *
 * @param folder that holds them
 */
export function readContents(folder: string): BookNotebook[] {
  const order = ({chapter, kind, name}: BookNotebook): string =>
    `${String(chapter).padStart(3, "0")} ${KINDS.indexOf(kind)} ${name}`;
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ipynb"))
    .map((file) => readNotebook(folder, file))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function readNotebook(folder: string, file: string): BookNotebook {
  const notebook = parseNotebook(readFileSync(join(folder, file), "utf8"));
  const {chapter, kind} = notebook.metadata["glass_cloud"] as Pick<
    BookNotebook,
    "chapter" | "kind"
  >;
  const header = notebook.cells[0]!.source;
  const [title = "", about = "", description = ""] = header.split(/\n\n+/);
  const after = /(?:comes after|belongs to)(.*)/.exec(about)?.[1] ?? "";
  return {
    name: file.replace(/\.ipynb$/, ""),
    title: title.replace(/^#\s*/, ""),
    description: plainMarkdown(description),
    chapter,
    kind,
    minutes: /\d+ minutes/.exec(about)?.[0] ?? "",
    comesAfter: [...after.matchAll(/\]\(([\w-]+)\.ipynb/g)].map((match) => match[1]!),
    notebook,
  };
}

/** Markdown without its signs, roughly: for previews and the search. */
export function plainMarkdown(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*`_#|]/g, "")
    .replace(/\s+/g, " ");
}
