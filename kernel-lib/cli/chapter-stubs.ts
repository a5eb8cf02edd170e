import {existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {formatNotebook} from "../kernel/index.js";
import type {NotebookCell} from "../kernel/index.js";
import {BUDGETS} from "./notebook-budgets.js";
import type {NotebookKind} from "./notebook-budgets.js";
import {withJupyterMetadata} from "./notebook-metadata.js";

/**
 * Writes notebook, lab, experiment, test, claim and instructor guide of a new chapter.
 *
 * @param root the project's root
 * @param name number and name, as in "06-ebs"
 * @returns the paths written
 * @throws SyntaxError if the name has another form
 * @throws Error if one of the files is there already; then nothing is written
 */
export function writeChapterStubs(root: string, name: string): string[] {
  const match = /^(\d\d)-([a-z][a-z0-9-]*)$/.exec(name);
  if (match === null) {
    throw new SyntaxError(`Say which chapter: need NN-name, as in 06-ebs, got "${name}"`);
  }
  const [, number, noun] = match as unknown as [string, string, string];
  const files = stubs(Number(number), number, noun);
  const taken = Object.keys(files).find((path) => existsSync(join(root, path)));
  if (taken !== undefined) throw new Error(`${taken} is there already; nothing was written`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), {recursive: true});
    writeFileSync(join(root, path), text);
  }
  const ledger = addClaim(root, Number(number), noun);
  return [...Object.keys(files).map((path) => join(root, path)), ledger];
}

function stubs(chapter: number, number: string, noun: string): Record<string, string> {
  return {
    [`notebooks/${number}-${noun}.ipynb`]: notebookStub("core", chapter, noun),
    [`notebooks/${number}-lab-first.ipynb`]: notebookStub("lab", chapter, noun),
    [`kernel-lib/experiments/${noun}/index.ts`]: experimentIndex(noun),
    [`kernel-lib/experiments/${noun}/first.ts`]: experimentStub(noun),
    [`test/experiments/${noun}/first.test.ts`]: testStub(noun),
    [`notebooks/coursework/guides/${number}-${noun}.md`]: guideStub(number, noun),
  };
}

function notebookStub(kind: NotebookKind, chapter: number, noun: string): string {
  const cells = BUDGETS[kind].sections.map((id) => cellStub(id, chapter, noun));
  const metadata = {glass_cloud: {kind, chapter}};
  return formatNotebook(withJupyterMetadata({cells, metadata, nbformat: 4, nbformat_minor: 5}));
}

/** Sections that are code; the others are prose. */
const CODE: Record<string, (noun: string) => string> = {
  imports: (noun) =>
    `import {first} from "kernel-lib/experiments/${noun}";\n` +
    'import {claim, expectNear, predict, show, versions} from "kernel-lib/lesson";\n' +
    'import {lineChart} from "kernel-lib/plot";',
  versions: () => "versions()",
  guess: () =>
    "const myGuess = undefined; // your number of ⟨unit⟩\n" +
    'const guess = predict("⟨one question that a number answers⟩", {guess: myGuess, unit: "⟨unit⟩"});',
  gasp: () => 'const rows = first({seed: 1});\nconst gasp = "⟨the figure that makes people gasp⟩";',
  golden: () => 'expectNear("⟨what (unit)⟩", NaN, 0, 0);',
};

const PROSE: Record<string, (chapter: number, noun: string) => string> = {
  header: (chapter, noun) =>
    `# ${chapter} · ${noun}: ⟨title⟩\n\n*⟨minutes⟩ · comes after [Start here](00-start-here.ipynb)*`,
  decision: () =>
    "## The decision\n\n⟨the decision an engineer faces⟩\n\n**By the end you can** ⟨3–5 verbs⟩",
  predict: () => "## 1 · Predict\n\n⟨everything the reader needs for a guess⟩",
  invariants: () =>
    "## 2 · What must always be true\n\n⟨numbered⟩\n\n**What this model leaves out.** ⟨…⟩",
  trace: () => "## 3 · One request, one trace\n\n⟨the mechanism once, slowly⟩",
  build: () => "## 4 · Build it\n\n⟨at most 15 lines from primitives⟩",
  sweep: () => "## 5 · Turn the knobs\n\n⟨one knob, one figure, one sentence with the number⟩",
  break: () => "## 6 · Break it\n\n⟨a fault search with a shrunk counter-example⟩",
  verdict: () => "## 7 · Verdict\n\n⟨claims; what would show the model wrong; what it costs⟩",
  checks: () => "## 8 · Checks\n\n⟨tiers 1 to 3, three hints each, folded⟩",
  summary: () => "## Summary\n\n⟨five bullets, sources⟩\n\n**Next:** ⟨a link⟩",
};

function cellStub(id: string, chapter: number, noun: string): NotebookCell {
  const code = CODE[id];
  if (code === undefined) {
    return {cell_type: "markdown", id, metadata: {}, source: PROSE[id]!(chapter, noun)};
  }
  const metadata = id === "gasp" ? {jupyter: {outputs_hidden: true}} : {};
  return {cell_type: "code", id, metadata, source: code(noun), execution_count: null, outputs: []};
}

function experimentIndex(noun: string): string {
  return (
    `/** Experiments of the chapter ${noun}: pure functions of options and seed, to flat rows. */\n` +
    'export {first} from "./first.js";\nexport type {FirstOptions, FirstRow} from "./first.js";\n'
  );
}

function experimentStub(noun: string): string {
  return `/**
 * ⟨What question this experiment of chapter ${noun} answers, and for which claim.⟩
 *
 * Fidelity: ⟨public, inferred or simplified; what is left out⟩
 */

export interface FirstOptions {
  /** Decides ⟨what⟩. */
  seed: number;
}

/** ⟨One observation.⟩ */
export interface FirstRow {
  /** ⟨Meaning and unit.⟩ */
  value: number;
}

/** ⟨One sentence; give it an example that is run.⟩ */
export function first({seed}: FirstOptions): FirstRow[] {
  throw new RangeError(\`Cannot run: ⟨the experiment⟩ is not written, seed \${seed}\`);
}
`;
}

function testStub(noun: string): string {
  return `import {first} from "kernel-lib/experiments/${noun}";
import {expect, it} from "vitest";

it("first() ⟨does what, as a sentence⟩", () => {
  expect(first({seed: 1})).toEqual("⟨a golden table a human can read⟩");
});
`;
}

function guideStub(number: string, noun: string): string {
  return `# Instructor guide: chapter ${number}, ${noun}

## Fifty minutes
⟨plan⟩

## Three misconceptions, and the cell that refutes each
⟨…⟩

## Expected numbers by seed
⟨…⟩

## Rubric
⟨…⟩
`;
}

/** A row whose placeholders also fail the ledger's schema. */
function addClaim(root: string, chapter: number, noun: string): string {
  const path = join(root, "data", "claims.json");
  // Appended as text, so that the rows that are there keep their form.
  const row = {
    id: `${chapter}.1`,
    quote: "⟨at most 25 words⟩",
    kind: "⟨what decides it⟩",
    verdict: "⟨…⟩",
    because: "⟨…⟩",
    evidence: [],
    experiment: `${noun}/first`,
    test: `test/experiments/${noun}/first.test.ts`,
  };
  const indented = JSON.stringify(row, null, 2).replace(/^/gm, "  ");
  const before = readFileSync(path, "utf8");
  writeFileSync(path, before.replace(/\n\]\s*$/, `,\n${indented}\n]\n`));
  return path;
}
