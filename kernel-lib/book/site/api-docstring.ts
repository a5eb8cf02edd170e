import type {Comment, CommentDisplayPart} from "typedoc";
import {escapeHtml} from "../../plot/index.js";
import {PARAMETER_TAG} from "./api-model.js";

/** Turns the Markdown of a docstring into HTML. */
export type RenderDocstring = (markdown: string) => string;

const WORDS = {parameters: "Parameters", returns: "Returns", throws: "Throws", example: "Example"};

/** What a docstring says, before its tags. */
export function summaryHtml(comment: Comment | undefined, render: RenderDocstring): string {
  return comment === undefined ? "" : render(markdownOf(comment.summary));
}

/** The parts of the docstring of a function, method or class that have names. */
export function partsHtml(comment: Comment | undefined, render: RenderDocstring): string {
  const parameters = comment?.blockTags.filter(({tag}) => tag === PARAMETER_TAG) ?? [];
  const items = parameters.map(({name, content}) => {
    const text = render(markdownOf(content));
    return `<dt><code>${escapeHtml(name ?? "")}</code></dt>\n<dd>${text}</dd>`;
  });
  const list = items.length > 0 ? `<dl class="parameters">\n${items.join("\n")}\n</dl>` : "";
  const tagged = (tag: string): string[] =>
    (comment?.getTags(`@${tag}`) ?? []).map(({content}) => markdownOf(content));
  const parts: [word: string, body: string][] = [
    [WORDS.parameters, list],
    [WORDS.returns, tagged("returns").map(render).join("")],
    [WORDS.throws, tagged("throws").map(errorFirst).map(render).join("")],
    [WORDS.example, tagged("example").map(exampleHtml).join("\n")],
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
function exampleHtml(markdown: string): string {
  const code = markdown.replace(/^\s*```\w*\n/, "").replace(/\n```\s*$/, "");
  return codeBlock(code, "example");
}

/** A block of TypeScript; long lines are to wrap, so that nothing needs to scroll. */
export function codeBlock(code: string, name: string): string {
  return `<pre class="${name}"><code class="language-ts">${escapeHtml(code)}</code></pre>`;
}

function markdownOf(parts: readonly CommentDisplayPart[]): string {
  return parts
    .map(({text}) => text)
    .join("")
    .trim();
}
