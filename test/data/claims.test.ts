import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {Ajv} from "ajv";
import type {ValidateFunction} from "ajv";
import {citesWork} from "kernel-lib/book";
import type {CitableWork} from "kernel-lib/book";
import type {ClaimRow} from "kernel-lib/lesson";
import {describe, expect, it} from "vitest";
import {CitationFinder} from "../../kernel-lib/book/site/citations.js";
import type {References} from "../../kernel-lib/book/site/citations.js";
import {CLAIM} from "../book/claims/ledger.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const claims = readJson("data/claims.json") as ClaimRow[];
const references = readJson("data/references.json") as Record<string, CitableWork>;
const claimsSchema = readJson("data/schemas/claims.schema.json") as {
  definitions: Record<string, {properties: Record<string, {enum: string[]}>}>;
};
const ajv = new Ajv({allErrors: true, allowUnionTypes: true});
const isLedger = ajv.compile(claimsSchema);
const isReferences = ajv.compile(readJson("data/schemas/references.schema.json") as object);

const decided = {...CLAIM, id: "3.9"};
const {decide, experiment, test, ...undecided} = decided;
const documentary = {...undecided, kind: "documentary"};

describe("claims.json", () => {
  it("claims.json satisfies its schema", () => {
    expect(errorsOf(isLedger, claims)).toEqual([]);
  });

  it("claims.json gives every claim an id of its own", () => {
    expect(repeated(claims.map((row) => row.id))).toEqual([]);
  });

  it("claims.json quotes at most 25 words of a claim", () => {
    const long = claims.filter((row) => wordsOf(row.quote ?? "") > 25);
    expect(long.map((row) => row.id)).toEqual([]);
  });

  it("claims.json is in the order of chapters and rows", () => {
    const ids = claims.map((row) => row.id);
    expect(ids).toEqual([...ids].sort((a, b) => a.localeCompare(b, "en", {numeric: true})));
  });

  it("claims.json cites only what references.json has", () => {
    const cited = claims.flatMap((row) => row.evidence.map((evidence) => evidence.reference));
    expect(cited.filter((id) => !(id in references))).toEqual([]);
  });

  it("claims.json names only experiments that exist", () => {
    const named = claims.flatMap((row) => row.experiment ?? []);
    const missing = named.filter((name) => !exists(`kernel-lib/experiments/${name}.ts`));
    expect(missing).toEqual([]);
  });

  it("claims.json names only tests that exist", () => {
    expect(claims.flatMap((row) => row.test ?? []).filter((path) => !exists(path))).toEqual([]);
  });
});

describe("claims.schema.json", () => {
  it("claims.schema.json accepts a decided claim, a documentary one and an omission", () => {
    const omission = {...documentary, quote: null, verdict: "omitted"};
    const sections = ["11a.3", "11b.12"].map((id) => ({...documentary, id}));
    expect(errorsOf(isLedger, [decided, documentary, omission, ...sections])).toEqual([]);
  });

  it.each([
    ["a property nobody knows", {...decided, note: "x"}],
    ["an id without chapter", {...decided, id: "9"}],
    ["an id of section 11c", {...decided, id: "11c.1"}],
    ["an empty quote", {...decided, quote: " "}],
    ["an empty reason", {...decided, because: ""}],
    ["an unknown kind", {...decided, kind: "folklore"}],
    ["an unknown verdict", {...decided, verdict: "wrong"}],
    ["an unknown kind of evidence", withEvidence({kind: "hearsay"})],
    ["evidence of no month", withEvidence({asOf: "2026-13"})],
    ["evidence with a property nobody knows", withEvidence({page: 3})],
    ["a negative tolerance", {...decided, decide: {...decide, tolerance: -1}}],
    ["a decision without a number", {...decided, decide: {...decide, value: "2"}}],
    ["a decision without words", {...decided, decide: {...decide, label: undefined}}],
    ["a decision in words that end a sentence", {...decided, decide: {...decide, label: "lost."}}],
    ["a mechanism without decision", {...undecided, experiment, test}],
    ["a mechanism without experiment", {...undecided, decide, test}],
    ["a mechanism without test", {...undecided, decide, experiment}],
    ["a number that decides whether a page is outdated", {...decided, verdict: "outdated"}],
    ["a documentary claim decided by a number", {...documentary, decide}],
    ["a documentary claim without evidence", {...documentary, evidence: []}],
    ["a documentary claim without quote", {...documentary, quote: null}],
    ["an unknowable claim that holds", {...undecided, kind: "unknowable", verdict: "holds"}],
  ])("claims.schema.json rejects %s", (_, row) => {
    expect(isLedger([row])).toBe(false);
  });

  it("claims.schema.json has the kinds, verdicts and evidence of ledger.ts", () => {
    const ledger = readText("kernel-lib/lesson/ledger.ts");
    const {claim, evidence, decision} = claimsSchema.definitions;
    expect(claim?.properties["verdict"]?.enum).toEqual(union(ledger, "export type Verdict ="));
    expect(claim?.properties["kind"]?.enum).toEqual(union(ledger, 'kind: "arithmetic" |'));
    expect(evidence?.properties["kind"]?.enum).toEqual(union(ledger, 'kind: "primary" |'));
    expect(decision?.properties["op"]?.enum).toEqual(union(ledger, "op:"));
  });
});

