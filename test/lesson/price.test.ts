import {readFileSync} from "node:fs";
import {price} from "kernel-lib/lesson";
import {describe, expect, it} from "vitest";

const file = readFileSync(new URL("../../data/prices.csv", import.meta.url), "utf8");
const lines = file.trim().split("\n").slice(1);

describe("price", () => {
  it("price() gives every row of data/prices.csv as it stands there", () => {
    for (const line of lines) {
      const [item, unitUsd, ...rest] = line.split(",");
      const row = price(item!);
      expect(row.unitUsd).toBe(Number(unitUsd));
      expect([row.unit, row.region, row.asOf, row.evidence, row.source]).toEqual(rest);
    }
    expect(price("s3-standard-storage").reading).toBe("at second hand");
    expect(lines.length).toBeGreaterThan(0);
  });

  it("price() lists the items that it knows when asked for another", () => {
    for (const wrong of ["s3", "", "toString"]) {
      expect(() => price(wrong)).toThrow(RangeError);
      expect(() => price(wrong)).toThrow(
        `Cannot find price "${wrong}" in data/prices.csv; there are s3-standard-storage, s3-one-zone`,
      );
    }
  });
});
