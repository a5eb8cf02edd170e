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
    .join("\n");
  const {imports, body} = splitImports(code);
  const text = [...new Set(imports), "export async function judge() {", body, "}"].join("\n");
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

function splitImports(code: string): {imports: string[]; body: string} {
  const file = typescript.createSourceFile("cells.ts", code, typescript.ScriptTarget.ES2022, true);
  const isImport = (statement: ts.Statement): boolean => typescript.isImportDeclaration(statement);
  const text = (statement: ts.Statement): string => statement.getText(file);
  return {
    imports: file.statements.filter(isImport).map(text),
    body: file.statements
      .filter((statement) => !isImport(statement))
      .map(text)
      .join("\n"),
  };
}
