/**
 * `npm run course:similar -- OUT [--release NOTEBOOK]`: which answers of a grading run a person
 * should read side by side. Prints a table and writes `OUT/similar-psNN.html`. It proves nothing.
 */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {parseArgs} from "node:util";
import {similarityPage, similarityText, similarPairs, writeText} from "../course/record/index.js";
import type {AnswerText} from "../course/record/index.js";
import {parseNotebook} from "../kernel/index.js";
import {chosenRun} from "./course-run.js";
import {runCommand} from "./run-command.js";

await runCommand(() => {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      release: {type: "string"},
      set: {type: "string"},
      most: {type: "string", default: "20"},
    },
  });
  const [out] = positionals;
  if (out === undefined || positionals.length > 1) {
    throw new Error("Say which grading run: npm run course:similar -- OUT [--release NOTEBOOK]");
  }
  const {ofSet, problemSet} = chosenRun(out, values);
  const answers = ofSet.flatMap(({student, questions}) =>
    questions.map(({id, handedIn, manual}): AnswerText => ({
      ...{student, question: id, text: handedIn, prose: manual},
    })),
  );
  const release = values.release === undefined ? [] : cellsOf(values.release);
  const report = similarPairs(answers, {release, most: Number(values.most)});
  const path = join(out, `similar-${problemSet}.html`);
  writeText(path, similarityPage(`Similar answers to ${problemSet}`, report));
  console.log(`${similarityText(report)}\nSide by side: ${path}`);
  if (values.release === undefined) {
    console.log("Without --release NOTEBOOK the released text counts as the students' own.");
  }
});

function cellsOf(path: string): string[] {
  return parseNotebook(readFileSync(path, "utf8")).cells.map(({source}) => source);
}
