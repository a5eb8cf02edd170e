import {readdirSync, readFileSync} from "node:fs";
import {dirname, join, relative, sep} from "node:path";

/** Tools, and what makes the book: nobody imports them from a notebook. */
const NOT_IMPORTED = new Set(["book", "cli"]);

/** A public import path of the library: a folder with an index. */
export interface ApiArea {
  /** Below kernel-lib, such as "services/s3". */
  name: string;
  /** The index, as a path of this machine. */
  index: string;
  /** Name of its page: "api-services-s3.html". */
  path: string;
}

/** Every area of kernel-lib that a reader may import, by name. */
export function apiAreas(library: string): ApiArea[] {
  const folders = readdirSync(library, {recursive: true, withFileTypes: true})
    .filter((file) => file.isFile() && file.name === "index.ts")
    .map((file) =>
      relative(library, file.parentPath ?? file.path)
        .split(sep)
        .join("/"),
    );
  return folders
    .filter((name) => !/(^|\/)(dist|node_modules)(\/|$)/.test(name))
    .filter((name) => name !== "" && !NOT_IMPORTED.has(name.split("/")[0]!))
    .sort()
    .map((name) => ({
      name,
      index: join(library, name, "index.ts"),
      path: `api-${name.replaceAll("/", "-")}.html`,
    }));
}

/** What a file says of itself at its top, as Markdown; empty if it begins with something else. */
export function fileDocstring(path: string): string {
  const source = readFileSync(path, "utf8");
  const match = /^\/\*\*([\s\S]*?)\*\/\s*(\S*)/.exec(source);
  if (match === null) return "";
  // The comment of an index is always its own; elsewhere it may belong to what follows.
  const isIndex = /index\.ts$/.test(path);
  if (!isIndex && match[2] === "export") return "";
  return withoutStars(match[1]!);
}

/** The first sentence of a docstring, on one line, without what stands before its colon. */
export function firstSentence(docstring: string): string {
  const text = docstring.split("\n\n")[0]!.replace(/\s+/g, " ").trim();
  const sentence = /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
  const said = sentence.replace(/^[\p{L}\d ]{1,24}: /u, "");
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** The folder that a path of the repository is given from. */
export function fromRoot(path: string, library: string): string {
  return relative(dirname(library), path).split(sep).join("/");
}

function withoutStars(comment: string): string {
  return comment.replace(/^[^\S\n]*\* ?/gm, "").trim();
}
