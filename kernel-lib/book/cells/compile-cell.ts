/**
 * A cell as a script for the browser: TypeScript stripped, top-level names turned into variables of
 * the notebook, by the same rules as in our kernel (`kernel/cells/cell-transform.ts`):
 *
 *     let n = 0; const inc = () => { n++ };      void (n = 0); void (inc = () => { n++ });
 *     import {sum} from "mathjs";                ({sum: sum} = run.require("mathjs"));
 *     function f() {}   class A {}               f = …;  void (A = class A {});
 *
 * Declarations become assignments; the worker declares the names themselves, once, as variables of
 * the engine. Lines stay where they were typed, so that an error names the right one.
 *
 * Fidelity: no types are checked, and `namespace` is refused; the kernel does both. Sucrase strips
 * the types, acorn reads what is left.
 */
import {parse} from "acorn";
import type {Expression, Program, Statement} from "acorn";
import MagicString from "magic-string";
import {transform} from "sucrase";
import {declaredNames, patternNames} from "./declared-names.js";
import {rewriteImport} from "./import-names.js";
import type {ImportRequest} from "./import-names.js";
import {walkOwn} from "./walk.js";
import type {AnyNode} from "./walk.js";

export interface CompiledCell {
  /** An expression: an async function of `run`, by which the cell talks to its host. */
  code: string;
  /** The names that the cell declares. */
  names: string[];
  /** The modules that it imports statically. */
  imports: ImportRequest[];
}

/**
 * @param source of one cell, in TypeScript
 * @throws SyntaxError with the line of the cell, should it not parse
 */
export function compileCell(source: string): CompiledCell {
  const script = stripTypes(source);
  const program = parseModule(script);
  const text = new MagicString(script);
  const writer = new CellWriter(text);
  const last = lastExpression(program);
  for (const statement of program.body as Statement[]) {
    if (statement === last) writer.handOver(last);
    else writer.place(statement);
  }
  const body = text.toString();
  const header = [...writer.header].join(" ");
  return {
    // One line before the first of the reader's: it starts on the same line.
    code: `async (run) => {"use strict"; ${header}${body}\n}`,
    names: [...declaredNames(program)],
    imports: writer.imports,
  };
}

function stripTypes(source: string): string {
  try {
    return transform(source, {
      transforms: ["typescript"],
      disableESTransforms: true,
      // A later cell may use what this one imports.
      keepUnusedImports: true,
    }).code;
  } catch (error) {
    throw syntaxError(error);
  }
}

function parseModule(script: string): Program {
  try {
    return parse(script, {
      ecmaVersion: "latest",
      sourceType: "module",
      allowAwaitOutsideFunction: true,
      allowHashBang: true,
    });
  } catch (error) {
    throw syntaxError(error);
  }
}

/** Both parsers end their message in "(line:column)"; a reader wants the line in words. */
function syntaxError(error: unknown): SyntaxError {
  const message = error instanceof Error ? error.message : String(error);
  const match = /^(?:Error transforming undefined: )?([\s\S]*?)\s*\((\d+):\d+\)$/.exec(message);
  if (match === null) return new SyntaxError(message);
  return new SyntaxError(`${match[1]!.replace(/^SyntaxError: /, "")} (line ${match[2]})`);
}

/** The last statement if it is an expression: its value is the cell's. */
function lastExpression(program: Program): (Statement & {expression: Expression}) | undefined {
  const last = program.body.filter(({type}) => type !== "EmptyStatement").at(-1);
  return last?.type === "ExpressionStatement" ? last : undefined;
}

class CellWriter {
  readonly imports: ImportRequest[] = [];
  /** What runs before the cell's own text: imports, functions, `var` reset. */
  readonly header: Set<string> = new Set();

  constructor(private readonly text: MagicString) {}

  handOver({expression}: {expression: Expression}): void {
    this.rewriteInside(expression);
    this.text.prependRight(expression.start, "run.value = (");
    this.text.appendLeft(expression.end, ")");
  }

