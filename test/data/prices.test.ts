import {readFileSync} from "node:fs";
import {fromCSV} from "arquero";
import {describe, expect, it} from "vitest";

interface Price {
  item: string;
  unitUsd: number;
  unit: string;
  region: string;
  asOf: string;
  evidence: string;
  source: string;
}

const text = readFile("prices.csv");
// As text: arquero would make dates of the days, and leave the months alone.
const prices = fromCSV(text, {parse: {asOf: String}}).objects() as Price[];
const references = JSON.parse(readFile("references.json")) as Record<string, unknown>;
const kinds = (
  JSON.parse(readFile("schemas/claims.schema.json")) as {
    definitions: {evidence: {properties: {kind: {enum: string[]}}}};
  }
).definitions.evidence.properties.kind.enum;

describe("prices.csv", () => {
  it("prices.csv has every item once, at a price above zero", () => {
    expect(new Set(prices.map(({item}) => item)).size).toBe(prices.length);
    for (const {item, unitUsd} of prices) expect(unitUsd, item).toBeGreaterThan(0);
  });

  it("prices.csv says for every price when and where it was read, and dates memory as memory", () => {
    for (const {item, asOf, evidence, source} of prices) {
      expect(asOf, item).toMatch(/^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/);
      expect(kinds, item).toContain(evidence);
      if (evidence === "recalled") expect(asOf, item).toBe("2026-11");
      else expect(references, item).toHaveProperty([source]);
    }
  });

  it("prices.csv has what chapter 3 calculates with", () => {
    expect(prices.map(({item}) => item)).toEqual([
      "s3-standard-storage",
      "s3-one-zone-ia-storage",
      "s3-put-requests",
      "s3-get-requests",
      "zone-to-zone-transfer-each-way",
    ]);
  });

  it("prices.csv is packed with kernel-lib as it is, and so is the glossary; schemas are not", () => {
    for (const name of ["prices.csv", "glossary.json"]) {
      expect(readFile(`../kernel-lib/dist/data/${name}`)).toBe(readFile(name));
    }
    expect(() => readFile("../kernel-lib/dist/data/schemas/claims.schema.json")).toThrow("ENOENT");
  });
});

function readFile(name: string): string {
  return readFileSync(new URL(`../../data/${name}`, import.meta.url), "utf8");
}
