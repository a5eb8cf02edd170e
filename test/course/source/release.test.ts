import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import {dirname, join} from "node:path";
import {
  courseOf,
  nbgraderOf,
  readProblemSet,
  releaseNotebook,
  roleOf,
  writeRelease,
} from "kernel-lib/course/source";
import type {ProblemSet} from "kernel-lib/course/source";
import {readPlanted} from "kernel-lib/course/simulate";
import {formatNotebook, parseNotebook} from "kernel-lib/kernel";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../../binder/setup.mjs";
import {setOf} from "../../support/hand-in.js";
import {scratchFolder} from "../../support/scratch.js";
import {smallSource, withCell, withSource, writeSource} from "../../support/small-set.js";

const COURSEWORK = join(ROOT, "notebooks", "coursework");
const EXTRAS = [join(COURSEWORK, "AGENTS.md")];

function smallSet(folder: string): ProblemSet {
  return readProblemSet(writeSource(folder), "ps90");
}

/** Lines of the regions of a notebook, and those outside of them. */
function linesOf(set: ProblemSet): {inside: string[]; outside: Set<string>} {
  const inside: string[] = [];
  const outside = new Set<string>();
  for (const {source} of set.notebook.cells) {
    let hidden = false;
    for (const line of source.split("\n")) {
      const marker = /### (BEGIN|END) (?:SOLUTION|HIDDEN TESTS)/.exec(line)?.[1];
      if (marker !== undefined) hidden = marker === "BEGIN";
      else if (hidden) inside.push(line.trim());
      else outside.add(line.trim());
    }
  }
  return {inside, outside};
}

/** Every text that a file may hold: of a notebook its strings, joined, else the file itself. */
function textsIn(path: string): string {
  const text = readFileSync(path, "utf8");
  if (!path.endsWith(".ipynb")) return text;
  const all: string[] = [];
  JSON.parse(text, (key, value: unknown) => {
    if (typeof value === "string") all.push(value);
    all.push(key);
    return value;
  });
  return `${text}\n${all.join("\n")}\n${parseNotebook(text)
    .cells.map(({source}) => source)
    .join("\n")}`;
}

describe.each(["ps00", "ps03"])("the release of %s", (name) => {
  const set = setOf(name);
  const released = (): {folder: string; files: string[]} => {
    const folder = join(scratchFolder(), name);
    return {folder, files: writeRelease(set, {course: "cloud-2026", folder, extras: EXTRAS})};
  };

  it("no file of it holds a line of a solution, of a hidden test, of a planted answer or of their table", () => {
    const {folder, files} = released();
    const {inside, outside} = linesOf(set);
    const table = readFileSync(join(COURSEWORK, "planted", "README.md"), "utf8");
    const planted = readPlanted(join(COURSEWORK, "planted"), name).map(({source}) => source);
    const wrong = [...planted, table].flatMap((text) =>
      text.split("\n").map((line) => line.trim()),
    );
    const secret = [...inside, ...wrong].filter(
      // Shorter ones are closing brackets and the like.
      (line) => line.length > 5 && !outside.has(line),
    );
    expect(secret.length).toBeGreaterThan(20);
    expect(files).toEqual(["AGENTS.md", `${name}.ipynb`]);
    for (const file of files) {
      const text = textsIn(join(folder, file));
      expect(secret.filter((line) => text.split("\n").some((one) => one.trim() === line))).toEqual(
        [],
      );
      // Anywhere in a line, where it is long enough to be nothing else, and no hint quotes it.
      const given = [...outside].join("\n");
      const long = secret.filter((line) => line.length > 24 && !given.includes(line));
      expect(long.filter((line) => text.includes(line))).toEqual([]);
      expect(text).not.toMatch(/(?:BEGIN|END) (?:SOLUTION|HIDDEN)/);
    }
  });

  it("no output, no execution count, and every cell of the source with its id", () => {
    const {folder} = released();
    const notebook = parseNotebook(readFileSync(join(folder, `${name}.ipynb`), "utf8"));
    expect(notebook.cells.map(({id}) => id)).toEqual(set.notebook.cells.map(({id}) => id));
    for (const cell of notebook.cells) {
      if (cell.cell_type === "code")
        expect(cell).toMatchObject({outputs: [], execution_count: null});
      const locked = ["given", "test"].includes(roleOf(cell));
      expect(cell.metadata["editable"], cell.id).toBe(locked ? false : undefined);
      expect(cell.metadata["deletable"], cell.id).toBe(roleOf(cell) === "free" ? undefined : false);
    }
  });

  it("two releases are the same bytes, and name their course", () => {
    const texts = [released(), released()].map(({folder, files}) =>
      files.map((file) => readFileSync(join(folder, file), "utf8")),
    );
    expect(texts[0]).toEqual(texts[1]);
    const notebook = parseNotebook(texts[0]![1]!);
    expect(courseOf({...set, notebook})).toBe("cloud-2026");
    expect(notebook.metadata["glass_cloud"]).toMatchObject({
      problemSet: name,
      course: "cloud-2026",
    });
  });
});

