import {parse} from "parse5";
import type {DefaultTreeAdapterTypes} from "parse5";

/** An element of a page, without the parser's own fields. */
export interface PageElement {
  /** In lower case, as in "img". */
  tag: string;
  attributes: ReadonlyMap<string, string>;
  /** Elements and texts in order; comments are left out. */
  children: readonly (PageElement | string)[];
}

/** A page, or a drawing, as a browser would read it. */
export interface HtmlPage {
  /** Below the folder of the book, with "/". */
  path: string;
  root: PageElement;
  /** All elements in document order. */
  elements: readonly PageElement[];
}

/** Reads HTML, or SVG as a browser reads it within HTML. Broken markup is mended as browsers do. */
export function parsePage(path: string, html: string): HtmlPage {
  const children = parse(html).childNodes.flatMap(converted);
  const root: PageElement = {tag: "#document", attributes: new Map(), children};
  return {path, root, elements: descendants(root)};
}

/** The elements below one, in document order. */
export function descendants({children}: PageElement): PageElement[] {
  return children.flatMap((child) =>
    typeof child === "string" ? [] : [child, ...descendants(child)],
  );
}

/** All text below an element, as it stands. */
export function textOf({children}: PageElement): string {
  return children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}

function converted(node: DefaultTreeAdapterTypes.ChildNode): (PageElement | string)[] {
  if ("value" in node) return [node.value];
  if (!("tagName" in node)) return [];
  // What a template holds lies beside its children.
  const nodes = "content" in node ? node.content.childNodes : node.childNodes;
  const attributes = node.attrs.map(({prefix, name, value}): [string, string] => [
    prefix ? `${prefix}:${name}` : name,
    value,
  ]);
  const tag = node.tagName.toLowerCase();
  return [{tag, attributes: new Map(attributes), children: nodes.flatMap(converted)}];
}
