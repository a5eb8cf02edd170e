import type {AnyNode, Pattern, Program, VariableDeclaration} from "acorn";
import {importedNames} from "./import-names.js";
import {walkOwn} from "./walk.js";

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

/** All identifiers that may stand for a variable: more than the variables that a program uses. */
export function mentionedNames(program: Program): Set<string> {
  const names = new Set<string>();
  walkOwn(program, (node, parent) => {
    if (node.type === "Identifier" && !isKey(node, parent)) names.add(node.name);
  });
  return names;
}

/** Whether an identifier is the name of a property, as `size` in `a.size` and in `{size: 1}`. */
function isKey(node: AnyNode, parent: AnyNode | undefined): boolean {
  switch (parent?.type) {
    case "MemberExpression":
      return parent.property === node && !parent.computed;
    case "Property":
      return parent.key === node && !parent.computed && !parent.shorthand;
    case "MethodDefinition":
    case "PropertyDefinition":
      return parent.key === node && !parent.computed;
    default:
      return false;
  }
}

/** The names that a binding pattern binds, in order. */
export function patternNames(pattern: Pattern | null): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
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

/** The names that a list of variables declares. */
export function variableNames({declarations}: VariableDeclaration): string[] {
  return declarations.flatMap(({id}) => patternNames(id));
}
