import {NOT_ANSWERED} from "../grading/result.js";
import type {QuestionResult, SubmissionResult} from "../grading/result.js";
import {markup, NO_HTML} from "./html-page.js";
import type {Html} from "./html-page.js";
import type {FinalMark} from "./marks.js";
import {showPoints} from "./points.js";

/** A longer list would be another table. */
const MOST_STEPS = 3;

/** Where most is to be won: the questions with most points missing, and why they are. */
export function nextSteps({questions}: SubmissionResult, final: FinalMark): Html {
  const open = final.questions
    .map((mark, index) => ({
      question: questions[index]!,
      points: mark.manual && mark.person === undefined ? 0 : mark.maxScore - mark.score,
    }))
    .filter(({points}) => points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, MOST_STEPS);
  if (open.length === 0) return NO_HTML;
  const steps = open.map(
    ({question, points}) =>
      markup`<li>
        <strong>${question.id}</strong> (${showPoints(points)} missing): ${reasonFor(question)}
      </li>`,
  );
  return markup`<h2>Where to look first</h2>
    <ul>
      ${steps}
    </ul>
    <p>
      Below, each question says what was tested, what went wrong and which hint helps. Change the
      answer in your notebook and run its test cell again.
    </p>`;
}

function reasonFor(question: QuestionResult): string {
  if (question.problem === NOT_ANSWERED) return "it was not answered.";
  if (question.problem !== "") return question.problem;
  const failed = question.properties.filter(({score, maxScore}) => score < maxScore);
  if (failed.length === 0) return "read what was written by the person who marked it.";
  return `not yet: “${failed[0]!.name}”.`;
}
