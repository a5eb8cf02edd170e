import ts = require("@tslab/typescript-for-tslab");

const {factory} = ts;

/** Parameter of the function around a cell: how its code speaks to the executor. */
export const RUN = "__run";

/** `__run.name` */
export function runProperty(name: string): ts.PropertyAccessExpression {
  return factory.createPropertyAccessExpression(factory.createIdentifier(RUN), name);
}

/** `__run.name(…)` */
export function runCall(name: string, ...values: ts.Expression[]): ts.CallExpression {
  return factory.createCallExpression(runProperty(name), undefined, values);
}

/** `target = value;` */
export function assign(target: ts.Expression, value: ts.Expression): ts.ExpressionStatement {
  return factory.createExpressionStatement(factory.createAssignment(target, value));
}

/** Keeps the place in the source, for the source map. */
export function at<T extends ts.Node>(node: T, original: ts.Node): T {
  return ts.setSourceMapRange(ts.setTextRange(node, original), original);
}
