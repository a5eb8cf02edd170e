import fc from "fast-check";
import {auditClaims} from "kernel-lib/book";
import type {AuditedClaim} from "kernel-lib/book";
import type {ClaimRow, Decision} from "kernel-lib/lesson";
import {describe, expect, it} from "vitest";
import {auditOf, CLAIM, DOCUMENTARY, realLedger, shownOf} from "./ledger.js";

const real = realLedger();
const audit = auditClaims(real);
const FAILS = shownOf(CLAIM, 4, "fails");
const DEPENDS = {id: "1.2", verdict: "depends"};

describe("auditClaims() on the ledger", () => {
  it("auditClaims() finds no problem in the ledger and the committed notebooks", () => {
    expect(audit.problems).toEqual([]);
    expect(audit.rows.map(({claim}) => claim)).toEqual(real.claims);
  });

  it("auditClaims() knows what measured claim 3.9, where, and where it flips", () => {
    const {measured, notebooks, flips} = audit.rows.find(({claim}) => claim.id === "3.9")!;
    expect(measured).toBe(8);
    expect(notebooks).toEqual(["03-claims", "03-lab-durability", "03-s3"]);
    expect(flips).toEqual([
      {
        notebook: "03-s3",
        circumstances: "the same eight shards lie on eight zones",
        measured: 2,
        verdict: "holds",
      },
    ]);
  });

  it("auditClaims() names the notebooks that show a claim which no number decides", () => {
    const {measured, notebooks} = audit.rows.find(({claim}) => claim.id === "3.14")!;
    expect(measured).toBeUndefined();
    expect(notebooks).toContain("03-lab-consistency");
  });

  const decided = audit.rows.filter(({claim}) => claim.decide !== undefined);
  it.each(decided.map((row): [string, AuditedClaim] => [row.claim.id, row]))(
    "auditClaims() fails as soon as the value of claim %s moves past its number",
    (id, {claim, measured}) => {
      const distance = fc.double({min: 1e-6, max: 1e9, noNaN: true});
      fc.assert(
        fc.property(distance, (by) => {
          const decide = movedPast(claim, measured!, by);
          const claims = real.claims.map((row) => (row.id === id ? {...row, decide} : row));
          const problems = auditClaims({...real, claims}).problems;
          expect(new Set(problems.map((problem) => problem.id))).toEqual(new Set([id]));
          const says = `the ledger says "${claim.verdict}"`;
          expect(problems.map(({problem}) => problem)).toContainEqual(
            expect.stringContaining(says),
          );
        }),
        {numRuns: 20},
      );
    },
  );

  it("auditClaims() has claims of either verdict to move", () => {
    const verdicts = decided.map(({claim}) => claim.verdict);
    expect(new Set(verdicts)).toEqual(new Set(["holds", "fails"]));
  });
});

