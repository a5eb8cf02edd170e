import {htmlPage, markup, NO_HTML} from "./html-page.js";
import type {Html} from "./html-page.js";
import {showPoints} from "./points.js";
import type {PairSide, SimilarityReport, SimilarPair} from "./similarity.js";
import {textTable} from "./text-table.js";
import {RUN, WINDOW} from "./winnowing.js";

/** Stands above every report. */
export const PROVES_NOTHING: string =
  "This report proves nothing. It says which answers to read side by side. Short answers to one " +
  "question are alike because the question is the same, and students may have been allowed to " +
  "work together. Nobody is to be accused, marked down or asked to explain by this number alone.";

const METHOD =
  `Compared are tokens: names, numbers and texts each count as one, spaces, comments and semicolons ` +
  `as none. Of the runs of ${RUN} tokens those are kept that winnowing with a window of ${WINDOW} ` +
  `keeps, so that every common passage of ${RUN + WINDOW - 1} tokens is found. Left out: what the ` +
  "release holds, passages that more than half of the answers have (and at least five), and " +
  `answers of fewer than ${RUN} tokens. The percentage is of the answer with fewer runs left. ` +
  "Answers in prose are compared by their words.";

/** The report as a table for a terminal. */
export function similarityText({pairs, questions}: SimilarityReport): string {
  const rows = pairs.map(({question, percent, shared, sides}) => [
    ...[question, showPoints(percent), shared, ...sides.map(({student}) => student)],
  ]);
  const table = textTable([["question", "percent", "runs", "student", "student"], ...rows]);
  const counts = questions.map(
    ({question, compared, tooShort}) => `${question}: compared ${compared}, too short ${tooShort}`,
  );
  return `${[PROVES_NOTHING, "", METHOD, "", ...counts, "", table].join("\n")}\n`;
}

/** The report as one page: each pair side by side, what both have marked. */
export function similarityPage(title: string, report: SimilarityReport): string {
  const body = markup`<h1>${title}</h1>
    <p class="loud"><strong>For a person to read.</strong> ${PROVES_NOTHING}</p>
    <p>${METHOD}</p>
    ${summary(report)} ${report.pairs.map(pairSection)}`;
  return htmlPage({title, body, wide: true});
}

function summary({pairs, questions}: SimilarityReport): Html {
  const rows = questions.map(({question, compared, tooShort}) => {
    const shown = pairs.filter((pair) => pair.question === question).length;
    return markup`<tr>
      <th scope="row">${question}</th>
      <td class="number">${compared}</td>
      <td class="number">${tooShort}</td>
      <td class="number">${shown}</td>
    </tr>`;
  });
  return markup`<table>
      <caption>
        What was compared
      </caption>
      <thead>
        <tr>
          <th scope="col">Question</th>
          <th scope="col" class="number">Answers</th>
          <th scope="col" class="number">Too short</th>
          <th scope="col" class="number">Pairs shown</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    ${pairs.length === 0 ? markup`<p>No two answers share a passage.</p>` : NO_HTML}`;
}

function pairSection({question, percent, shared, sides}: SimilarPair): Html {
  const runs = shared === 1 ? "1 run" : `${shared} runs`;
  return markup`<section>
    <h2>
      ${question}: ${sides[0].student} and ${sides[1].student}, ${showPoints(percent)} % (${runs})
    </h2>
    <div class="pair">${sides.map(sideColumn)}</div>
  </section>`;
}

function sideColumn({student, text, matches}: PairSide): Html {
  let end = 0;
  const parts = matches.map(({from, to}) => {
    const before = text.slice(end, from);
    end = to;
    return markup`${before}<mark>${text.slice(from, to)}</mark>`;
  });
  return markup`<div>
    <h3>${student}</h3>
    <pre>${joined(parts)}${text.slice(end)}</pre>
  </div>`;
}

/** Without the line ends that a list gets. */
function joined(parts: readonly Html[]): Html {
  return {html: parts.map((part) => part.html).join("")};
}
