import type {BookFiles, Finding} from "./book-files.js";
import {descendants} from "./html-page.js";
import type {PageElement} from "./html-page.js";

/** Images without alternative text, and figures and drawings without a name. */
export function unnamedImages({pages}: BookFiles): Finding[] {
  return pages.flatMap(({path, elements}) =>
    elements.flatMap((element) => {
      const problem = problemOf(element);
      return problem === undefined ? [] : [{page: path, problem}];
    }),
  );
}

function problemOf(element: PageElement): string | undefined {
  const {tag, attributes} = element;
  if (isDecoration(element) || hasLabel(element)) return undefined;
  if (tag === "img" && isBlank(attributes.get("alt"))) {
    return `the image ${(attributes.get("src") ?? "").slice(0, 80)} has no alternative text`;
  }
  if (tag === "figure" && !holds(element, "figcaption")) return "a figure has no label or caption";
  if (tag === "svg" && attributes.get("role") === "img" && !holds(element, "title")) {
    return "a drawing (svg, role img) has no label or title";
  }
  return undefined;
}

/** Something that screen readers are told to pass over. */
function isDecoration({attributes}: PageElement): boolean {
  const role = attributes.get("role");
  return role === "presentation" || role === "none" || attributes.get("aria-hidden") === "true";
}

function hasLabel({attributes}: PageElement): boolean {
  return !isBlank(attributes.get("aria-label")) || !isBlank(attributes.get("aria-labelledby"));
}

function holds(element: PageElement, tag: string): boolean {
  return descendants(element).some((inner) => inner.tag === tag);
}

function isBlank(text: string | undefined): boolean {
  return (text ?? "").trim() === "";
}
