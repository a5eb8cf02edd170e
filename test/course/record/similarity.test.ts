import {
  PROVES_NOTHING,
  similarityPage,
  similarityText,
  similarPairs,
} from "kernel-lib/course/record";
import type {AnswerText, SimilarityReport} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {RESTORE, SCRIPT} from "./small-class.js";

const RENAMED = RESTORE.replaceAll("shards", "input")
  .replaceAll("present", "left")
  .replaceAll("row", "i")
  .replace("const left", "// my own idea\n  let  left")
  .replace("6", "7");

/** The same task, done another way. */
const OWN = `const restore3 = (shards) => {
  let count = 0;
  const matrix = vandermonde(8, 6);
  while (count < 6) { matrix.swap(count, firstPresent(shards, count)); count += 1; }
  const inverse = matrix.invert();
  if (inverse === undefined) throw new RangeError("singular");
  return inverse.times(shards.map((s, at) => ({s, at})).sort((x, y) => x.at - y.at));
};`;

const answer = (student: string, text: string, prose = false): AnswerText => ({
  ...{student, question: "q3", text, prose},
});

function report(answers: AnswerText[], release: string[] = []): SimilarityReport {
  return similarPairs(answers, {release, most: 20});
}

const names = ({pairs}: SimilarityReport): string[][] =>
  pairs.map(({sides}) => sides.map(({student}) => student));

describe("similarPairs", () => {
  it("similarPairs finds a copy that was renamed, reformatted and commented", () => {
    const {pairs} = report([answer("ada", RESTORE), answer("bob", OWN), answer("cyd", RENAMED)]);
    expect(pairs[0]).toMatchObject({percent: 100, sides: [{student: "ada"}, {student: "cyd"}]});
    expect(pairs.slice(1).every(({percent}) => percent < 20)).toBe(true);
  });

  it("similarPairs marks the passage that both have, and nothing else", () => {
    const passage = RESTORE.split("\n").slice(1, 5).join("\n");
    const mixed = `const mine = 1 + 2;\n${passage}\nif (x) { while (y) z++; }`;
    const {sides} = report([answer("ada", RESTORE), answer("bob", mixed)]).pairs[0]!;
    for (const {text, matches} of sides) {
      const marked = matches.map(({from, to}) => text.slice(from, to)).join("");
      expect(passage).toContain(marked);
      expect(marked.length).toBeGreaterThan(passage.length * 0.8);
    }
  });

  it("similarPairs leaves out what the release holds", () => {
    const answers = [answer("ada", RESTORE), answer("bob", RENAMED)];
    expect(report(answers).pairs).toHaveLength(1);
    expect(report(answers, [RESTORE]).pairs).toEqual([]);
    expect(report(answers, [RESTORE.slice(0, 120)]).pairs[0]!.shared).toBeLessThan(
      report(answers).pairs[0]!.shared,
    );
  });

  it("similarPairs leaves out what more than half of at least five answers have", () => {
    const five = ["a", "b", "c", "d", "e"].map((student) => answer(student, RESTORE));
    expect(report(five).pairs).toEqual([]);
    expect(report(five.slice(0, 4)).pairs).toHaveLength(6);
    const half = ["f", "g", "h", "i", "j"].map((student) => answer(student, OWN));
    expect(report([...five, ...half]).pairs.length).toBe(20);
  });

  it("similarPairs leaves out short answers, and counts them", () => {
    const {pairs, questions} = report([answer("ada", "const f = () => 6;"), answer("bob", "6")]);
    expect(pairs).toEqual([]);
    expect(questions).toEqual([{question: "q3", compared: 0, tooShort: 2}]);
  });

  it("similarPairs keeps ties in order of id, whatever the order of the answers", () => {
    const answers = ["山", "bob", "ada"].map((student) => answer(student, RESTORE));
    const expected = [
      ["ada", "bob"],
      ["ada", "山"],
      ["bob", "山"],
    ];
    expect(names(report(answers))).toEqual(expected);
    expect(names(report([...answers].reverse()))).toEqual(expected);
  });

  it("similarPairs compares answers to one question only, and shows at most so many of each", () => {
    const other = {...answer("bob", RESTORE), question: "q4"};
    expect(report([answer("ada", RESTORE), other]).pairs).toEqual([]);
    const answers = ["a", "b", "c"].map((student) => answer(student, RESTORE));
    expect(similarPairs(answers, {release: [], most: 2}).pairs).toHaveLength(2);
    expect(() => similarPairs(answers, {release: [], most: 0})).toThrow(RangeError);
  });

  it("similarPairs compares prose by its words", () => {
    const text =
      "Two zones fail together because one power feed serves both of them, and so the two losses are not independent, I think.";
    const changed = text.replace("I think", "so be it").toUpperCase();
    const other =
      "A zone is lost once in a thousand years, and then four of eight shards are gone.";
    const answers = [answer("ada", text, true), answer("bob", changed, true)];
    expect(names(report([...answers, answer("cyd", other, true)]))).toEqual([["ada", "bob"]]);
  });

  it("similarPairs reads a hostile answer of a million characters", () => {
    const hostile = "(".repeat(1_000_000);
    expect(report([answer("ada", hostile), answer("bob", hostile)]).pairs[0]!.percent).toBe(100);
  });
});

describe("similarity report", () => {
  const answers = [answer("ada", RESTORE), answer("cyd", RENAMED), answer("eve", SCRIPT + RESTORE)];

  it("similarityText is the golden table, and says first that it proves nothing", async () => {
    const text = similarityText(report(answers));
    expect(text.startsWith(PROVES_NOTHING)).toBe(true);
    await expect(text).toMatchFileSnapshot("./similarity.golden.txt");
  });

  it("similarityPage marks passages side by side, and escapes what students wrote", () => {
    const page = similarityPage("Similar answers to ps03", report(answers));
    expect(page).toContain(PROVES_NOTHING);
    expect(page.match(/<h2>/g)).toHaveLength(3);
    expect(page.match(/<mark>/g)!.length).toBeGreaterThanOrEqual(6);
    expect(page).not.toMatch(/<(script|img)/);
    const column = /<pre>(.*?)<\/pre>/s.exec(page)![1]!;
    const shown = column
      .replace(/<\/?mark>/g, "")
      .replaceAll("&gt;", ">")
      .replaceAll("&lt;", "<");
    expect(shown).toBe(RESTORE);
  });

  it("similarityPage says so where no two answers share a passage", () => {
    expect(similarityPage("x", report([]))).toContain("No two answers share a passage.");
  });
});
