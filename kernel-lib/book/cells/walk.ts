import type {AnyNode} from "acorn";

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
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is AnyNode {
  return typeof (value as {type?: unknown} | null)?.type === "string";
}
