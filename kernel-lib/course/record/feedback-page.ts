import {NOT_ANSWERED} from "../grading/result.js";
import type {PropertyResult, QuestionResult, SubmissionResult} from "../grading/result.js";
import {flagsForStudent} from "./flags.js";
import {htmlPage, markup, NO_HTML} from "./html-page.js";
import type {Html} from "./html-page.js";
import type {FinalMark, QuestionMark} from "./marks.js";
import {nextSteps} from "./next-steps.js";
import {showOf, showPoints} from "./points.js";

/** A page shows no more of one answer, in characters. */
const MOST_SHOWN = 20_000;

const TIERS = {1: "recall and compute", 2: "build, change, find", 3: "explain"};

/**
 * What a student gets back for one problem set: one HTML page, complete in itself, that runs
 * nothing and prints. Everything that the student wrote is escaped.
 */
export function feedbackPage(result: SubmissionResult, final: FinalMark): string {
  const {problemSet, student, course, seed, digest} = result;
  const body = markup`<header>
      <h1>Feedback on ${problemSet}</h1>
      <p class="sub">${student}${course === "" ? "" : ` · ${course}`}</p>
    </header>
    <main>
      ${markLine(final)} ${notesFor(result, final)} ${marksTable(final)} ${partsTable(final)}
      ${nextSteps(result, final)}
      ${result.questions.map((question, index) => section(question, final.questions[index]!))}
    </main>
    <footer>
      <p>
        Your numbers came from seed ${seed}. The record of this grading is ${digest}: the same
        digest, the same result. Whoever thinks that a mark is wrong sends the question’s number and
        a reason to the course’s staff.
      </p>
    </footer>`;
  return htmlPage({title: `Feedback on ${problemSet}: ${student}`, body});
}

function markLine(final: FinalMark): Html {
  const {mark, maxMark, percent, waiting} = final;
  const whole = markup`<p class="mark">
    Your mark: <strong>${showOf(mark, maxMark)}</strong> (${percent} %)
  </p>`;
  if (waiting.length === 0) return whole;
  return markup`${whole}
    <p class="note">Not final: a person still marks ${waiting.join(", ")}.</p>`;
}

function notesFor(result: SubmissionResult, final: FinalMark): Html {
  const flags = flagsForStudent(result).map(({detail}) => markup`<li>${detail}</li>`);
  const notes = final.notes.map((note) => markup`<li>${note}</li>`);
  if (flags.length + notes.length === 0) return NO_HTML;
  return markup`<h2>What else was noticed</h2>
    <p>None of this changes a mark by itself.</p>
    <ul>
      ${[...flags, ...notes]}
    </ul>`;
}

function marksTable({questions, reached, maxMark}: FinalMark): Html {
  const rows = questions.map(
    (question) =>
      markup`<tr>
        <th scope="row">${question.id}</th>
        <td>${question.title}</td>
        <td>${question.tier}: ${TIERS[question.tier]}</td>
        <td class="number">${shownScore(question)}</td>
      </tr>`,
  );
  return markup`<h2>Marks by question</h2>
    ${pointsTable({
      ...{caption: "Points of each question", columns: ["Question", "About", "Tier"]},
      ...{rows, total: "Reached", points: showOf(reached, maxMark)},
    })}`;
}

interface PointsTable {
  caption: string;
  /** Headings, without the last, which is Points. */
  columns: readonly string[];
  rows: readonly Html[];
  /** What the sum is called, and what it is. */
  total: string;
  points: string;
}

/** A table whose last column adds up. */
function pointsTable({caption, columns, rows, total, points}: PointsTable): Html {
  const headings = columns.map((name) => markup`<th scope="col">${name}</th>`.html);
  return markup`<table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${{html: headings.join("\n          ")}}
          <th scope="col" class="number">Points</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colspan="${columns.length}">${total}</th>
          <td class="number">${points}</td>
        </tr>
      </tfoot>
    </table>`;
}

