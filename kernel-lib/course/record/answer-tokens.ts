import ts = require("@tslab/typescript-for-tslab");

/** One word of an answer, as far as two answers are compared by it. */
export interface Token {
  /** Equal for tokens that count as the same. */
  kind: string;
  /** Where it stands in the text, in UTF-16 units: [from, to). */
  from: number;
  to: number;
}

/** After these a slash divides; after anything else it begins a regular expression. */
const ENDS_OPERAND = new Set([
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.BigIntLiteral,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.RegularExpressionLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateTail,
  ts.SyntaxKind.CloseParenToken,
  ts.SyntaxKind.CloseBracketToken,
  ts.SyntaxKind.CloseBraceToken,
  ts.SyntaxKind.ThisKeyword,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
]);

/**
 * The tokens of a code cell, by the scanner of the TypeScript that runs it. Names, numbers and
 * texts each count as one kind, so that renaming hides nothing; comments, spaces and semicolons
 * count for nothing; `let` and `var` count as `const`. The scanner does not recurse, so that no
 * nesting can exhaust it.
 */
export function codeTokens(text: string): Token[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  const tokens: Token[] = [];
  /** Open braces inside each template that is open, innermost last. */
  const templates: number[] = [];
  let last = ts.SyntaxKind.Unknown;
  for (;;) {
    let kind = scanner.scan();
    if (kind === ts.SyntaxKind.EndOfFileToken) return tokens;
    const depth = templates.length - 1;
    if (kind === ts.SyntaxKind.CloseBraceToken && templates[depth] === 0) {
      kind = scanner.reScanTemplateToken(false);
      if (kind === ts.SyntaxKind.TemplateTail) templates.pop();
    } else if (kind === ts.SyntaxKind.TemplateHead) templates.push(0);
    else if (kind === ts.SyntaxKind.OpenBraceToken && depth >= 0) templates[depth]!++;
    else if (kind === ts.SyntaxKind.CloseBraceToken && depth >= 0) templates[depth]!--;
    else if (isSlash(kind) && !ENDS_OPERAND.has(last)) kind = scanner.reScanSlashToken();
    last = kind;
    const name = nameOf(kind);
    if (name !== undefined) {
      tokens.push({kind: name, from: scanner.getTokenPos(), to: scanner.getTextPos()});
    }
  }
}

/** The words of an answer in prose, in lower case and as they are: here the words are the work. */
export function proseTokens(text: string): Token[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((match) => ({
    kind: match[0].normalize("NFC").toLowerCase(),
    from: match.index,
    to: match.index + match[0].length,
  }));
}

function isSlash(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.SlashToken || kind === ts.SyntaxKind.SlashEqualsToken;
}

function nameOf(kind: ts.SyntaxKind): string | undefined {
  switch (kind) {
    case ts.SyntaxKind.SemicolonToken:
    case ts.SyntaxKind.Unknown:
      return undefined;
    case ts.SyntaxKind.Identifier:
    case ts.SyntaxKind.PrivateIdentifier:
      return "name";
    case ts.SyntaxKind.NumericLiteral:
    case ts.SyntaxKind.BigIntLiteral:
      return "number";
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
      return "text";
    case ts.SyntaxKind.LetKeyword:
    case ts.SyntaxKind.VarKeyword:
    case ts.SyntaxKind.ConstKeyword:
      return "const";
    default:
      return String(kind);
  }
}
