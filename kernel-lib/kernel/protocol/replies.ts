/** What the kernel says about itself, and the forms of its other replies. */
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {CellClient} from "./cell-client.js";
import type {ErrorReport} from "../messages.js";
import {toCodePoints, toUtf16Offset} from "./cursor.js";
import {PROTOCOL_VERSION} from "./wire.js";
import type {JsonObject} from "./wire.js";

/** Versions are read where they are true: from the packages that run. */
export function kernelInfo(): JsonObject {
  const tslab = packageVersion("tslab/package.json");
  const typescript = packageVersion("@tslab/typescript-for-tslab/package.json", "tslab");
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "tslab",
    implementation_version: tslab,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      // As tslab gives it: `mode` lights up JupyterLab, the others the classic notebook.
      codemirror_mode: {mode: "typescript", name: "javascript", typescript: true},
      nbconvert_exporter: "script",
    },
    banner: `Glass Cloud's kernel: tslab ${tslab}, TypeScript ${typescript}, Node ${process.version}`,
    help_links: [
      {text: "TypeScript Handbook", url: "https://www.typescriptlang.org/docs/handbook/"},
      {text: "tslab", url: "https://github.com/yunabe/tslab"},
      {text: "Node.js", url: "https://nodejs.org/docs/latest/api/"},
    ],
    debugger: false,
    supported_features: [],
  };
}

export function errorContent(failure: ErrorReport): JsonObject {
  const {ename, evalue, traceback} = failure;
  return {status: "error", ename, evalue, traceback};
}

export async function completeReply(cell: CellClient, content: JsonObject): Promise<JsonObject> {
  const {code, cursor} = readPosition(content);
  const {matches, start, end} = await cell.ask("complete", {code, cursor});
  const [from, to] = [toCodePoints(code, start), toCodePoints(code, end)];
  const types = matches.map(({text, type}) => ({text, type, start: from, end: to}));
  return {
    status: "ok",
    matches: matches.map(({text}) => text),
    cursor_start: from,
    cursor_end: to,
    metadata: {_jupyter_types_experimental: types},
  };
}

export async function inspectReply(cell: CellClient, content: JsonObject): Promise<JsonObject> {
  const detail = content["detail_level"] === 1 ? 1 : 0;
  const {found} = await cell.ask("inspect", {...readPosition(content), detail});
  const {data = {}, metadata = {}} = found ?? {};
  return {status: "ok", found: found !== undefined, data, metadata};
}

export async function isCompleteReply(cell: CellClient, content: JsonObject): Promise<JsonObject> {
  const {code} = readPosition(content);
  const {status, indent} = await cell.ask("is-complete", {code});
  return status === "incomplete" ? {status, indent} : {status};
}

/** @throws TypeError if the request has no code; without a cursor, the end is meant */
function readPosition(content: JsonObject): {code: string; cursor: number} {
  const {code, cursor_pos: position = Infinity} = content;
  if (typeof code !== "string" || typeof position !== "number") {
    throw new TypeError("Cannot read request: need code, a string, and cursor_pos, a number");
  }
  return {code, cursor: toUtf16Offset(code, position)};
}

/** @param from package that carries it, if not this one */
function packageVersion(path: string, from?: string): string {
  let {resolve} = createRequire(import.meta.url);
  if (from !== undefined) ({resolve} = createRequire(resolve(`${from}/package.json`)));
  return (JSON.parse(readFileSync(resolve(path), "utf8")) as {version: string}).version;
}
