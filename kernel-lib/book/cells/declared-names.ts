import type {Program} from "acorn";
import {importedNames} from "./import-names.js";
import {walkOwn} from "./walk.js";
import type {AnyNode} from "./walk.js";

/** The names that a cell declares at its top level; `var` also from inside blocks and loops. */
export function declaredNames(program: Program): Set<string> {
  const names = new Set<string>();
  for (const statement of program.body) {
    topLevelNames(statement).forEach((name) => names.add(name));
    walkOwn(statement, (node, _, isOwn) => {
      const isVar = node.type === "VariableDeclaration" && node.kind === "var";
      if (isVar && isOwn) variableNames(node).forEach((name) => names.add(name));
    });
  }
  return names;
}

/** All identifiers of a program, whatever they stand for: more than the names it uses. */
export function mentionedNames(program: Program): Set<string> {
  const names = new Set<string>();
  walkOwn(program, (node) => {
    if (node.type === "Identifier") names.add(node.name as string);
  });
  return names;
}

/** The names that a binding pattern binds, in order. */
export function patternNames(pattern: AnyNode): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property: AnyNode) =>
        patternNames(property.type === "RestElement" ? property.argument : property.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap(patternNames);
    case "AssignmentPattern":
      return patternNames(pattern.left);
    case "RestElement":
      return patternNames(pattern.argument);
    default:
      return [];
  }
}

function topLevelNames(statement: AnyNode): string[] {
  switch (statement.type) {
    case "VariableDeclaration":
      return variableNames(statement);
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return statement.id ? [statement.id.name] : [];
    case "ImportDeclaration":
      return importedNames(statement);
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
      return statement.declaration ? topLevelNames(statement.declaration) : [];
    default:
      return [];
  }
}

function variableNames(node: AnyNode): string[] {
  return node.declarations.flatMap(({id}: AnyNode) => patternNames(id));
}
