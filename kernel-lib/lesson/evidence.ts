import {dataFile} from "./ledger.js";
import type {Evidence} from "./ledger.js";

interface Reference {
  title: string;
  year: number;
  unconfirmed?: boolean;
}

/** How an evidence kind is said to a reader. */
const KIND_IN_WORDS: Record<Evidence["kind"], string> = {
  primary: "read",
  "aws-docs": "AWS documentation",
  "aws-page": "AWS page",
  quoted: "as quoted by others",
  secondary: "at second hand",
  computed: "computed",
  recalled: "from memory",
};

/**
 * One source as a reader sees it: title, year, how it was read and when. What nobody could confirm
 * says so.
 */
export function describeEvidence({reference, kind, asOf}: Evidence): string {
  const references = JSON.parse(dataFile("references.json")) as Record<string, Reference>;
  const entry = references[reference];
  const source = entry === undefined ? reference : `${entry.title} (${entry.year})`;
  const doubt = kind === "recalled" || entry?.unconfirmed === true ? ", unconfirmed" : "";
  return `${source}: ${KIND_IN_WORDS[kind]}, ${asOf}${doubt}`;
}