  place(node: Statement | {type: string; start: number; end: number}): void {
    const statement = node as AnyNode;
    switch (statement.type) {
      case "ImportDeclaration":
        return this.hoistImport(statement);
      case "ExportNamedDeclaration":
        if (statement.declaration) {
          this.text.remove(statement.start, statement.declaration.start);
          return this.place(statement.declaration);
        }
        if (statement.source) return this.hoistImport(statement);
        this.text.remove(statement.start, statement.end);
        return;
      case "ExportAllDeclaration":
        return this.hoistImport(statement);
      case "ExportDefaultDeclaration":
        return this.exportDefault(statement);
      case "FunctionDeclaration":
        return this.hoistFunction(statement);
      case "ClassDeclaration":
        return this.assignClass(statement);
      case "VariableDeclaration":
        this.assignVariables(statement);
        return this.rewriteInside(statement, true);
      default:
        return this.rewriteInside(statement);
    }
  }

  private hoistImport(node: AnyNode): void {
    const {request, assignment} = rewriteImport(node);
    this.imports.push(request);
    if (assignment !== "") this.header.add(assignment);
    this.removeKeepingLines(node);
  }

  private exportDefault(node: AnyNode): void {
    const {declaration} = node;
    const isNamed = /Declaration$/.test(declaration.type) && declaration.id;
    if (isNamed) this.text.remove(node.start, declaration.start);
    else this.text.overwrite(node.start, declaration.start, "void ");
    if (isNamed) this.place(declaration);
    else this.rewriteInside(declaration);
  }

  /** The local function has another name, or it would be a second variable of the same one. */
  private hoistFunction(node: AnyNode): void {
    const name: string = node.id.name;
    this.text.overwrite(node.id.start, node.id.end, `__${name}`);
    this.header.add(`${name} = run.named(__${name}, "${name}");`);
    this.rewriteInside(node.body);
    for (const parameter of node.params) this.rewriteInside(parameter);
  }

  private assignClass(node: AnyNode): void {
    this.text.prependRight(node.start, `void (${node.id.name} = `);
    this.text.appendLeft(node.end, ");");
    this.rewriteInside(node);
  }

  /** `const a = 1, {b} = c` → `void (a = 1, {b} = c)`; in the head of a loop without `void`. */
  private assignVariables(node: AnyNode, inHead: "for" | "of" | undefined = undefined): void {
    const names = node.declarations.flatMap(({id}: AnyNode) => patternNames(id));
    if (node.kind === "var") names.forEach((name: string) => this.header.add(`${name} = void 0;`));
    const [first] = node.declarations;
    this.text.overwrite(node.start, first.id.start, inHead === undefined ? "void (" : "");
    if (inHead === "of") return;
    node.declarations.forEach((declaration: AnyNode, index: number) => {
      const {id, init} = declaration;
      // A `var` without a value keeps the one it has; every cell starts with none.
      if (init === null && node.kind !== "var") this.text.appendLeft(id.end, " = void 0");
      if (id.type !== "Identifier" && (index > 0 || inHead !== undefined)) {
        this.text.prependRight(id.start, "(");
        this.text.appendLeft(declaration.end, ")");
      }
    });
    if (inHead === undefined) this.text.appendLeft(node.declarations.at(-1).end, ")");
  }

  /**
   * What stands inside a statement: `var` outside functions belongs to the notebook, `import()` and
   * `import.meta` to the host.
   *
   * @param done whether the node itself is a declaration that is written already
   */
  private rewriteInside(root: AnyNode, done = false): void {
    walkOwn(root, (node, parent, isOwn) => {
      if (node.type === "ImportExpression") {
        this.text.overwrite(node.start, node.start + "import".length, "run.import");
      } else if (node.type === "MetaProperty" && node.meta.name === "import") {
        this.text.overwrite(node.start, node.end, "run.meta");
      } else if (node.type === "VariableDeclaration" && node.kind === "var" && isOwn) {
        if (done && node === root) return;
        const head =
          parent?.type === "ForStatement" && parent.init === node
            ? "for"
            : /^For(In|Of)Statement$/.test(parent?.type ?? "") && parent!.left === node
              ? "of"
              : undefined;
        this.assignVariables(node, head);
      }
    });
  }

  private removeKeepingLines(node: AnyNode): void {
    const lines = this.text.original.slice(node.start, node.end).split("\n").length - 1;
    this.text.overwrite(node.start, node.end, `;${"\n".repeat(lines)}`);
  }
}
