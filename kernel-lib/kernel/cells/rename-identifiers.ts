import ts = require("@tslab/typescript-for-tslab");

const {factory} = ts;

/**
 * Renames every identifier of these spellings, declared here or not. Since each occurrence changes
 * alike, scopes stay as they were: no analysis can get it wrong. Names of properties stay.
 *
 * Needed for notebook variables called like one of the host's own (`const performance = 5`): under
 * that name they would hide it from every library in the process.
 */
export function renameIdentifiers(
  file: ts.SourceFile,
  rename: ReadonlyMap<string, string>,
  context: ts.TransformationContext,
): ts.SourceFile {
  if (rename.size === 0) return file;
  const renamed = (name: ts.Identifier): ts.Identifier => {
    const text = rename.get(name.text);
    if (text === undefined) return name;
    return ts.setTextRange(factory.createIdentifier(text), name);
  };
  const changes = (node: ts.Node): node is ts.Identifier =>
    ts.isIdentifier(node) && renamed(node) !== node;

  function visit(node: ts.Node): ts.Node {
    if (ts.isIdentifier(node)) return renamed(node);
    if (ts.isPropertyAccessExpression(node)) {
      return factory.updatePropertyAccessExpression(
        node,
        ts.visitNode(node.expression, visit) as ts.Expression,
        node.name,
      );
    }
    if (ts.isShorthandPropertyAssignment(node) && changes(node.name)) {
      const target = renamed(node.name);
      const initial = node.objectAssignmentInitializer;
      const value = initial
        ? factory.createAssignment(target, ts.visitNode(initial, visit) as ts.Expression)
        : target;
      return factory.createPropertyAssignment(node.name, value);
    }
    if (ts.isBindingElement(node)) return bindingElement(node);
    if (hasPropertyName(node)) return keepName(node);
    if (ts.isLabeledStatement(node)) {
      const statement = ts.visitNode(node.statement, visit) as ts.Statement;
      return factory.updateLabeledStatement(node, node.label, statement);
    }
    if (ts.isBreakOrContinueStatement(node) || ts.isMetaProperty(node)) return node;
    return ts.visitEachChild(node, visit, context);
  }

  /** `{URL}` takes the property URL into a variable; `[URL]` has no property. */
  function bindingElement(node: ts.BindingElement): ts.Node {
    const original = ts.getOriginalNode(node).parent as ts.Node | undefined;
    const inObject = original === undefined || !ts.isArrayBindingPattern(original);
    const short = inObject && !node.dotDotDotToken && !node.propertyName && changes(node.name);
    const key = node.propertyName;
    return factory.updateBindingElement(
      node,
      node.dotDotDotToken,
      short ? (node.name as ts.Identifier) : key && ts.isIdentifier(key) ? key : visitOptional(key),
      ts.visitNode(node.name, visit) as ts.BindingName,
      visitOptional(node.initializer),
    );
  }

  function visitOptional<T extends ts.Node>(node: T | undefined): T | undefined {
    return node && (ts.visitNode(node, visit) as T);
  }

  function keepName(node: NamedMember): ts.Node {
    return ts.visitEachChild(
      node,
      (child) => (child === node.name && ts.isIdentifier(child) ? child : visit(child)),
      context,
    );
  }

  return ts.visitEachChild(file, visit, context);
}

type NamedMember =
  | ts.PropertyAssignment
  | ts.MethodDeclaration
  | ts.PropertyDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration;

function hasPropertyName(node: ts.Node): node is NamedMember {
  return (
    ts.isPropertyAssignment(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isSetAccessorDeclaration(node)
  );
}
