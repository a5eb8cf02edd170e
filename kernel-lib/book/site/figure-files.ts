import {createHash} from "node:crypto";
import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";

const IMAGE = /<img alt="([^"]*)"[^>]*src="data:image\/svg\+xml;base64,([^"]*)">/g;

/**
 * The static images of notebooks as files of the book: a page then weighs a fifth, and the browser
 * loads a figure when the reader comes near it.
 */
export class FigureFiles {
  private readonly written = new Set<string>();

  /** @param out folder of the book */
  constructor(private readonly out: string) {
    mkdirSync(join(out, "figures"), {recursive: true});
  }

  /** The HTML of an output with its images written out. */
  extract(html: string): string {
    return html.replace(IMAGE, (_, alt: string, base64: string) => {
      const svg = Buffer.from(base64, "base64");
      const name = `${createHash("sha256").update(svg).digest("hex").slice(0, 12)}.svg`;
      if (!this.written.has(name)) writeFileSync(join(this.out, "figures", name), svg);
      this.written.add(name);
      const [, width = "760", height = "420"] =
        /<svg[^>]*width="(\d+)"[^>]*height="(\d+)"/.exec(svg.toString("utf8")) ?? [];
      const size = `width="${width}" height="${height}"`;
      return `<img alt="${alt}" ${size} loading="lazy" src="figures/${name}">`;
    });
  }
}
