import type {HtmlPage, PageElement} from "./html-page.js";

/** Elements whose text runs on in the sentence around them. */
const INLINE = new Set([
  ...["a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "i", "ins", "label"],
  ...["mark", "output", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"],
]);
/** Elements that hold no prose. */
const NO_PROSE = new Set([
  ...[
    "code",
    "pre",
    "script",
    "style",
    "math",
    "kbd",
    "samp",
    "var",
    "svg",
    "textarea",
    "noscript",
  ],
]);
/** Attributes that are read out or shown. */
const SPOKEN = ["alt", "aria-label", "title", "placeholder"];

/**
 * The prose of a page, one text per paragraph, list item, table cell or heading: without code,
 * formulas and drawings, and with texts that are spoken or shown when asked for.
 */
export function textBlocks({root}: Pick<HtmlPage, "root">): string[] {
  const blocks: string[] = [""];
  const walk = (element: PageElement): void => {
    if (isForeign(element)) return;
    for (const name of SPOKEN) blocks.splice(-1, 0, element.attributes.get(name) ?? "");
    // A blank stands for what is left out, so that its neighbours do not become one word.
    if (NO_PROSE.has(element.tag)) blocks.push(`${blocks.pop()!} \u{fffc} `);
    else if (INLINE.has(element.tag)) append(element);
    else {
      blocks.push("");
      append(element);
      blocks.push("");
    }
  };
  const append = ({children}: PageElement): void => {
    for (const child of children) {
      if (typeof child === "string") blocks.push(blocks.pop()! + child);
      else walk(child);
    }
  };
  append(root);
  const texts = blocks.map((block) => block.replace(/\s+/g, " ").trim());
  return texts.filter((text) => /\p{L}/u.test(text));
}

/** Said to be in another language, or not to be translated. */
function isForeign({attributes}: PageElement): boolean {
  const language = attributes.get("lang");
  const isOther = language !== undefined && !/^en(-|$)/i.test(language);
  return isOther || attributes.get("translate") === "no";
}