describe("auditClaims() on one claim", () => {
  it("auditClaims() accepts a claim that a notebook measures, and one that a source decides", () => {
    expect(auditOf(CLAIM, FAILS).problems).toEqual([]);
    expect(auditOf(DOCUMENTARY, DEPENDS).problems).toEqual([]);
    expect(auditOf(DOCUMENTARY).problems).toEqual([]);
    const omission = {...DOCUMENTARY, quote: null, verdict: "omitted"} as const;
    expect(auditOf(omission).problems).toEqual([]);
  });

  it.each([
    ["an experiment", {experiment: undefined}, "mechanism, but no experiment"],
    ["a test", {test: undefined}, "mechanism, but no test"],
    ["a rule", {decide: undefined}, "mechanism, but no `decide`"],
    ["a reason", {because: " "}, "no `because`: nobody can see why"],
    [
      "an experiment that exists",
      {experiment: "s3/none"},
      "its experiment kernel-lib/experiments/s3/none.ts does not exist",
    ],
    [
      "a test that exists",
      {test: "test/none.test.ts"},
      "its test test/none.test.ts does not exist",
    ],
  ])("auditClaims() wants %s of a claim that a number decides", (_, change, problem) => {
    for (const kind of ["arithmetic", "mechanism"] as const) {
      const row = {...CLAIM, ...change, kind} as ClaimRow;
      const expected = problem.replace("mechanism", kind);
      expect(auditOf(row, FAILS).problems).toEqual([{id: "1.1", problem: expected}]);
    }
  });

  it.each([
    ["a quote", {quote: null}, "documentary, but no quote"],
    ["a source", {evidence: []}, "documentary, but no source"],
    ["a reason", {because: ""}, "no `because`: nobody can see why"],
    ["a known source", withEvidence({reference: "x"}), 'no reference "x" is known'],
    ["a date", withEvidence({asOf: ""}), 'the source "f4-2014" has no date (asOf)'],
  ])("auditClaims() wants %s of a documentary claim", (_, change, problem) => {
    const row: ClaimRow = {...DOCUMENTARY, ...change};
    expect(auditOf(row, DEPENDS).problems).toEqual([{id: "1.2", problem}]);
  });

  it("auditClaims() wants a notebook that measures the claim; a `whatIf` is not enough", () => {
    const problems = [{id: "1.1", problem: "no notebook measures it"}];
    expect(auditOf(CLAIM).problems).toEqual(problems);
    const supposed = {...FAILS, circumstances: "it rains"};
    expect(auditOf(CLAIM, supposed).problems).toEqual(problems);
  });

  it("auditClaims() tells a run whose number says otherwise, with the number", () => {
    const problem =
      'the ledger says "fails", 01-one says "holds". ' +
      "Shards lost: 1; the claim holds if it is at most 2.";
    // Whatever word the notebook printed: the number decides.
    for (const printed of ["fails", "holds"]) {
      const {problems} = auditOf(CLAIM, shownOf(CLAIM, 1, printed));
      expect(problems).toEqual([{id: "1.1", problem}]);
    }
  });

  it("auditClaims() tells a notebook that shows another verdict of a documentary claim", () => {
    const problem = 'the ledger says "depends", 01-one says "holds".';
    expect(auditOf(DOCUMENTARY, {id: "1.2", verdict: "holds"}).problems).toEqual([
      {id: "1.2", problem},
    ]);
  });

  it("auditClaims() tells a notebook that decided by a rule of before", () => {
    const decide = {...CLAIM.decide!, value: 3};
    const problem = "01-one decided it by a rule that is not the ledger's: bake it again";
    expect(auditOf({...CLAIM, decide}, FAILS).problems).toEqual([{id: "1.1", problem}]);
  });

  it("auditClaims() does not hold a number of another name to the rule", () => {
    const decide = {...CLAIM.decide!, measure: "nodesLost"};
    const {rows, problems} = auditOf({...CLAIM, decide}, FAILS);
    expect(problems.map(({problem}) => problem)).toEqual([
      "01-one decided it by a rule that is not the ledger's: bake it again",
      "no notebook measures it",
    ]);
    expect(rows[0]!.measured).toBeUndefined();
  });

  it("auditClaims() tells a verdict of a claim that the ledger lacks", () => {
    expect(auditOf(CLAIM, FAILS, {id: "9.9", verdict: "holds"}).problems).toEqual([
      {id: "9.9", problem: "01-one shows a verdict, the ledger lacks it"},
    ]);
  });

  it("auditClaims() wants of a model that it shows where its verdict flips", () => {
    const model: ClaimRow = {...CLAIM, kind: "model"};
    const problems = [{id: "1.1", problem: "model, but no `whatIf` shows where its verdict flips"}];
    expect(auditOf(model, FAILS).problems).toEqual(problems);
    const same = {...shownOf(CLAIM, 5, "fails"), circumstances: "a third zone"};
    expect(auditOf(model, FAILS, same).problems).toEqual(problems);
    const flipped = {...shownOf(CLAIM, 2, "holds"), circumstances: "eight zones"};
    expect(auditOf(model, FAILS, same, flipped).problems).toEqual([]);
  });

  it("auditClaims() wants of what depends that it both holds and fails", () => {
    const row: ClaimRow = {...CLAIM, verdict: "depends"};
    const holds = {...shownOf(CLAIM, 2, "holds"), circumstances: "eight zones"};
    const fails = {...shownOf(CLAIM, 4, "fails"), circumstances: "two zones"};
    const problem = "depends, but no `whatIf` shows it both hold and fail";
    expect(auditOf(row, holds).problems).toEqual([{id: "1.1", problem}]);
    const {rows, problems} = auditOf(row, holds, fails);
    expect(problems).toEqual([]);
    expect(rows[0]!.notebooks).toEqual(["01-one"]);
    expect(rows[0]!.flips.map(({verdict}) => verdict)).toEqual(["holds", "fails"]);
  });
});

/** The rule with its value moved to the other side of the number, `by` or as near as it goes. */
function movedPast({decide, verdict}: ClaimRow, measured: number, by: number): Decision {
  const {op, tolerance} = decide!;
  const holds = verdict === "holds";
  if (op === "==") return {...decide!, value: holds ? measured + tolerance + by : measured};
  // A claim that holds under "at most" fails when the value is below the number.
  const isUpper = op === "<=" || op === "<";
  return {...decide!, value: isUpper === holds ? measured - by : measured + by};
}

function withEvidence(change: object): Partial<ClaimRow> {
  return {evidence: [{...DOCUMENTARY.evidence[0]!, ...change}]};
}
