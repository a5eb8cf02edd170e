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

/** What a card says of an entry of `data/references.json`, which holds more. */
export interface CitedWork {
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

/**
 * Looks a source up among the references; one that is not there is named by its key.
 *
 * @param references by key; by default those of `data/references.json`
 *
 * @example
 * import {sourceOf} from "kernel-lib/lesson";
 * const works = {"f4-2014": {title: "f4", year: 2014, url: null, unconfirmed: true}};
 * const evidence = {reference: "f4-2014", kind: "quoted", asOf: "2026-11"};
 * sourceOf(evidence, works).reading // => 'as quoted by others, 2026-11, unconfirmed'
 */
export function sourceOf(
  {reference, kind, asOf}: Evidence,
  references: Readonly<Record<string, CitedWork>> = citedWorks(),
): Source {
  const entry = references[reference];
  const title = entry === undefined ? reference : `${entry.title} (${entry.year})`;
  const doubt = kind === "recalled" || entry?.unconfirmed === true ? ", unconfirmed" : "";
  return {title, url: entry?.url ?? null, reading: `${KIND_IN_WORDS[kind]}, ${asOf}${doubt}`};
}

function citedWorks(): Record<string, CitedWork> {
  return JSON.parse(dataFile("references.json")) as Record<string, CitedWork>;
}
