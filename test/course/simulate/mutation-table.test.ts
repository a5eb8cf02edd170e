import {mutationTable} from "kernel-lib/course/simulate";
import type {Planted, TestedQuestion} from "kernel-lib/course/simulate";
import {describe, expect, it} from "vitest";

const QUESTIONS: TestedQuestion[] = [
  {id: "q1", title: "Sort", properties: ["sorts", "keeps a | b", "ends"]},
  {id: "q2", title: "Count", properties: ["counts"]},
];

const planted = (question: string, name: string, ...fails: string[]): Planted => ({
  ...{question, name, fails, cell: `${question}-solution`, source: ""},
});

describe("mutationTable", () => {
  it("has a table a question, a row a wrong solution and a column a property", () => {
    const wrong = [
      planted("q2", "counts one too many", "counts"),
      planted("q1", "does nothing", "sorts", "keeps a | b"),
      planted("q1", "sorts as text", "sorts"),
    ];
    expect(mutationTable("ps90", QUESTIONS, wrong)).toBe(
      [
        ...["## ps90", "", "3 wrong solutions, 4 hidden properties.", ""],
        ...["### q1 · Sort", ""],
        "| wrong solution | sorts | keeps a \\| b | ends |",
        "|---|:-:|:-:|:-:|",
        "| does nothing | ✗ | ✗ |  |",
        "| sorts as text | ✗ |  |  |",
        ...["", "Failed by none: ends.", ""],
        ...["### q2 · Count", ""],
        ...["| wrong solution | counts |", "|---|:-:|", "| counts one too many | ✗ |"],
      ].join("\n"),
    );
  });

  it.each<[string, Planted, string]>([
    ["an unknown property", planted("q1", "x", "sorts", "flies"), "of q1, got flies"],
    ["an unknown question", planted("q9", "x", "sorts"), "of q9, got sorts"],
    [
      "an unknown question, failing nothing",
      planted("q9", "x"),
      "of q9, got a question without any",
    ],
  ])("throws for %s", (_, one, end) => {
    const message = `Cannot tabulate "x" of ps90: need one of the hidden properties ${end}`;
    expect(() => mutationTable("ps90", QUESTIONS, [one])).toThrow(new RangeError(message));
  });
});
