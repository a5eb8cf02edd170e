import {createRequire} from "node:module";
import type ts from "@tslab/typescript-for-tslab";
import {roleOf} from "./cell-role.js";
import type {ProblemSet} from "./problem-set.js";
import {forCourse} from "./release.js";

/** TypeScript's compiler as tslab carries it; required, since importing it takes 0.3 s longer. */
const typescript = createRequire(import.meta.url)("@tslab/typescript-for-tslab") as typeof ts;

/**
 * The judge of a problem set: all its code but the solutions, as one module with a function `judge`.
 * There `submit` gives what was handed in, and `grade` keeps the marks: nothing of a submission ever
 * runs in it.
 *
 * @param course that the set was released for: the judge must draw the variants that students saw
 * @returns JavaScript
 * @throws SyntaxError if the cells together are no program, as when two declare the same name
 */
export function judgeModule(set: ProblemSet, course: string): string {
  const code = set.notebook.cells
    .filter((cell) => cell.cell_type === "code" && roleOf(cell) !== "solution")
    .map((cell) => forCourse(cell.source, course))
    // A semicolon of its own: a cell that has none at its end must not run into the next one.
    .join("\n;\n");
  const {imports, body, names} = splitImports(code);
  const all = [...imports.flatMap(importedName), ...names];
  const twice = [...new Set(all.filter((name, at) => all.indexOf(name) !== at))];
  if (twice.length > 0) {
    throw new SyntaxError(
      `Cannot build the judge of ${set.name}: two cells declare ${twice.join(", ")}`,
    );
  }
  const text = [...imports, "export async function judge() {", body, "}"].join("\n");
  const {outputText, diagnostics = []} = typescript.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: {
      target: typescript.ScriptTarget.ES2022,
      module: typescript.ModuleKind.ESNext,
    },
  });
  if (diagnostics.length > 0) {
    const why = diagnostics.map(({messageText}) =>
      typescript.flattenDiagnosticMessageText(messageText, " "),
    );
    throw new SyntaxError(`Cannot build the judge of ${set.name}: ${why.join("; ")}`);
  }
  return outputText;
}

/** One binding of an import a line, so that what two cells import is imported once. */
function importLines(statement: ts.ImportDeclaration, file: ts.SourceFile): string[] {
  const from = statement.moduleSpecifier.getText(file);
  const clause = statement.importClause;
  if (clause === undefined) return [`import ${from};`];
  if (clause.isTypeOnly) return [];
  const lines = clause.name === undefined ? [] : [`import ${clause.name.text} from ${from};`];
  const bindings = clause.namedBindings;
  if (bindings === undefined) return lines;
  if (typescript.isNamespaceImport(bindings)) {
    return [...lines, `import * as ${bindings.name.text} from ${from};`];
  }
  const named = bindings.elements.filter(({isTypeOnly}) => !isTypeOnly);
  return [...lines, ...named.map((one) => `import {${one.getText(file)}} from ${from};`)];
}

function splitImports(code: string): {imports: string[]; body: string; names: string[]} {
  const file = typescript.createSourceFile("cells.ts", code, typescript.ScriptTarget.ES2022, true);
  const imports = new Set<string>();
  const body: string[] = [];
  const names: string[] = [];
  for (const statement of file.statements) {
    if (typescript.isImportDeclaration(statement)) {
      for (const line of importLines(statement, file)) imports.add(line);
    } else {
      body.push(statement.getText(file));
      names.push(...namesOf(statement));
    }
  }
  return {imports: [...imports], body: body.join("\n"), names};
}

/** What a statement declares, as far as it can be declared only once. */
function namesOf(statement: ts.Statement): string[] {
  if (typescript.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({name}) => boundNames(name));
  }
  const named =
    typescript.isFunctionDeclaration(statement) ||
    typescript.isClassDeclaration(statement) ||
    typescript.isEnumDeclaration(statement);
  return named && statement.name !== undefined ? [statement.name.text] : [];
}

function boundNames(name: ts.BindingName): string[] {
  if (typescript.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    typescript.isBindingElement(element) ? boundNames(element.name) : [],
  );
}

/** Names of imports, from their lines. */
function importedName(line: string): string[] {
  return (
    /^import (?:\* as (\w+)|\{(?:.* as )?(\w+)\}|(\w+)) from/
      .exec(line)
      ?.slice(1)
      .filter(Boolean) ?? []
  );
}