describe("references.json", () => {
  it("references.json satisfies its schema", () => {
    expect(errorsOf(isReferences, references)).toEqual([]);
  });

  it("references.json has no entry twice", () => {
    const entries = Object.values(references);
    expect(repeated(entries.map((entry) => entry.title))).toEqual([]);
    expect(repeated(entries.flatMap((entry) => entry.url ?? []))).toEqual([]);
  });

  it("references.json holds only what is cited somewhere or is marked as background", () => {
    const data = ["claims.json", "datapackage.json", "prices.csv"]
      .map((name) => readText(`data/${name}`))
      .join("\n");
    const comments = listFiles("kernel-lib", ".ts").flatMap((path) => docComments(readText(path)));
    const prose = readdirSync(join(root, "notebooks"))
      .filter((name) => name.endsWith(".ipynb"))
      .flatMap((name) => markdownOf(`notebooks/${name}`));
    const finder = new CitationFinder(references as References);
    const inProse = new Set(prose.flatMap((text) => finder.find(text)).map(({id}) => id));
    const unused = Object.entries(references).filter(
      ([id, reference]) =>
        !reference.background &&
        !data.includes(`"${id}"`) &&
        !data.includes(`,${id}\n`) &&
        !inProse.has(id) &&
        !comments.some((comment) => citesWork(comment, id, reference)),
    );
    expect(unused.map(([id]) => id)).toEqual([]);
  });
});

describe("references.schema.json", () => {
  const entry = {title: "T", authors: ["A B"], year: 2026, venue: "V", url: null, note: "N"};

  it("references.schema.json accepts an entry without address", () => {
    expect(errorsOf(isReferences, {"b-2026": entry})).toEqual([]);
  });

  it.each([
    ["an id in capitals", {"B-2026": entry}],
    ["a property nobody knows", {b: {...entry, doi: "10.1/1"}}],
    ["an entry without authors", {b: {...entry, authors: []}}],
    ["a year in words", {b: {...entry, year: "2026"}}],
    ["an address that is none", {b: {...entry, url: "usenix.org"}}],
    ["an empty note", {b: {...entry, note: ""}}],
    ["an empty list of words", {b: {...entry, cite: []}}],
    ["an entry that says unconfirmed: false", {b: {...entry, unconfirmed: false}}],
  ])("references.schema.json rejects %s", (_, all) => {
    expect(isReferences(all)).toBe(false);
  });
});

function withEvidence(change: object): object {
  return {...decided, evidence: [{...decided.evidence[0], ...change}]};
}

function errorsOf(validate: ValidateFunction, value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

function wordsOf(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

/** The strings of a union type, from where it begins in the source to its semicolon. */
function union(source: string, start: string): string[] {
  const from = source.indexOf(start);
  const text = source.slice(from, source.indexOf(";", from));
  return [...text.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? "");
}

/** Each comment on one line, without its stars. */
function docComments(source: string): string[] {
  const comments = source.match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  return comments.map((comment) => comment.replace(/\n\s*\* ?/g, " ").replace(/\s+/g, " "));
}

function listFiles(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), {withFileTypes: true}).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return ["dist", "node_modules"].includes(entry.name) ? [] : listFiles(path, ending);
    }
    return path.endsWith(ending) ? [path] : [];
  });
}

function markdownOf(notebook: string): string[] {
  const {cells} = readJson(notebook) as {cells: {cell_type: string; source: string[] | string}[]};
  return cells
    .filter(({cell_type: type}) => type === "markdown")
    .map(({source}) => [source].flat().join(""));
}

function exists(path: string): boolean {
  return existsSync(join(root, path));
}

function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function readJson(path: string): unknown {
  return JSON.parse(readText(path));
}
