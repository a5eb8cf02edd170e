import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join, posix, relative, sep} from "node:path";
import {parse} from "acorn";
import type {Identifier, Literal} from "acorn";
import {variableNames} from "../cells/declared-names.js";

/** The modules of kernel-lib that cells may import, and what they need. */
export interface ModuleGraph {
  /** Module id, as in "kernel-lib/lesson/claim.js" → ids that it imports. */
  imports: Record<string, string[]>;
  /** Import path, as in "kernel-lib/lesson" → exported name → module id that has it. */
  namespaces: Record<string, Record<string, string>>;
}

/** Areas that run in a browser and that chapters use; the tools are none of them. */
const LEFT_OUT = /^(kernel|course|book|cli|data)(\/|$)/;

/** The data come as a module of texts. */
export const DATA_MODULE = "#data";

/**
 * Reads the built library.
 *
 * @param dist folder of kernel-lib's build
 */
export function readModuleGraph(dist: string): ModuleGraph {
  const graph: ModuleGraph = {imports: {}, namespaces: {}};
  const indexes = (readdirSync(dist, {recursive: true}) as string[])
    .map((path) => path.split(sep).join("/"))
    .filter((path) => path.endsWith("/index.js") && !LEFT_OUT.test(path))
    .filter((path) => !path.split("/").includes("node"));
  for (const index of indexes.sort()) {
    const path = `kernel-lib/${posix.dirname(index)}`;
    graph.namespaces[path] = exportsOf(dist, `kernel-lib/${index}`);
    for (const id of Object.values(graph.namespaces[path])) addFile(dist, id, graph);
  }
  return graph;
}

/** Where a module of kernel-lib lies. */
export function moduleFile(dist: string, id: string): string {
  return join(dist, relative("kernel-lib", id));
}

function addFile(dist: string, id: string, graph: ModuleGraph): void {
  if (id in graph.imports) return;
  graph.imports[id] = [];
  for (const node of parseFile(dist, id).body as unknown as {source?: {value: string}}[]) {
    const specifier = node.source?.value;
    if (specifier === undefined) continue;
    const target = resolveSpecifier(id, specifier);
    if (!graph.imports[id].includes(target)) graph.imports[id].push(target);
    if (target.startsWith("kernel-lib/")) addFile(dist, target, graph);
  }
}

/** Exported name → module that defines it, through `export … from`. */
function exportsOf(dist: string, id: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const node of parseFile(dist, id).body) {
    if (node.type === "ExportAllDeclaration") {
      const source = resolveSpecifier(id, String(node.source.value));
      if (node.exported) found[nameOf(node.exported)] = id;
      else Object.assign(found, exportsOf(dist, source));
    }
    if (node.type !== "ExportNamedDeclaration") continue;
    const source = node.source ? resolveSpecifier(id, String(node.source.value)) : id;
    for (const {exported, local} of node.specifiers) {
      const name = nameOf(exported);
      // Renamed on the way: the index itself is the only one that knows the new name.
      found[name] = name === nameOf(local) && source.startsWith("kernel-lib/") ? source : id;
    }
    const declaration = node.declaration;
    if (declaration == null) continue;
    const names =
      declaration.type === "VariableDeclaration"
        ? variableNames(declaration)
        : [declaration.id.name];
    for (const name of names) found[name] = id;
  }
  return found;
}

function nameOf(node: Identifier | Literal): string {
  return node.type === "Identifier" ? node.name : String(node.value);
}

function resolveSpecifier(from: string, specifier: string): string {
  return specifier.startsWith(".") ? posix.join(posix.dirname(from), specifier) : specifier;
}

function parseFile(dist: string, id: string): ReturnType<typeof parse> {
  const file = moduleFile(dist, id);
  if (!existsSync(file)) throw new Error(`Cannot make the book: ${id} is not built`);
  return parse(readFileSync(file, "utf8"), {ecmaVersion: "latest", sourceType: "module"});
}
