import {createHash} from "node:crypto";
import {escapeHtml} from "../../plot/index.js";

/** All of a page's look. Greys and colours keep a contrast of at least 4.5 to 1 on their ground. */
const STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{max-width:52rem;margin:2rem auto;padding:0 1rem;font:1rem/1.55 system-ui,sans-serif;color:#1a1a1a;background:#fff;overflow-wrap:anywhere}
body.wide{max-width:88rem}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.2rem;margin:2.2rem 0 .4rem;padding-top:1rem;border-top:1px solid #c8c8c8}
h3{font-size:1rem;margin:1.2rem 0 .3rem}
p{margin:.4rem 0}
.sub{color:#4a4a4a;margin-top:0}
.mark{font-size:1.25rem;margin:1rem 0}
table{border-collapse:collapse;width:100%;margin:.6rem 0 1.2rem;font-size:.95rem}
caption{text-align:left;color:#4a4a4a;padding:.1rem 0 .3rem}
th,td{border-bottom:1px solid #d5d5d5;padding:.35rem .6rem .35rem 0;text-align:left;vertical-align:top}
th:last-child,td:last-child{padding-right:0}
thead th{border-bottom:2px solid #767676;font-size:.88rem;overflow-wrap:normal}
th p{font-weight:400}
.part{width:28%}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
tfoot th,tfoot td{border-top:2px solid #767676;border-bottom:0;font-weight:700}
.held{color:#0b5d2a;white-space:nowrap}.failed{color:#9b1c1c;white-space:nowrap}
.hint{margin:.3rem 0 0;padding:.35rem .7rem;border-left:4px solid #0b5cad;background:#eef4fb}
.note{padding:.5rem .8rem;border-left:4px solid #8a5a00;background:#fdf5e6}
.loud{padding:.8rem 1rem;border:3px solid #9b1c1c;background:#fdf0f0;font-size:1.05rem}
pre{background:#f5f5f5;padding:.7rem .9rem;white-space:pre-wrap;font:.86rem/1.45 ui-monospace,monospace;tab-size:2;margin:.3rem 0}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}.pair>div{min-width:0}
mark{background:#ffe08a;color:#1a1a1a}
footer{margin-top:2.5rem;padding-top:.8rem;border-top:1px solid #c8c8c8;color:#4a4a4a;font-size:.85rem}
@media (max-width:40rem){.pair{grid-template-columns:1fr}}
@media print{body{margin:0;max-width:none;font-size:10.5pt}h2,h3,caption{break-after:avoid}tr,.hint,.note{break-inside:avoid}pre,mark,.hint,.note,.loud{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** Text that is HTML already: made by `markup`, never by a student. */
export interface Html {
  readonly html: string;
}

/**
 * A template whose every value is escaped, unless it is `Html` itself or a list of it. So nothing
 * that comes from outside can be forgotten. (Not called `html`: prettier would lay such texts out.)
 */
export function markup(texts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const parts = texts.map(
    (text, index) => text + (index < values.length ? inHtml(values[index]!) : ""),
  );
  return {html: parts.join("")};
}

export type HtmlValue = string | number | Html | readonly Html[];

/** Nothing, where something may stand. */
export const NO_HTML: Html = {html: ""};

/**
 * A whole page that needs no other file. It may run nothing and load nothing: its policy allows
 * this one style, by its hash, and no script, image, frame or form.
 */
export function htmlPage({title, body, wide = false}: PageParts): string {
  const policy = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;
  return (
    `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n` +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n` +
    `<meta name="viewport" content="width=device-width">\n` +
    `<meta name="referrer" content="no-referrer">\n` +
    `<title>${visible(title)}</title>\n<style>${STYLE}</style>\n</head>\n` +
    `<body${wide ? ' class="wide"' : ""}>\n${body.html}\n</body>\n</html>\n`
  );
}

export interface PageParts {
  title: string;
  body: Html;
  /** For two texts side by side. */
  wide?: boolean;
}

function inHtml(value: HtmlValue): string {
  if (typeof value === "string") return visible(value);
  if (typeof value === "number") return String(value);
  return "html" in value ? value.html : value.map((one) => one.html).join("\n");
}

/**
 * Escaped, also for attributes in single quotes; control characters and those that turn the
 * direction of text, which could show other code than was handed in, become visible.
 */
function visible(text: string): string {
  return escapeHtml(text)
    .replaceAll("'", "&#39;")
    .replace(
      /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu,
      (character) => `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`,
    );
}
