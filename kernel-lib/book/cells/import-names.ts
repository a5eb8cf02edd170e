import type {ExportAllDeclaration, ExportNamedDeclaration, ImportDeclaration} from "acorn";

/** What a cell wants of a module. */
export interface ImportRequest {
  module: string;
  /** Exported names; "all" for a namespace, or for a module that is only run. */
  names: string[] | "all";
}

type Specifier = ImportDeclaration["specifiers"][number];

/** The local names that an import declares. */
export function importedNames(node: ImportDeclaration): string[] {
  return node.specifiers.map(({local}) => local.name);
}

/** An import, or an export from a module, as what must be loaded and as statements. */
export function rewriteImport(
  node: ImportDeclaration | ExportNamedDeclaration | ExportAllDeclaration,
  run: string,
): {request: ImportRequest; statements: string} {
  const module = String(node.source!.value);
  const required = `${run}.require(${JSON.stringify(module)})`;
  const specifiers = node.type === "ImportDeclaration" ? node.specifiers : [];
  const isWhole = ({type}: Specifier): boolean => type === "ImportNamespaceSpecifier";
  const named = specifiers.filter((specifier) => !isWhole(specifier));
  const parts = named.map((each) => `${JSON.stringify(importedName(each))}: ${each.local.name}`);
  const statements = [
    ...specifiers.filter(isWhole).map(({local}) => `${local.name} = ${required};`),
    ...(parts.length > 0 ? [`({${parts.join(", ")}} = ${required});`] : []),
    // Imported for what it does.
    ...(specifiers.length === 0 ? [`${required};`] : []),
  ];
  const names =
    named.length === 0 || specifiers.some(isWhole) ? ("all" as const) : named.map(importedName);
  return {request: {module, names}, statements: statements.join(" ")};
}

function importedName(specifier: Specifier): string {
  if (specifier.type !== "ImportSpecifier") return "default";
  const {imported} = specifier;
  return imported.type === "Identifier" ? imported.name : String(imported.value);
}
