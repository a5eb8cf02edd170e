/**
 * What TypeScript knows of the name at the cursor: its signature and its docstring.
 */
import type ts from "@tslab/typescript-for-tslab";
import {escapeHtml} from "../values/html-table.js";
import type {MimeBundle} from "../messages.js";

/** Who knows what stands where; `cursor` in UTF-16 units. */
export interface Inspector {
  inspect(code: string, cursor: number): ts.QuickInfo | undefined;
}

/** A docstring, its link tags resolved to text. */
interface Documentation {
  signature: string;
  /** Markdown, as docstrings are written. */
  text: string;
  sections: Section[];
}

interface Section {
  title: string;
  /** One for each tag; `name` is that of a parameter. */
  items: {name?: string; text: string}[];
  isCode: boolean;
}

/** Headings of the tags that are shown, in the order in which they are shown. */
const TITLES: Record<string, string> = {
  deprecated: "Deprecated",
  param: "Parameters",
  typeParam: "Type parameters",
  returns: "Returns",
  throws: "Throws",
  example: "Example",
  see: "See",
};

/**
 * Signature and docstring at a place in a cell, as text, Markdown and HTML; undefined where no
 * name stands.
 *
 * @param cursor in UTF-16 units; behind the last letter of a name still means it
 * @param detail 0 for signature and docstring, 1 also with the examples
 */
export function documentationAt(
  inspector: Inspector,
  code: string,
  cursor: number,
  detail: 0 | 1 = 1,
): MimeBundle | undefined {
  const info = inspector.inspect(code, cursor) ?? inspector.inspect(code, Math.max(0, cursor - 1));
  if (info === undefined || info.displayParts === undefined) return undefined;
  const read = withClass(inspector, code, readInfo(info));
  const sections = read.sections.filter(({isCode}) => detail === 1 || !isCode);
  return bundleOf({...read, sections});
}

/** At `new Name` tslab knows the constructor; what the class is for stands at the class. */
function withClass(inspector: Inspector, code: string, read: Documentation): Documentation {
  const name = /^(?:new|constructor) (\w+)[(<]/.exec(read.signature)?.[1];
  if (name === undefined) return read;
  const behind = `${code}\n;${name}`;
  const info = inspector.inspect(behind, behind.length - 1);
  if (info === undefined) return read;
  const {text, sections} = readInfo(info);
  const own = new Set(read.sections.map(({title}) => title));
  return {
    signature: read.signature.replace(/^constructor /, "new "),
    text: [text, read.text].filter((part) => part !== "").join("\n\n"),
    sections: [...read.sections, ...sections.filter(({title}) => !own.has(title))],
  };
}

function readInfo({displayParts = [], documentation = [], tags = []}: ts.QuickInfo): Documentation {
  const sections = Object.entries(TITLES).flatMap(([tagName, title]) => {
    const items = tags
      .filter(({name}) => (name === "return" ? "returns" : name) === tagName)
      .map(({text = []}) => itemOf(text))
      .filter(({name, text}) => name !== undefined || text !== "");
    return items.length === 0 ? [] : [{title, items, isCode: tagName === "example"}];
  });
  return {
    signature: signatureOf(displayParts),
    text: resolveLinks(documentation).trim(),
    sections,
  };
}

/** Of a name that was imported, what it is, not that it was imported. */
function signatureOf(parts: readonly ts.SymbolDisplayPart[]): string {
  const text = parts.map((part) => part.text).join("");
  return text.replace(/^\(alias\) ([\s\S]*?)\nimport [^\n]*$/, "$1");
}

/** A parameter's name is a part of its own; the hyphen that may follow it is punctuation. */
function itemOf(parts: readonly ts.SymbolDisplayPart[]): {name?: string; text: string} {
  const [first, ...rest] = parts;
  if (first?.kind !== "parameterName" && first?.kind !== "typeParameterName") {
    return {text: resolveLinks(parts).trim()};
  }
  return {name: first.text, text: resolveLinks(rest).trim().replace(/^- /, "")};
}

/** `{@link Name text}` comes in parts: the outer two are the braces, the text replaces the name. */
function resolveLinks(parts: readonly ts.SymbolDisplayPart[]): string {
  return parts
    .filter(({kind}) => kind !== "link")
    .filter(({kind}, at, rest) => kind !== "linkName" || rest[at + 1]?.kind !== "linkText")
    .map(({text}) => text)
    .join("");
}

function bundleOf(read: Documentation): MimeBundle {
  return {
    data: {
      "text/plain": asText(read),
      "text/markdown": asMarkdown(read),
      "text/html": asHtml(read),
    },
    metadata: {},
  };
}

function asText({signature, text, sections}: Documentation): string {
  const blocks = sections.map(({title, items}) => {
    const lines = items.map(({name, text: item}) =>
      indent(name === undefined ? item : `${name}: ${item}`),
    );
    return `${title}:\n${lines.join("\n")}`;
  });
  return [signature, text, ...blocks].filter((block) => block !== "").join("\n\n");
}

function asMarkdown({signature, text, sections}: Documentation): string {
  const blocks = sections.map(({title, items, isCode}) => {
    const lines = items.map(({name, text: item}) => {
      if (isCode) return fenced(item);
      return name === undefined ? item : `- \`${name}\`: ${item.replaceAll("\n", "\n  ")}`;
    });
    return `**${title}**\n\n${lines.join("\n")}`;
  });
  return [fenced(signature), text, ...blocks].filter((block) => block !== "").join("\n\n");
}

function asHtml({signature, text, sections}: Documentation): string {
  const blocks = sections.map(({title, items, isCode}) => {
    const heading = `<p><strong>${title}</strong></p>`;
    if (isCode) return heading + items.map(({text: item}) => pre(unfenced(item))).join("");
    if (items.every(({name}) => name === undefined)) {
      return heading + items.map(({text: item}) => paragraphs(item)).join("");
    }
    const list = items.map(
      ({name, text: item}) =>
        `<dt><code>${escapeHtml(name ?? "")}</code></dt><dd>${inline(item)}</dd>`,
    );
    return `${heading}<dl>${list.join("")}</dl>`;
  });
  return pre(signature) + paragraphs(text) + blocks.join("");
}

/** An example that already stands in a fence keeps it. */
function fenced(code: string): string {
  return code.trimStart().startsWith("```") ? code : `\`\`\`ts\n${code}\n\`\`\``;
}

function unfenced(code: string): string {
  return /^\s*```\w*\n([\s\S]*?)\n?```\s*$/.exec(code)?.[1] ?? code;
}

function pre(code: string): string {
  return `<pre>${escapeHtml(code)}</pre>`;
}

/** Docstrings are Markdown: of it, paragraphs, fences, lists and code words are shown as such. */
function paragraphs(text: string): string {
  if (text === "") return "";
  return text
    .split(/(```[\s\S]*?```)|\n{2,}/)
    .filter((block) => block !== undefined && block.trim() !== "")
    .map((block) => (block!.startsWith("```") ? pre(unfenced(block!)) : paragraph(block!)))
    .join("");
}

function paragraph(block: string): string {
  const lines = block.trim().split("\n");
  if (!lines[0]!.startsWith("- ")) return `<p>${inline(lines.join(" "))}</p>`;
  const items = block
    .trim()
    .split(/\n?^- /m)
    .slice(1);
  return `<ul>${items.map((item) => `<li>${inline(item.trim())}</li>`).join("")}</ul>`;
}

function inline(text: string): string {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, "<code>$1</code>")
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replace(/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/g, "<em>$1</em>");
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
