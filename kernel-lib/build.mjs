// Builds kernel-lib into dist/: the data first, as a module that a browser can load too, then the
// TypeScript. Plain Node without dependencies of its own, since `npm start` calls it.
import {spawnSync} from "node:child_process";
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join, relative, sep} from "node:path";
import {fileURLToPath} from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);

// From nothing, so that no output outlives its source.
rmSync(join(here, "dist"), {recursive: true, force: true});
buildData();
compile();

/** data/**\/*.{json,csv} → dist/data/ as files, and dist/data/index.js as one module of texts. */
function buildData() {
  const source = join(root, "data");
  const target = join(here, "dist", "data");
  const texts = {"versions.json": JSON.stringify(pinnedVersions())};
  for (const file of listFiles(source).filter(isForReaders)) {
    const name = relative(source, file).split(sep).join("/");
    texts[name] = readFileSync(file, "utf8");
    writeFile(join(target, name), texts[name]);
  }
  writeFile(
    join(target, "index.js"),
    `export const dataFiles = ${JSON.stringify(texts, null, 1)};\n`,
  );
  writeFile(
    join(target, "index.d.ts"),
    "/** Path under `data/` → text of that file. */\n" +
      "export declare const dataFiles: Readonly<Record<string, string>>;\n",
  );
}

/** Schemas describe the data to tools; a chapter never reads them. */
function isForReaders(file) {
  return /\.(json|csv)$/.test(file) && !/[\\/]schemas[\\/]|datapackage\.json$/.test(file);
}

function pinnedVersions() {
  const {version} = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  const {dependencies} = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return {"kernel-lib": version, ...dependencies, ...{"kernel-lib": version}};
}

/** By path, since tslab's own, older `tsc` takes over `node_modules/.bin/tsc`. */
function compile() {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const {status} = spawnSync(process.execPath, [tsc, "-p", here], {stdio: "inherit"});
  if (status !== 0) process.exit(status ?? 1);
}

function listFiles(folder) {
  return readdirSync(folder, {withFileTypes: true, recursive: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function writeFile(path, text) {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
}
