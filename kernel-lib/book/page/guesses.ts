import type {GuessField} from "../site/cell-data.js";
import {STRINGS} from "../strings.js";
import type {Cell} from "./cell.js";

/**
 * A form for the guesses that a cell asks for. A guess is written into the cell, which runs; then
 * the answers below run and unfold.
 */
export function addGuessForm(
  cell: Cell,
  answers: readonly Cell[],
  run: (cell: Cell) => Promise<boolean>,
): void {
  const form = document.createElement("form");
  form.className = "guess";
  const fields = cell.data.guesses!.map((guess) => ({guess, input: inputFor(guess, form)}));
  const submit = document.createElement("button");
  submit.textContent = STRINGS.guessButton;
  form.append(submit);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const {guess, input} of fields) cell.setConstant(guess.name, literalOf(guess, input));
    void showAnswers();
  });
  cell.element.before(form);

  async function showAnswers(): Promise<void> {
    if (!(await run(cell))) return;
    for (const answer of answers) {
      // Open first: a figure is drawn where it can be measured.
      if (answer.fold !== null) answer.fold.open = true;
      if (!(await run(answer))) return;
    }
    answers[0]?.fold?.querySelector("summary")?.focus();
  }
}

function inputFor({question, unit}: GuessField, form: HTMLElement): HTMLInputElement {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.required = true;
  input.autocomplete = "off";
  if (unit !== "") {
    input.type = "number";
    input.step = "any";
  }
  label.append(`${question} `, input, unit === "" ? "" : ` ${unit}`);
  form.append(label);
  return input;
}

/** What a reader of the cell would have typed. */
function literalOf({unit}: GuessField, {value}: HTMLInputElement): string {
  const text = value.trim();
  if (unit !== "" || /^(true|false|-?\d+(\.\d+)?)$/.test(text)) return text;
  const bare = /^(["'`])(.*)\1$/.exec(text)?.[2] ?? text;
  // A semicolon would end the statement for whoever replaces the literal the next time.
  return JSON.stringify(bare).replaceAll(";", "\\u003b");
}
