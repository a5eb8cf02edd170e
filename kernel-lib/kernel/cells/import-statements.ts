import ts = require("@tslab/typescript-for-tslab");
import {assign, at, runCall} from "./cell-syntax.js";

const {factory} = ts;

/**
 * An import as assignments to notebook variables: they stay rewritable, as all of them are, and hold
 * the value at the time of the import.
 *
 *     import d, {a as b} from "m"     const m = __run.require("m"); d = __run.default(m); b = m["a"]
 *     import * as ns from "m"         ns = __run.namespace(__run.require("m"))
 */
export function importStatements(
  node: ts.ImportDeclaration | ts.ImportEqualsDeclaration | ts.ExportDeclaration,
): ts.Statement[] {
  if (ts.isImportEqualsDeclaration(node)) return [importEquals(node)];
  const load = at(runCall("require", node.moduleSpecifier!), node);
  const clause = ts.isImportDeclaration(node) ? node.importClause : undefined;
  if (clause === undefined) return [at(factory.createExpressionStatement(load), node)];
  const module = factory.createUniqueName("imported");
  const held = factory.createVariableDeclaration(module, undefined, undefined, load);
  const statements: ts.Statement[] = [at(factory.createVariableStatement(undefined, [held]), node)];
  const set = (name: ts.Identifier, value: ts.Expression): void => {
    statements.push(at(assign(name, value), node));
  };
  if (clause.name) set(clause.name, runCall("default", module));
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) set(bindings.name, runCall("namespace", module));
  if (bindings && ts.isNamedImports(bindings)) {
    for (const {name, propertyName} of bindings.elements) {
      const key = (propertyName ?? name).text;
      const value =
        key === "default"
          ? runCall("default", module)
          : factory.createElementAccessExpression(module, factory.createStringLiteral(key));
      set(name, value);
    }
  }
  return statements;
}

/** `import fs = require("fs")`, or an alias such as `import Part = Namespace.Part`. */
function importEquals(node: ts.ImportEqualsDeclaration): ts.Statement {
  const {moduleReference: reference} = node;
  const value = ts.isExternalModuleReference(reference)
    ? runCall("require", reference.expression)
    : entityExpression(reference);
  return at(assign(node.name, value), node);
}

function entityExpression(name: ts.EntityName): ts.Expression {
  if (ts.isIdentifier(name)) return name;
  return factory.createPropertyAccessExpression(entityExpression(name.left), name.right);
}
