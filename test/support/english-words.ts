/** Finds words of an interface that stand in the source of a page-maker. */
import ts from "typescript";

/** In place of `${…}` and of every other value that is only known at run time. */
const HOLE = "\u0000";

/** Attributes that are read to or shown to a reader. */
const SPOKEN = /\b(?:aria-label|aria-valuetext|alt|title|placeholder)="([^"]*)"/g;

export interface FoundWords {
  line: number;
  text: string;
}

/**
 * The English text of a source's strings and templates, without what stands in errors, imports and
 * types. Text is what is left of a string when its tags are taken out:
 *
 * - beside a tag, and in an attribute that is spoken, any word of two letters;
 * - elsewhere, where names of classes and parts of paths stand as well, a capital word, two words
 *   in a row, or a word apart from a value: "Sources", "see also", `line ${number}`.
 */
export function englishWords(source: string): FoundWords[] {
  const file = ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true);
  const found: FoundWords[] = [];
  const visit = (node: ts.Node): void => {
    if (isNoText(node)) return;
    const text = textOf(node);
    if (text === undefined) return ts.forEachChild(node, visit);
    const words = wordsIn(text);
    const {line} = file.getLineAndCharacterOfPosition(node.getStart());
    if (words !== undefined) found.push({line: line + 1, text: words});
    // What stands in the holes is text of its own.
    holesOf(node).forEach(visit);
  };
  visit(file);
  return found;
}

/** Errors are for who makes the book; modules, types and what is compared are no text. */
function isNoText(node: ts.Node): boolean {
  return (
    ts.isThrowStatement(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isTypeNode(node) ||
    (ts.isNewExpression(node) && node.expression.getText() === "RegExp") ||
    (ts.isStringLiteral(node) && isComparison(node.parent))
  );
}

function isComparison(node: ts.Node): boolean {
  const {EqualsEqualsEqualsToken, ExclamationEqualsEqualsToken} = ts.SyntaxKind;
  const signs = [EqualsEqualsEqualsToken, ExclamationEqualsEqualsToken] as ts.SyntaxKind[];
  return ts.isBinaryExpression(node) && signs.includes(node.operatorToken.kind);
}

/** The text of a string, a template or a sum of such; undefined for anything else. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({literal}) => HOLE + literal.text).join("");
  }
  if (!isSum(node)) return undefined;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  if (left === undefined && right === undefined) return undefined;
  return (left ?? HOLE) + (right ?? HOLE);
}

function holesOf(node: ts.Node): ts.Node[] {
  if (ts.isTemplateExpression(node)) return node.templateSpans.map(({expression}) => expression);
  if (!isSum(node)) return [];
  return [node.left, node.right].flatMap((part) =>
    textOf(part) === undefined ? [part] : holesOf(part),
  );
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

function wordsIn(text: string): string | undefined {
  const spoken = [...text.matchAll(SPOKEN)].map((match) => match[1]!);
  const isHtml = /<[!/a-z\0]|[a-z"]\/?>/i.test(text);
  // A string may begin or end within a tag, but has text on the other side of it then.
  const visible = text
    .replace(/<script\b[^]*?<\/script>/g, " ")
    .replace(/<[^<>]*>/g, " ")
    .replace(/^[^<>]*="[^<>]*>/, " ")
    .replace(/<[^<>]*$/, " ")
    .replace(/&\w+;/g, " ");
  const parts = [...spoken, ...(isHtml ? [visible] : [])];
  const inHtml = parts.find((part) => /\p{L}{2,}/u.test(part));
  if (inHtml !== undefined) return inHtml.replaceAll(HOLE, "…").trim();
  const isWords =
    /^\p{Lu}\p{Ll}{2,}/u.test(text) ||
    /\p{L}{2,},? \p{L}{2,}/u.test(text) ||
    /(?:^|\s)\p{L}{2,}:? \0|\0:? \p{L}{2,}(?:\s|$)/u.test(text);
  return !isHtml && isWords ? text.replaceAll(HOLE, "…") : undefined;
}
