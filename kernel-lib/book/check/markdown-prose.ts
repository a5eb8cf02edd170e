import MarkdownIt from "markdown-it";
import {parsePage} from "./html-page.js";
import type {Prose} from "./spelling.js";
import {textBlocks} from "./text-blocks.js";

const markdown = new MarkdownIt({html: true});

/** The prose of a Markdown file, without its code. */
export function markdownProse(path: string, text: string): Prose {
  return {page: path, texts: textBlocks(parsePage(path, markdown.render(text)))};
}
