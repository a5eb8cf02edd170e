/** A node of acorn's tree, read by its type. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyNode = any;

/**
 * Visits a node and all below it.
 *
 * @param visit gets the node, its parent, and whether it lies outside every inner function and class
 */
export function walkOwn(
  root: AnyNode,
  visit: (node: AnyNode, parent: AnyNode | undefined, isOwn: boolean) => void,
): void {
  walk(root, undefined, true);

  function walk(node: AnyNode, parent: AnyNode | undefined, isOwn: boolean): void {
    visit(node, parent, isOwn);
    const opensScope = /Function|^Class|^StaticBlock$/.test(node.type);
    for (const child of childrenOf(node)) walk(child, node, isOwn && !opensScope);
  }
}

function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node)
    .flat()
    .filter((value) => typeof (value as AnyNode)?.type === "string");
}
