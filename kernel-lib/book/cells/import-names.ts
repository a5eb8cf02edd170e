import type {AnyNode} from "./walk.js";

/** What a cell wants of a module. */
export interface ImportRequest {
  module: string;
  /** Exported names; "all" for a namespace, or for a module that is only run. */
  names: string[] | "all";
}

/** The local names that an import declares. */
export function importedNames(node: AnyNode): string[] {
  return node.specifiers.map(({local}: AnyNode) => local.name);
}

/** An import, or an export from a module, as what must be loaded and as assignments. */
export function rewriteImport(node: AnyNode): {request: ImportRequest; assignment: string} {
  const module: string = node.source.value;
  const required = `run.require(${JSON.stringify(module)})`;
  const specifiers: AnyNode[] = node.type === "ImportDeclaration" ? node.specifiers : [];
  const isWhole = ({type}: AnyNode): boolean => type === "ImportNamespaceSpecifier";
  const named = specifiers.filter((specifier) => !isWhole(specifier));
  const parts = named.map((specifier) => `${keyOf(specifier)}: ${specifier.local.name}`);
  const assignments = [
    ...specifiers.filter(isWhole).map(({local}) => `${local.name} = ${required};`),
    ...(parts.length > 0 ? [`({${parts.join(", ")}} = ${required});`] : []),
  ];
  const names =
    named.length === 0 || specifiers.some(isWhole) ? ("all" as const) : named.map(importedName);
  return {request: {module, names}, assignment: assignments.join(" ")};
}

function importedName(specifier: AnyNode): string {
  if (specifier.type === "ImportDefaultSpecifier") return "default";
  return specifier.imported.name ?? specifier.imported.value;
}

function keyOf(specifier: AnyNode): string {
  return JSON.stringify(importedName(specifier));
}
