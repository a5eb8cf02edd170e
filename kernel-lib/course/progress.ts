import {show} from "../lesson/index.js";
import {table} from "../plot/index.js";
import {readNotes} from "./progress-file.js";
import {asked} from "./question.js";

/**
 * Shows how far a student is: each question, what it is worth, tries and hints, and whether the
 * last try passed what can be seen. It is kept beside the notebook, and never sent.
 *
 * @example
 * import {progress, question} from "kernel-lib/course";
 * question("q1", {title: "Count", points: 2, tier: 1, hints: ["a", "b", "c"]});
 * progress();
 */
export function progress(): void {
  const notes = readNotes();
  const rows = [...asked.values()].map(({id, title, tier, points}) => {
    const {tries = 0, hints = 0, right = false} = notes[id] ?? {};
    return {
      question: id,
      title,
      tier,
      points,
      tries,
      hints,
      checked: tier === 3 ? "a person reads it" : tries === 0 ? "–" : right ? "✓" : "✗",
    };
  });
  show(
    table(rows, {
      headings: {checked: "checked here"},
      caption: "Your progress, for your eyes alone. Hidden tests give the marks.",
    }),
  );
}
