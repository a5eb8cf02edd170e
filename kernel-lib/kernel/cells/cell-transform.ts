/**
 * A cell as a function body: what TypeScript made of it, with the cell's top-level names turned into
 * the notebook's variables.
 *
 * A notebook variable is one variable of the engine (a `let` of a script of its own, so visible to
 * all later scripts and never copied). A declaration in a cell becomes an assignment to it:
 *
 *     let n = 0; const inc = () => { n++ };      n = 0; inc = () => { n++ };
 *     import {sum} from "mathjs";                sum = require("mathjs").sum;
 *     function f() {}   class A {}               f = function () {};  A = class A {};
 *
 * So one name is one value, in closures and in every later cell; a name may be declared again, by
 * any kind of declaration; and a loop at top level runs at the speed of the engine, since nothing
 * stands between it and its variables. References need no rewriting at all.
 *
 * Fidelity: as in Python's notebooks. A closure over a name that a later cell declares again sees
 * the new value; JavaScript modules would keep two variables. TypeScript still rejects assignments
 * to a `const` before anything runs.
 */
import ts = require("@tslab/typescript-for-tslab");
import {assignmentPattern, bindingNames} from "./binding-pattern.js";
import {CELL_PREFIX} from "./cell-converter.js";
import {assign, at, runCall, runProperty} from "./cell-syntax.js";
import {declaredNames} from "./declared-names.js";
import {importStatements} from "./import-statements.js";
import {renameIdentifiers} from "./rename-identifiers.js";

const {factory} = ts;

/** What the transformation found out. */
export interface CellFacts {
  /** Names that the cell declares. */
  names: Set<string>;
  /** Ends of the top-level statements in the source, as offsets. */
  statementEnds: number[];
  /** Whether the last statement is an expression, whose value is handed to `__run.value`. */
  hasValue: boolean;
}

/**
 * The transformers that write a cell, and the facts they fill in while it runs.
 *
 * @param rename name of the engine's variable for a notebook variable, where the two differ
 * @param onNames told what the cell declares, in time to add to `rename`
 */
export function cellTransformers(
  rename: ReadonlyMap<string, string>,
  onNames: (names: ReadonlySet<string>) => void,
): {transformers: ts.CustomTransformers; facts: CellFacts} {
  const facts: CellFacts = {names: new Set(), statementEnds: [], hasValue: false};
  const before: ts.TransformerFactory<ts.SourceFile> = () => (file) => {
    facts.names = declaredNames(file);
    onNames(facts.names);
    facts.statementEnds = file.statements.map(({end}) => end - CELL_PREFIX.length);
    return file;
  };
  const after: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
    const shaped = new CellShaper(facts, context).shape(file);
    return renameIdentifiers(shaped, rename, context);
  };
  return {transformers: {before: [before], after: [after]}, facts};
}

class CellShaper {
  private readonly imports: ts.Statement[] = [];
  private readonly hoisted: ts.Statement[] = [];
  private readonly body: ts.Statement[] = [];
  private readonly variables = new Set<string>();

  constructor(
    private readonly facts: CellFacts,
    private readonly context: ts.TransformationContext,
  ) {}

  shape(file: ts.SourceFile): ts.SourceFile {
    const positions = new Map(
      ts.getParseTreeNode(file, ts.isSourceFile)!.statements.map((node, index) => [node, index]),
    );
    const last = this.lastExpression(file);
    let reached = -1;
    for (const statement of file.statements) {
      const position = positions.get(ts.getParseTreeNode(statement) as ts.Statement);
      if (position !== undefined && position !== reached) {
        reached = position;
        this.body.push(this.mark(position));
      }
      if (statement === last) this.body.push(this.handOver(last));
      else this.place(statement);
    }
    this.body.push(this.mark(this.facts.statementEnds.length));
    const reset = [...this.variables].map((name) =>
      assign(factory.createIdentifier(name), factory.createVoidZero()),
    );
    const statements = [...this.imports, ...reset, ...this.hoisted, ...this.body];
    return factory.updateSourceFile(file, statements);
  }

  /** The last statement if the reader typed it as an expression. */
  private lastExpression(file: ts.SourceFile): ts.ExpressionStatement | undefined {
    const spoken = file.statements.filter(
      (node) => !ts.isEmptyStatement(node) && !ts.isExportDeclaration(node),
    );
    const last = spoken.at(-1);
    if (last === undefined || !ts.isExpressionStatement(last)) return undefined;
    return ts.getParseTreeNode(last, ts.isExpressionStatement) && last;
  }

  /** `__run.reached = 3`: after a failure, what the cell declared up to there is kept. */
  private mark(position: number): ts.Statement {
    return assign(runProperty("reached"), factory.createNumericLiteral(position));
  }

  private handOver(last: ts.ExpressionStatement): ts.Statement {
    this.facts.hasValue = true;
    const value = this.rewrite(last.expression) as ts.Expression;
    return at(assign(runProperty("value"), value), last);
  }

