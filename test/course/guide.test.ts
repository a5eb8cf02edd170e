import {readFileSync} from "node:fs";
import {join} from "node:path";
import {zoneLoss} from "kernel-lib/experiments/s3";
import {afterAll, describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {COURSE, handIn, setOf} from "../support/hand-in.js";
import {scratchFolder} from "../support/scratch.js";

const GUIDE = readFileSync(join(ROOT, "notebooks", "coursework", "guides", "03.md"), "utf8");
const folder = scratchFolder(afterAll);

/** Cells of the table whose heading begins like this, without the heading. */
function tableBelow(heading: string): string[][] {
  const [, ...lines] = GUIDE.slice(GUIDE.indexOf(heading)).split("\n\n")[0]!.split("\n");
  return lines.slice(1).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("−", "-")),
  );
}

function inHex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(", ");
}

describe("the guide to chapter 3", () => {
  it("expected answers of the three ids are those of the model solutions", async () => {
    expect(GUIDE).toContain(`course name \`${COURSE}\``);
    const rows = tableBelow("| id | q1 |");
    expect(rows.map(([id]) => id)).toEqual(["ada", "bob", "cem"]);
    for (const [student, ...written] of rows) {
      const answers = await handIn(setOf("ps03"), folder, {student: student!, trialSeed: 1});
      const of = new Map(answers.map(([question, json]) => [question, JSON.parse(json).value]));
      const [q3, q4, q5] = ["q3", "q4", "q5"].map((question) => of.get(question));
      const zones = new Set(of.get("q8").layout).size;
      expect(written, student).toEqual([
        of.get("q1").join(", "),
        inHex(of.get("q2")),
        `step ${q3.step}: ${q3.row.join(" ")}`,
        `line ${q4.line}, ${q4.atHand}`,
        `[${q5.code.join(", ")}], ${q5.loss.toExponential(2)}`,
        of.get("q7").join(", "),
        String(zones),
      ]);
    }
  });

  it("expected nines of the figures are those of the experiment", () => {
    for (const [layout, ...written] of tableBelow("| code, zones |")) {
      const [dataShards, parityShards, zones] = layout!.match(/\d+/g)!.map(Number) as [
        number,
        number,
        number,
      ];
      const nines = (options: object): string => {
        const codes = [{dataShards, parityShards}];
        return zoneLoss({codes, zones: [zones], seed: 1, ...options})[0]!.nines.toFixed(1);
      };
      const rates = [1e-9, 1e-7, 1e-5, 1e-3, 1e-1];
      expect(written, layout).toEqual([
        ...rates.map((zoneFailuresPerYear) => nines({zoneFailuresPerYear})),
        ...[4, 16].map((repairHours) => nines({repairHours})),
      ]);
    }
  });

  it("every cell of chapter 3 that the guide names is there", () => {
    const chapter = readFileSync(join(ROOT, "notebooks", "03-s3.ipynb"), "utf8");
    const ids = new Set([...chapter.matchAll(/"id": "([a-z0-9-]+)"/g)].map(([, id]) => id));
    const plan = tableBelow("| min | cells |").flatMap(([, cells]) =>
      [...cells!.matchAll(/`([^`]+)`/g)].map(([, id]) => id),
    );
    expect(plan.length).toBeGreaterThan(15);
    expect(plan.filter((id) => !ids.has(id!))).toEqual([]);
  });
});
