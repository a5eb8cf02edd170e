import {dataFile} from "./ledger.js";
import type {Evidence} from "./ledger.js";

/** One source as a card shows it. */
export interface Source {
  /** Title and year. */
  title: string;
  /** Where it can be read, if somebody has seen the address. */
  url: string | null;
  /** How it was read and when; what nobody could confirm says so. */
  reading: string;
}

interface Reference {
  title: string;
  year: number;
  url: string | null;
  unconfirmed?: boolean;
}

/** How an evidence kind is said to a reader. */
export const KIND_IN_WORDS: Record<Evidence["kind"], string> = {
  primary: "read",
  "aws-docs": "AWS documentation",
  "aws-page": "AWS page",
  quoted: "as quoted by others",
  secondary: "at second hand",
  computed: "computed",
  recalled: "from memory",
};

/** Looks a source up among the references; one that is not there is named by its key. */
export function sourceOf({reference, kind, asOf}: Evidence): Source {
  const references = JSON.parse(dataFile("references.json")) as Record<string, Reference>;
  const entry = references[reference];
  const title = entry === undefined ? reference : `${entry.title} (${entry.year})`;
  const doubt = kind === "recalled" || entry?.unconfirmed === true ? ", unconfirmed" : "";
  return {title, url: entry?.url ?? null, reading: `${KIND_IN_WORDS[kind]}, ${asOf}${doubt}`};
}
