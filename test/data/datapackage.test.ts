import {spawnSync} from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import {tmpdir} from "node:os";
import {delimiter, join} from "node:path";
import {fileURLToPath} from "node:url";
import {Ajv} from "ajv";
import {fromCSV} from "arquero";
import {describe, expect, it} from "vitest";
import {itNeeds} from "../support/needs.js";

interface Field {
  name: string;
  type: string;
  description?: string;
  trueValues?: string[];
  falseValues?: string[];
}

interface Resource {
  name: string;
  path: string;
  format: string;
  mediatype: string;
  encoding: string;
  sources?: {title: string; path?: string}[];
  evidence?: {reference: string; kind: string; asOf: string};
  schema?: {fields: Field[]; missingValues?: string[]};
}

const SELF = "datapackage.json";
const INSTALL = "python3 -m venv build/judges && build/judges/bin/pip install frictionless==5.21.0";

const root = fileURLToPath(new URL("../../", import.meta.url));
const {resources} = readJson(SELF) as {resources: Resource[]};
const published = resources.filter((resource) => resource.path.startsWith("published/"));
const tables = resources.filter((resource) => resource.format === "csv");
const frictionless = findFrictionless();

describe("datapackage.json", () => {
  it("datapackage.json has a resource for every CSV file under published/ and measured/ and for prices.csv", () => {
    const folders = ["published", "measured"].flatMap(listFiles);
    const files = folders.filter((path) => path.endsWith(".csv"));
    expect(files).not.toEqual([]);
    expect(tables.map((resource) => resource.path).sort()).toEqual([...files, "prices.csv"].sort());
  });

  it("datapackage.json has a resource for every other JSON file beside it and in schemas/", () => {
    const beside = readdirSync(join(root, "data")).filter((name) => name.endsWith(".json"));
    const files = [...beside, ...listFiles("schemas")].filter((name) => name !== SELF);
    const described = resources.filter((resource) => resource.format === "json");
    expect(described.map((resource) => resource.path).sort()).toEqual(files.sort());
  });

  it("datapackage.json names only files that exist, each once", () => {
    const paths = resources.map((resource) => resource.path);
    expect(paths.filter((path) => !existsSync(join(root, "data", path)))).toEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
    expect(new Set(resources.map((resource) => resource.name)).size).toBe(paths.length);
  });

  it("datapackage.json gives every published table a source and its evidence", () => {
    const references = readJson("references.json") as Record<string, unknown>;
    const ajv = new Ajv({allErrors: true, allowUnionTypes: true});
    ajv.addSchema(readJson("schemas/claims.schema.json") as object, "claims");
    const isEvidence = ajv.compile({$ref: "claims#/definitions/evidence"});
    for (const {name, sources, evidence} of published) {
      expect(sources?.length, name).toBeGreaterThan(0);
      expect(isEvidence(evidence), `${name}: ${ajv.errorsText(isEvidence.errors)}`).toBe(true);
      expect(Object.keys(references), name).toContain(evidence?.reference);
    }
  });

  it("datapackage.json describes every column, and says its unit", () => {
    const fields = tables.flatMap((resource) => resource.schema?.fields ?? []);
    const bare = fields.filter((field) => !/^(Unit: \S|No unit\.)/.test(field.description ?? ""));
    expect(bare.map((field) => field.name)).toEqual([]);
  });

  it.each(tables)("datapackage.json has the columns of $path, in order", ({path, schema}) => {
    expect(schema?.fields.map((field) => field.name)).toEqual(readTable(path).names);
  });

  it.each(tables)("datapackage.json has a type for every value of $path", ({path, schema}) => {
    const {rows} = readTable(path);
    const missing = schema?.missingValues ?? [""];
    const wrong = (schema?.fields ?? []).flatMap((field) =>
      rows
        .map((row) => row[field.name] ?? "")
        .filter((text) => !missing.includes(text) && !parses(text, field))
        .map((text) => `${field.name}: "${text}" is no ${field.type}`),
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  itNeeds(
    frictionless,
    "frictionless",
    INSTALL,
    "datapackage.json and its tables are valid to frictionless, which is not ours",
    () => {
      const {status, report} = judge(join("data", "datapackage.json"));
      expect(report.tasks.flatMap((task) => task.errors)).toEqual([]);
      expect(report.tasks.map((task) => task.name)).toEqual(resources.map(({name}) => name));
      expect(status).toBe(0);
    },
  );

  itNeeds(
    frictionless,
    "frictionless",
    INSTALL,
    "datapackage.json is invalid to frictionless once a number in a table is a word",
    () => {
      const copy = mkdtempSync(join(tmpdir(), "glass-cloud-data-"));
      try {
        cpSync(join(root, "data"), copy, {recursive: true});
        const table = join(copy, "published", "s3", "az-arithmetic.csv");
        writeFileSync(table, readFileSync(table, "utf8").replace(",1.33,", ",much,"));
        const {status, report} = judge(join(copy, "datapackage.json"));
        expect(report.tasks.flatMap((task) => task.errors)).toHaveLength(1);
        expect(status).toBe(1);
      } finally {
        rmSync(copy, {recursive: true});
      }
    },
  );
});

/** As the Table Schema specification writes the types that our tables use. */
function parses(text: string, {type, trueValues, falseValues}: Field): boolean {
  switch (type) {
    case "string":
      return true;
    case "integer":
      return /^[+-]?\d+$/.test(text);
    case "number":
      return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text);
    case "date":
      return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
    case "boolean":
      return [
        ...(trueValues ?? ["true", "True", "TRUE", "1"]),
        ...(falseValues ?? ["false", "False", "FALSE", "0"]),
      ].includes(text);
    default:
      throw new RangeError(`Cannot check a column: need a type this test knows, got ${type}`);
  }
}

function readTable(path: string): {names: string[]; rows: Record<string, string | null>[]} {
  const table = fromCSV(readFileSync(join(root, "data", path), "utf8"), {autoType: false});
  return {names: table.columnNames(), rows: table.objects() as Record<string, string | null>[]};
}

function listFiles(folder: string): string[] {
  return readdirSync(join(root, "data", folder), {withFileTypes: true}).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, "data", path), "utf8"));
}

interface Report {
  tasks: {name: string; errors: unknown[]}[];
}

function judge(descriptor: string): {status: number | null; report: Report} {
  const {status, stdout, stderr, error} = spawnSync(
    frictionless ?? "frictionless",
    ["validate", "--json", descriptor],
    {cwd: root, encoding: "utf8"},
  );
  if (error) throw error;
  if (!stdout.startsWith("{")) throw new Error(`frictionless gave no report: ${stderr}${stdout}`);
  return {status, report: JSON.parse(stdout) as Report};
}

function findFrictionless(): string | undefined {
  const judges = join(root, "build", "judges");
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates =
    process.platform === "win32"
      ? [join(judges, "Scripts"), ...folders].map((folder) => join(folder, "frictionless.exe"))
      : [join(judges, "bin"), ...folders].map((folder) => join(folder, "frictionless"));
  return candidates.find((path) => existsSync(path));
}