/** How the mark was made; nothing where it is the sum of the table above. */
function partsTable(final: FinalMark): Html {
  const {auto, manual, penalty, late, override, mark} = final;
  if (manual === 0 && penalty === 0 && override === undefined) return lateLine(final);
  const rows = [
    part("By hidden tests", auto, "all questions together"),
    ...(manual === 0 ? [] : [part("By people", manual, "see the questions below")]),
    ...(penalty === 0 ? [] : [part("For lateness", -penalty, late.because)]),
    ...(override === undefined
      ? []
      : [
          part(
            "Decided by a person instead",
            override.points,
            `${override.comment} (${override.by})`,
          ),
        ]),
  ];
  return markup`<h2>How the mark was made</h2>
    ${pointsTable({
      ...{caption: "Parts of the mark", columns: ["Part", "Why"]},
      ...{rows, total: "Mark", points: showPoints(mark)},
    })}
    ${penalty === 0 ? lateLine(final) : NO_HTML}`;
}

function part(name: string, points: number, why: string): Html {
  const shown = points < 0 ? `−${showPoints(-points)}` : showPoints(points);
  return markup`<tr>
    <th scope="row" class="part">${name}</th>
    <td>${why}</td>
    <td class="number">${shown}</td>
  </tr>`;
}

function lateLine({late}: FinalMark): Html {
  return late.due === undefined ? NO_HTML : markup`<p>${late.because}</p>`;
}

function section(question: QuestionResult, mark: QuestionMark): Html {
  return markup`<section aria-labelledby="${question.id}">
    <h2 id="${question.id}">${question.id}: ${question.title} (${shownScore(mark)})</h2>
    ${question.problem === "" ? NO_HTML : markup`<p class="note">${problemOf(question)}</p>`}
    ${personLine(mark)} ${propertiesTable(question)} ${handedIn(question)}
  </section>`;
}

function problemOf({id, problem}: QuestionResult): string {
  return problem === NOT_ANSWERED
    ? `${problem} Its hints are in the notebook: ${id}.hint()`
    : problem;
}

function personLine({person, manual, auto}: QuestionMark): Html {
  if (person === undefined) {
    return manual ? markup`<p class="note">A person marks this question.</p>` : NO_HTML;
  }
  const instead = manual ? "" : `, in place of the ${showPoints(auto)} by hidden tests`;
  return markup`<p class="note">
    ${person.by} gave ${showPoints(person.points)}${instead}: ${person.comment}
  </p>`;
}

function propertiesTable({id, properties, problem}: QuestionResult): Html {
  if (properties.length === 0) return NO_HTML;
  // Nothing went wrong where nothing was tried, and hints are for those who try.
  const shown =
    problem === NOT_ANSWERED ? properties.map((one) => ({...one, why: "", hint: ""})) : properties;
  return markup`<table>
    <caption>
      What was tested in ${id}
    </caption>
    <thead>
      <tr>
        <th scope="col">Your answer …</th>
        <th scope="col">Result</th>
        <th scope="col" class="number">Points</th>
      </tr>
    </thead>
    <tbody>
      ${shown.map(propertyRow)}
    </tbody>
  </table>`;
}

function propertyRow({name, score, maxScore, why, hint}: PropertyResult): Html {
  const held = score >= maxScore;
  const verdict = held
    ? markup`<td class="held">✓ holds</td>`
    : markup`<td class="failed">✗ fails</td>`;
  const reason = held || why === "" ? NO_HTML : markup`<p>${why}</p>`;
  const help =
    held || hint === "" ? NO_HTML : markup`<p class="hint"><strong>Hint:</strong> ${hint}</p>`;
  return markup`<tr>
    <th scope="row">${name}${reason}${help}</th>
    ${verdict}
    <td class="number">${showOf(score, maxScore)}</td>
  </tr>`;
}

function handedIn({handedIn: text}: QuestionResult): Html {
  if (text.trim() === "") return markup`<p>Nothing was handed in here.</p>`;
  const shown = text.slice(0, MOST_SHOWN);
  const rest = text.length - shown.length;
  return markup`<h3>What you handed in</h3>
    <pre>${shown}</pre>
    ${rest > 0 ? markup` <p>${rest} more characters are not shown.</p>` : NO_HTML}`;
}

function shownScore({manual, person, score, maxScore}: QuestionMark): string {
  return manual && person === undefined ? `– of ${showPoints(maxScore)}` : showOf(score, maxScore);
}
