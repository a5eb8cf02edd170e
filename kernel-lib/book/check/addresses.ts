import {posix} from "node:path";
import type {BookFiles} from "./book-files.js";
import {textOf} from "./html-page.js";
import type {HtmlPage, PageElement} from "./html-page.js";

/** An address that a page, a drawing or a style sheet names. */
export interface Address {
  /** Where it stands. */
  page: string;
  /** As it is written. */
  text: string;
  /** True for what a reader follows, false for what a browser loads. */
  isLink: boolean;
}

/** Attributes that hold one address, on whatever element. */
const ADDRESS_ATTRIBUTES = [
  ...["href", "src", "xlink:href", "action", "formaction", "poster", "data", "background"],
  ...["manifest", "ping", "longdesc"],
];

/** All addresses of the book, in order of page. */
export function addressesOf({pages, drawings, styles}: BookFiles): Address[] {
  return [
    ...[...pages, ...drawings].flatMap(ofPage),
    ...[...styles].flatMap(([page, css]) =>
      inStyle(css).map((text) => ({page, text, isLink: false})),
    ),
  ];
}

function ofPage({path, elements}: HtmlPage): Address[] {
  return elements.flatMap((element) => {
    const isLink = element.tag === "a" || element.tag === "area";
    const own = ADDRESS_ATTRIBUTES.flatMap((name) => element.attributes.get(name) ?? []);
    return [
      ...own.map((text) => ({page: path, text, isLink})),
      ...loadedBy(element).map((text) => ({page: path, text, isLink: false})),
    ];
  });
}

/** Addresses that an element holds in another form than one per attribute. */
function loadedBy(element: PageElement): string[] {
  const {tag, attributes} = element;
  const candidates = (attributes.get("srcset") ?? "").split(",");
  const refresh = /url=['"]?([^'"]+)/i.exec(attributes.get("content") ?? "")?.[1];
  return [
    ...candidates.map((candidate) => candidate.trim().split(/\s+/)[0]!).filter(Boolean),
    ...inStyle(attributes.get("style") ?? ""),
    ...(tag === "style" ? inStyle(textOf(element)) : []),
    ...(tag === "meta" && attributes.has("http-equiv") && refresh ? [refresh] : []),
  ];
}

function inStyle(css: string): string[] {
  const code = css.replace(/\/\*[\s\S]*?\*\//g, "");
  const found = code.matchAll(/url\(\s*(["']?)(.*?)\1\s*\)|@import\s+(["'])(.*?)\3/g);
  return [...found].map((match) => match[2] ?? match[4]!);
}

/** Whether an address names a scheme or a host, and so nothing within the book. */
export function isElsewhere(address: string): boolean {
  return /^([a-z][a-z\d+.-]*:|\/\/)/i.test(address.trim());
}

/** Path and anchor of an address within the book; the path is that of the page if it names none. */
export function targetOf({page, text}: Address): {path: string; anchor: string} {
  const [beforeHash = "", anchor = ""] = split(text.trim(), "#");
  const [path = ""] = split(beforeHash, "?");
  const target = path === "" ? page : posix.join(posix.dirname(page), decoded(path));
  return {path: target, anchor: decoded(anchor)};
}

function split(text: string, at: string): string[] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

/** What is no percent-encoding stays as it is, as in browsers. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
