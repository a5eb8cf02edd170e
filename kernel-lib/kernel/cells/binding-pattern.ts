import ts = require("@tslab/typescript-for-tslab");

const {factory} = ts;

/** All names that a pattern binds. */
export function bindingNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : bindingNames(element.name),
  );
}

/** The pattern of `const {a, b: [c = 1], ...rest} = …` as what stands left of `=` without `const`. */
export function assignmentPattern(name: ts.BindingName): ts.Expression {
  if (ts.isIdentifier(name)) return name;
  const pattern = ts.isArrayBindingPattern(name)
    ? factory.createArrayLiteralExpression(name.elements.map(arrayElement))
    : factory.createObjectLiteralExpression(name.elements.map(property));
  return ts.setTextRange(pattern, name);
}

function arrayElement(element: ts.ArrayBindingElement): ts.Expression {
  if (ts.isOmittedExpression(element)) return element;
  const target = assignmentPattern(element.name);
  if (element.dotDotDotToken) return factory.createSpreadElement(target);
  return withDefault(target, element.initializer);
}

function property(element: ts.BindingElement): ts.ObjectLiteralElementLike {
  const {name, propertyName, initializer} = element;
  if (element.dotDotDotToken) return factory.createSpreadAssignment(assignmentPattern(name));
  if (propertyName === undefined && ts.isIdentifier(name)) {
    return factory.createShorthandPropertyAssignment(name, initializer);
  }
  const target = withDefault(assignmentPattern(name), initializer);
  return factory.createPropertyAssignment(propertyName!, target);
}

function withDefault(target: ts.Expression, value: ts.Expression | undefined): ts.Expression {
  return value === undefined ? target : factory.createAssignment(target, value);
}