describe("releaseNotebook", () => {
  const set: ProblemSet = {name: "ps90", folder: "", notebook: smallSource(), parts: []};

  it.each(["", " ", "a b ", 'a"b', "a\nb", "${x}", "$&", "..", "café", "a\\"])(
    "a course %j is refused",
    (course) => {
      expect(() => releaseNotebook(set, course)).toThrow(RangeError);
    },
  );

  it.each(["cloud-2026", "CS 101.2", "x", "a_b"])(
    "a course %j is named in the notebook",
    (course) => {
      expect(courseOf({...set, notebook: releaseNotebook(set, course)})).toBe(course);
    },
  );

  it("a notebook that names no course, or two, is refused", () => {
    const none = withSource(set.notebook, "seed", "const seed = 1;");
    const two = withSource(set.notebook, "imports", 'const course = "again";');
    for (const notebook of [none, two]) {
      expect(() => releaseNotebook({...set, notebook}, "cloud")).toThrow(
        'one line const course = "…"',
      );
    }
  });

  it("a stub stands in place of each solution, with its indentation", () => {
    const {cells} = releaseNotebook(set, "cloud");
    const source = (id: string): string => cells.find((cell) => cell.id === id)!.source;
    expect(source("q1-solution")).toBe(
      'const answer1 = () => {\n  throw new Error("Write your answer here");\n};',
    );
    expect(source("q3")).toBe("**Why?**\n\nYOUR ANSWER HERE");
    expect(source("q1-test")).not.toContain("grade(");
  });

  it("a picture of the model answer goes with it, one of the question stays", () => {
    const notebook = withCell(set.notebook, "q3", (cell) => ({
      ...cell,
      source: `![a](attachment:question.png)\n${cell.source.replace("Because", "![](attachment:a%20b.png)")}`,
      attachments: {"question.png": {"image/png": "QQ=="}, "a b.png": {"image/png": "QUJD"}},
    }));
    const text = formatNotebook(releaseNotebook({...set, notebook}, "cloud"));
    expect(text).toContain("QQ==");
    expect(text).not.toContain("QUJD");
  });

  it("a folded output is unfolded, a folded source stays so", () => {
    const metadata = {jupyter: {source_hidden: true, outputs_hidden: true}, collapsed: true};
    const notebook = withCell(set.notebook, "q1-hint", (cell) => ({...cell, metadata}));
    const {cells} = releaseNotebook({...set, notebook}, "cloud");
    expect(cells.find(({id}) => id === "q1-hint")!.metadata).toEqual({
      jupyter: {source_hidden: true},
    });
  });

  it("nbgrader still knows every cell", () => {
    const ids = (cells: ProblemSet["notebook"]["cells"]): unknown[] => cells.map(nbgraderOf);
    expect(ids(releaseNotebook(set, "cloud").cells)).toEqual(ids(set.notebook.cells));
  });
});

