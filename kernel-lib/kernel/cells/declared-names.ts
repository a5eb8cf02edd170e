import ts = require("@tslab/typescript-for-tslab");
import {bindingNames} from "./binding-pattern.js";

/**
 * The names that a cell declares at its top level and that have a value: variables (`var` also from
 * inside blocks and loops), functions, classes, enums, namespaces and imports. Types have none.
 */
export function declaredNames(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of file.statements) {
    for (const name of namesOf(statement)) names.add(name);
    collectVars(statement, names);
  }
  return names;
}

function namesOf(node: ts.Statement): string[] {
  if (isAmbient(node)) return [];
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.flatMap(({name}) => bindingNames(name));
  }
  if (ts.isFunctionDeclaration(node)) return node.name && node.body ? [node.name.text] : [];
  if (ts.isClassDeclaration(node) || ts.isEnumDeclaration(node)) {
    return node.name ? [node.name.text] : [];
  }
  if (ts.isModuleDeclaration(node)) {
    return ts.isIdentifier(node.name) && hasValue(node) ? [node.name.text] : [];
  }
  if (ts.isImportEqualsDeclaration(node)) return node.isTypeOnly ? [] : [node.name.text];
  return ts.isImportDeclaration(node) ? importedNames(node.importClause) : [];
}

function importedNames(clause: ts.ImportClause | undefined): string[] {
  if (clause === undefined || clause.isTypeOnly) return [];
  const own = clause.name ? [clause.name.text] : [];
  const bindings = clause.namedBindings;
  if (bindings === undefined) return own;
  if (ts.isNamespaceImport(bindings)) return [...own, bindings.name.text];
  const values = bindings.elements.filter((element) => !element.isTypeOnly);
  return [...own, ...values.map(({name}) => name.text)];
}

/** `var` belongs to the function around it, and here that is the notebook. */
function collectVars(node: ts.Node, names: Set<string>): void {
  if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node)) return;
  if (ts.isVariableStatement(node) && isAmbient(node)) return;
  if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) {
    node.declarations.flatMap(({name}) => bindingNames(name)).forEach((name) => names.add(name));
  }
  ts.forEachChild(node, (child) => collectVars(child, names));
}

function isAmbient(node: ts.Statement): boolean {
  if (!ts.canHaveModifiers(node)) return false;
  return ts.getModifiers(node)?.some(({kind}) => kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

/** A namespace that holds types only leaves no value behind. */
function hasValue({body}: ts.ModuleDeclaration): boolean {
  if (body === undefined || ts.isIdentifier(body)) return false;
  if (ts.isModuleDeclaration(body)) return hasValue(body);
  return body.statements.some((statement) => {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return false;
    return ts.isModuleDeclaration(statement) ? hasValue(statement) : !isAmbient(statement);
  });
}
