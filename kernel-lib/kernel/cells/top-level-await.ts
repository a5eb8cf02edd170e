import ts = require("@tslab/typescript-for-tslab");

/**
 * Whether a cell awaits outside of functions in a form that tslab's compiler does not recognize.
 *
 * The fork takes `await` for a name where a bracket, a template or a sign may follow a name, and says
 * nothing of `for await`. The text that it writes is right all the same, in an async function.
 *
 * @param code of a cell that compiles
 */
export function awaitsOutsideFunctions(code: string): boolean {
  if (!/\bawait\b/.test(code)) return false;
  const cell = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022);
  return cell.statements.some(awaits);
}

function awaits(node: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return true;
  if (isAwaitAsName(node)) return true;
  return ts.forEachChild(node, (child) => awaits(child) || undefined) ?? false;
}

/** `await (x)`, `await [x]`, `await -x` and the like, read as calls and sums of a name. */
function isAwaitAsName(node: ts.Node): boolean {
  if (ts.isCallExpression(node) || ts.isElementAccessExpression(node)) {
    return isNamedAwait(node.expression);
  }
  if (ts.isTaggedTemplateExpression(node)) return isNamedAwait(node.tag);
  return ts.isBinaryExpression(node) && isNamedAwait(node.left);
}

function isNamedAwait(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === "await";
}