  private place(statement: ts.Statement): void {
    if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) {
      this.imports.push(...importStatements(statement));
    } else if (ts.isExportDeclaration(statement)) {
      if (statement.moduleSpecifier) this.imports.push(...importStatements(statement));
    } else if (ts.isExportAssignment(statement)) {
      const value = this.rewrite(statement.expression) as ts.Expression;
      this.body.push(at(factory.createExpressionStatement(value), statement));
    } else if (ts.isFunctionDeclaration(statement) && statement.name) {
      this.hoisted.push(this.functionAssignment(statement, statement.name));
    } else if (ts.isClassDeclaration(statement) && statement.name) {
      this.body.push(this.classAssignment(statement, statement.name));
    } else {
      const rewritten = this.rewrite(statement, true);
      if (rewritten) this.body.push(rewritten as ts.Statement);
    }
  }

  /** Without a name of its own: one would be a second variable, and the assignment gives it. */
  private functionAssignment(node: ts.FunctionDeclaration, name: ts.Identifier): ts.Statement {
    const isAsync = node.modifiers?.some(({kind}) => kind === ts.SyntaxKind.AsyncKeyword);
    const modifiers = isAsync ? [factory.createModifier(ts.SyntaxKind.AsyncKeyword)] : undefined;
    const body = this.rewrite(node.body!) as ts.Block;
    const value = factory.createFunctionExpression(
      ...([modifiers, node.asteriskToken, undefined, undefined] as const),
      ...([node.parameters, undefined, body] as const),
    );
    return at(assign(name, at(value, node)), node);
  }

  /** With its name: static fields may speak of the class before it is assigned. */
  private classAssignment(node: ts.ClassDeclaration, name: ts.Identifier): ts.Statement {
    const value = factory.createClassExpression(
      ...([undefined, name, undefined, node.heritageClauses, node.members] as const),
    );
    return at(assign(name, this.rewrite(at(value, node)) as ts.Expression), node);
  }

  /**
   * Rewrites what stands inside: `var` in blocks and loops, `import()` and `import.meta`.
   *
   * @param top whether `let` and `const` belong to the notebook here
   */
  private rewrite(node: ts.Node, top = false): ts.Node | undefined {
    if (ts.isVariableStatement(node)) return this.variableStatement(node, top);
    // A function has variables of its own.
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return this.rewriteExpression(node);
    if (ts.isForStatement(node) && this.isOurs(node.initializer, false)) {
      const list = node.initializer as ts.VariableDeclarationList;
      node = factory.updateForStatement(
        node,
        this.assignments(list),
        ...([node.condition, node.incrementor, node.statement] as const),
      );
    } else if (ts.isForInStatement(node) && this.isOurs(node.initializer, false)) {
      const target = this.loopTarget(node.initializer as ts.VariableDeclarationList);
      node = factory.updateForInStatement(node, target, node.expression, node.statement);
    } else if (ts.isForOfStatement(node) && this.isOurs(node.initializer, false)) {
      const target = this.loopTarget(node.initializer as ts.VariableDeclarationList);
      const {awaitModifier, expression, statement} = node;
      node = factory.updateForOfStatement(node, awaitModifier, target, expression, statement);
    }
    return this.rewriteExpression(node, (child) => this.rewrite(child));
  }

  private rewriteExpression(
    node: ts.Node,
    visit: (child: ts.Node) => ts.Node | undefined = (child) => this.rewriteExpression(child),
  ): ts.Node | undefined {
    const visited = ts.visitEachChild(node, visit, this.context);
    if (ts.isCallExpression(visited) && visited.expression.kind === ts.SyntaxKind.ImportKeyword) {
      return at(runCall("import", ...visited.arguments), node);
    }
    if (ts.isMetaProperty(visited) && visited.keywordToken === ts.SyntaxKind.ImportKeyword) {
      return at(runProperty("meta"), node);
    }
    return visited;
  }

  private variableStatement(node: ts.VariableStatement, top: boolean): ts.Statement | undefined {
    const list = node.declarationList;
    if (!this.isOurs(list, top)) {
      return this.rewriteExpression(node, (child) => this.rewrite(child)) as ts.Statement;
    }
    const expression = this.assignments(list);
    return expression && at(factory.createExpressionStatement(expression), node);
  }

  /** Whether these declarations are notebook variables, not TypeScript's helpers or a block's own. */
  private isOurs(node: ts.Node | undefined, top: boolean): boolean {
    if (node === undefined || !ts.isVariableDeclarationList(node)) return false;
    const blockScoped = (node.flags & ts.NodeFlags.BlockScoped) !== 0;
    if (blockScoped && !top) return false;
    const [first] = node.declarations;
    return first !== undefined && bindingNames(first.name).every((n) => this.facts.names.has(n));
  }

  private assignments(list: ts.VariableDeclarationList): ts.Expression | undefined {
    const blockScoped = (list.flags & ts.NodeFlags.BlockScoped) !== 0;
    const parts = list.declarations.flatMap((declaration): ts.Expression[] => {
      const {name} = declaration;
      if (!blockScoped) bindingNames(name).forEach((each) => this.variables.add(each));
      if (declaration.initializer === undefined && !blockScoped) return [];
      const value = declaration.initializer
        ? (this.rewrite(declaration.initializer) as ts.Expression)
        : factory.createVoidZero();
      return [at(factory.createAssignment(this.target(name), value), declaration)];
    });
    if (parts.length === 0) return undefined;
    return parts.reduce((left, right) => factory.createComma(left, right));
  }

  private loopTarget(list: ts.VariableDeclarationList): ts.Expression {
    const {name} = list.declarations[0]!;
    bindingNames(name).forEach((each) => this.variables.add(each));
    return this.target(name);
  }

  /** A pattern that declares becomes one that assigns; its default values are expressions. */
  private target(name: ts.BindingName): ts.Expression {
    return assignmentPattern(this.rewriteExpression(name) as ts.BindingName);
  }
}
