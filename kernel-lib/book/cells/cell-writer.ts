import type {
  AnyNode,
  ClassDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  ExportAllDeclaration,
  ExpressionStatement,
  FunctionDeclaration,
  ImportDeclaration,
  VariableDeclaration,
} from "acorn";
import MagicString from "magic-string";
import {variableNames} from "./declared-names.js";
import {rewriteImport} from "./import-names.js";
import type {ImportRequest} from "./import-names.js";
import {walkOwn} from "./walk.js";

/** Parameter of the function around a cell, as in our kernel: how its code speaks to its host. */
export const RUN = "__run";

/**
 * Ends the name of a function's local twin: a joiner of no width, allowed in names. The reader sees
 * the function's source as it was typed, and no name of theirs is taken.
 */
const TWIN = "\u200c";

/** Where a declaration stands: as a statement, or in the head of a loop. */
type Place = "statement" | "for" | "of";

/** Writes the statements of a cell as a function's body, on the lines on which they were typed. */
export class CellWriter {
  readonly imports: ImportRequest[] = [];
  /** What runs before the cell's own text: imports, functions, `var` reset. */
  private readonly header = new Set<string>();
  private readonly text: MagicString;

  constructor(private readonly script: string) {
    this.text = new MagicString(script);
  }

  get code(): string {
    return `${[...this.header].join(" ")}${this.text.toString()}`;
  }

  /** The last statement, whose value is the cell's. */
  handOver({expression}: ExpressionStatement): void {
    this.rewriteInside(expression);
    this.text.prependRight(expression.start, `${RUN}.value = (`);
    this.text.appendLeft(expression.end, ")");
  }

  /** Any other statement of the top level. */
  place(statement: AnyNode): void {
    switch (statement.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
        return this.hoistImport(statement);
      case "ExportNamedDeclaration":
        return this.exportNamed(statement);
      case "ExportDefaultDeclaration":
        return this.exportDefault(statement);
      case "FunctionDeclaration":
        // Only `export default` has one without a name.
        return statement.id ? this.hoistFunction(statement) : undefined;
      case "ClassDeclaration":
        return statement.id ? this.assignClass(statement) : undefined;
      case "VariableDeclaration":
        this.assignVariables(statement, "statement");
        return this.rewriteInside(statement, statement);
      default:
        return this.rewriteInside(statement);
    }
  }

  private hoistImport(
    node: ImportDeclaration | ExportNamedDeclaration | ExportAllDeclaration,
  ): void {
    const isOfTypes = /^import\s*\{\s*\}/.test(this.script.slice(node.start, node.end));
    this.replace(node.start, node.end, ";");
    if (isOfTypes) return;
    const {request, statements} = rewriteImport(node, RUN);
    this.imports.push(request);
    this.header.add(statements);
  }

  private exportNamed(node: ExportNamedDeclaration): void {
    if (node.declaration) {
      this.replace(node.start, node.declaration.start, "");
      this.place(node.declaration);
    } else if (node.source) this.hoistImport(node);
    else this.replace(node.start, node.end, ";");
  }

  private exportDefault(node: ExportDefaultDeclaration): void {
    const {declaration} = node;
    if (/Declaration$/.test(declaration.type) && "id" in declaration && declaration.id) {
      this.replace(node.start, declaration.start, "");
      return this.place(declaration);
    }
    this.replace(node.start, declaration.start, "void (");
    this.rewriteInside(declaration);
    this.close(declaration.end, node.end);
  }

  /** The local function has another name, or it would be a second variable of the same one. */
  private hoistFunction(node: FunctionDeclaration): void {
    const {name} = node.id;
    this.text.appendLeft(node.id.end, TWIN);
    this.header.add(`${name} = ${RUN}.named(${name}${TWIN}, "${name}");`);
    this.rewriteInside(node);
  }

  private assignClass(node: ClassDeclaration): void {
    this.text.prependRight(node.start, `void (${node.id.name} = `);
    this.rewriteInside(node);
    this.close(node.end, node.end);
  }

  /** `const a = 1, {b} = c` → `void (a = 1, {b} = c)`; in the head of a loop without `void`. */
  private assignVariables(node: VariableDeclaration, place: Place): void {
    const {declarations, kind} = node;
    if (kind === "var") variableNames(node).forEach((name) => this.header.add(`${name} = void 0;`));
    this.replace(node.start, declarations[0]!.id.start, place === "statement" ? "void (" : "");
    if (place === "of") return;
    declarations.forEach(({id, init, end}, index) => {
      // A `var` without a value keeps the one it has; every cell starts with none.
      if (!init && kind !== "var") this.text.appendLeft(id.end, " = void 0");
      if (id.type !== "Identifier" && (index > 0 || place === "for")) {
        this.text.prependRight(id.start, "(");
        this.text.appendLeft(end, ")");
      }
    });
    if (place === "statement") this.close(declarations.at(-1)!.end, node.end);
  }

  /**
   * What stands inside a statement: `var` outside functions belongs to the notebook, `import()` and
   * `import.meta` to the host.
   *
   * @param done a declaration that is written already
   */
  private rewriteInside(root: AnyNode, done?: VariableDeclaration): void {
    walkOwn(root, (node, parent, isOwn) => {
      if (node.type === "ImportExpression") {
        this.replace(node.start, node.start + "import".length, `${RUN}.import`);
      } else if (node.type === "MetaProperty" && node.meta.name === "import") {
        this.replace(node.start, node.end, `${RUN}.meta`);
      } else if (node.type === "VariableDeclaration" && node.kind === "var" && isOwn) {
        if (node !== done) this.assignVariables(node, placeIn(parent, node));
      }
    });
  }

  /**
   * Ends what was opened by `void (`. The semicolon that a reader left out is written: a line that
   * begins with a bracket would go on from ours.
   */
  private close(end: number, statementEnd: number): void {
    this.text.appendLeft(
      end,
      this.script[statementEnd - 1] === ";" && statementEnd > end ? ")" : ");",
    );
  }

  /** Keeps as many lines as there were. */
  private replace(start: number, end: number, text: string): void {
    const ends = this.script.slice(start, end).match(/\r\n|[\n\r\u2028\u2029]/g) ?? [];
    this.text.update(start, end, text + "\n".repeat(ends.length));
  }
}

function placeIn(parent: AnyNode | undefined, node: AnyNode): Place {
  if (parent?.type === "ForStatement" && parent.init === node) return "for";
  const isLoop = parent?.type === "ForInStatement" || parent?.type === "ForOfStatement";
  return isLoop && parent.left === node ? "of" : "statement";
}
