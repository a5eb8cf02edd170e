import type {BookNotebook} from "../../../kernel-lib/book/site/contents.js";
import {codeCell} from "../../support/notebook.js";

/** A notebook of the book with code cells, as its contents list it. */
export function bookNotebook(
  name: string,
  about: Partial<BookNotebook> = {},
  ...sources: string[]
): BookNotebook {
  const cells = sources.map((source, at) => codeCell(`c${at}`, source));
  return {
    ...{name, title: name, description: "", chapter: 3, kind: "core", minutes: "", comesAfter: []},
    notebook: {cells, metadata: {}, nbformat: 4, nbformat_minor: 5},
    ...about,
  };
}