describe("writeRelease", () => {
  const options = (folder: string): Parameters<typeof writeRelease>[1] => ({
    ...{course: "cloud-2026", folder, extras: []},
  });

  it("takes along what lies beside the source, but no notebook and nothing hidden", () => {
    const folder = scratchFolder();
    const set = smallSet(folder);
    for (const file of [
      ...["rows.csv", "data/more.csv", "solutions.ipynb", "data/old/ps90-solution.ipynb"],
      ...[".ipynb_checkpoints/ps90.ipynb", "data/.progress/questions.json", ".env"],
    ]) {
      mkdirSync(dirname(join(set.folder, file)), {recursive: true});
      writeFileSync(join(set.folder, file), file);
    }
    const files = writeRelease(set, options(join(folder, "release", "ps90")));
    expect(files).toEqual(["data/more.csv", "ps90.ipynb", "rows.csv"]);
  });

  it("replaces an older release, and what Jupyter left there", () => {
    const folder = scratchFolder();
    const set = smallSet(folder);
    const release = join(folder, "release", "ps90");
    writeRelease(set, options(release));
    mkdirSync(join(release, ".ipynb_checkpoints"));
    writeFileSync(join(release, ".ipynb_checkpoints", "ps90-checkpoint.ipynb"), "old");
    writeFileSync(join(release, "ps90.ipynb"), "changed");
    expect(writeRelease(set, options(release))).toEqual(["ps90.ipynb"]);
    expect(readFileSync(join(release, "ps90.ipynb"), "utf8")).not.toBe("changed");
    expect(readdirSync(release)).toEqual(["ps90.ipynb"]);
  });

  it("a file of the teacher's own is neither deleted nor released", () => {
    const folder = scratchFolder();
    const set = smallSet(folder);
    const release = join(folder, "release", "ps90");
    mkdirSync(join(release, "notes"), {recursive: true});
    writeFileSync(join(release, "notes", "mine.md"), "mine");
    writeFileSync(join(release, "ps90.ipynb"), "before");
    expect(() => writeRelease(set, options(release))).toThrow(
      /no release puts notes.mine\.md there; move it away first$/,
    );
    expect(readFileSync(join(release, "notes", "mine.md"), "utf8")).toBe("mine");
    expect(readFileSync(join(release, "ps90.ipynb"), "utf8")).toBe("before");
    expect(readdirSync(join(folder, "release"))).toEqual(["ps90"]);
  });

  it("the draft of a killed release harms nothing and reaches nobody", () => {
    const folder = scratchFolder();
    const set = smallSet(folder);
    const draft = join(folder, "release", ".ps90.draft");
    mkdirSync(draft, {recursive: true});
    writeFileSync(join(draft, "half.csv"), "half");
    expect(writeRelease(set, options(join(folder, "release", "ps90")))).toEqual(["ps90.ipynb"]);
    expect(readdirSync(join(folder, "release"))).toEqual(["ps90"]);
  });

  it("a refused course leaves an older release as it was", () => {
    const folder = scratchFolder();
    const set = smallSet(folder);
    const release = join(folder, "release", "ps90");
    writeRelease(set, options(release));
    const before = readFileSync(join(release, "ps90.ipynb"), "utf8");
    expect(() => writeRelease(set, {...options(release), course: '"'})).toThrow(RangeError);
    expect(readFileSync(join(release, "ps90.ipynb"), "utf8")).toBe(before);
  });

  it("a link of the teacher's in the folder counts as a file, wherever it leads", () => {
    const folder = scratchFolder();
    const set = smallSet(folder);
    const release = join(folder, "release", "ps90");
    mkdirSync(release, {recursive: true});
    symlinkSync(set.folder, join(release, "source"));
    expect(() => writeRelease(set, options(release))).toThrow("no release puts source there");
    expect(existsSync(join(set.folder, "ps90.ipynb"))).toBe(true);
  });
});
