import {AZURE_STORAGE_2012} from "kernel-lib/erasure";
import {clusterLife} from "kernel-lib/experiments/s3";
import {published} from "kernel-lib/lesson";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const rows = clusterLife();
const theirs = (published("s3/azure-lrc-mttf").objects() as Record<string, unknown>[]).map((row) =>
  Number(row["mttfYears"]),
);

describe("clusterLife", () => {
  it("clusterLife() gives the golden table", async () => {
    const golden = table(rows, {
      caption:
        "Must meet Huang et al. 2012, Table 1, to 3 %: 3.5e9, 6.1e11, 2.6e12 years " +
        `(node MTTF ${AZURE_STORAGE_2012.nodeMttfYears} years fitted to the first; C = 1 for all).`,
    });
    await expect(golden.describe() + "\n").toMatchFileSnapshot("./cluster-life.golden.txt");
  });

  it("clusterLife() meets Table 1 with the fitted MTTF, and misses it with the printed costs", () => {
    rows.forEach((row, index) => {
      expect(Math.abs(row.mttdlYears / theirs[index]! - 1), row.code).toBeLessThan(0.03);
    });
    expect(rows[1]!.mttdlYearsByReads / theirs[1]!).toBeLessThan(0.2);
    expect(rows[2]!.mttdlYearsByReads / theirs[2]!).toBeLessThan(0.3);
  });

  it("clusterLife() counts 180 of 210 fours and 3.6 reads for LRC(6,2,2)", () => {
    expect(rows[2]!.survivingFours).toBe(180 / 210);
    expect(rows[2]!.readsToRepairOne).toBe(3.6);
  });

  it("clusterLife(): the fit is the fit; another node MTTF misses all three rows", () => {
    const other = clusterLife({cluster: {...AZURE_STORAGE_2012, nodeMttfYears: 4}});
    other.forEach((row, index) => expect(row.mttdlYears / theirs[index]!).toBeLessThan(0.6));
  });
});
