import type {Comment, CommentDisplayPart} from "typedoc";
import {escapeHtml} from "../../plot/index.js";
import {SITE_STRINGS} from "../strings.js";
import {PARAMETER_TAG} from "./api-model.js";

/** How the two kinds of text that a docstring holds become HTML. */
export interface Rendering {
  markdown(text: string): string;
  /** TypeScript, coloured or only escaped. */
  code(text: string): string;
}

const WORDS = SITE_STRINGS.api;

/** What a docstring says, before its tags. */
export function summaryHtml(comment: Comment | undefined, {markdown}: Rendering): string {
  return comment === undefined ? "" : markdown(markdownOf(comment.summary));
}

/** The parts of the docstring of a function, method or class that have names. */
export function partsHtml(comment: Comment | undefined, rendering: Rendering): string {
  const {markdown} = rendering;
  const parameters = comment?.blockTags.filter(({tag}) => tag === PARAMETER_TAG) ?? [];
  const items = parameters.map(({name, content}) => {
    const text = markdown(markdownOf(content));
    return `<dt><code>${escapeHtml(name ?? "")}</code></dt>\n<dd>${text}</dd>`;
  });
  const list = items.length > 0 ? `<dl class="parameters">\n${items.join("\n")}\n</dl>` : "";
  const tagged = (tag: string): string[] =>
    (comment?.getTags(`@${tag}`) ?? []).map(({content}) => markdownOf(content));
  const examples = tagged("example").map((text) =>
    codeBlock(exampleCode(text), "example", rendering),
  );
  const parts: [word: string, body: string][] = [
    [WORDS.parameters, list],
    [WORDS.returns, tagged("returns").map(markdown).join("")],
    [WORDS.throws, tagged("throws").map(errorFirst).map(markdown).join("")],
    [WORDS.example, examples.join("\n")],
  ];
  const shown = parts
    .filter(([, body]) => body !== "")
    .map(([word, body]) => `<dt>${word}</dt>\n<dd>${body.trimEnd()}</dd>`);
  return shown.length > 0 ? `<dl class="docstring">\n${shown.join("\n")}\n</dl>\n` : "";
}

/** "RangeError if …": the class as code. */
function errorFirst(markdown: string): string {
  return markdown.replace(/^\w*Error\b/, "`$&`");
}

/** TypeDoc puts the code of an example into a fence. */
function exampleCode(markdown: string): string {
  return markdown.replace(/^\s*```\w*\n/, "").replace(/\n```\s*$/, "");
}

/** A block of TypeScript; long lines are to wrap, so that nothing needs to scroll. */
export function codeBlock(source: string, name: string, {code}: Rendering): string {
  return `<pre class="${name}"><code class="language-ts">${code(source)}</code></pre>`;
}

function markdownOf(parts: readonly CommentDisplayPart[]): string {
  return parts
    .map(({text}) => text)
    .join("")
    .trim();
}
