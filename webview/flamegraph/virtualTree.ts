/** Reads the tree of components that Preact 10 keeps behind a page; it mangles these names only. */

/** A node: its properties (a text for a text), children, DOM element and component. */
export interface VirtualNode {
  readonly props?: Readonly<Record<string, unknown>> | string | null;
  readonly __k?: readonly (VirtualNode | null | undefined)[] | null;
  readonly __e?: Node | null;
  readonly __c?: Component | null;
}

/** An instance that lives as long as it is shown; its `props` are those of the last rendering. */
export interface Component {
  readonly props: Readonly<Record<string, unknown>>;
}

/** More nodes than a page ever has; the end of a walk through something that is not a tree. */
const MAXIMUM_NODES = 100_000;

/** All nodes that were rendered over `element`, parents first. Empty where Preact did not render. */
export function* virtualNodes(element: Element): Generator<VirtualNode> {
  const root = (element as { readonly __k?: VirtualNode | null }).__k;
  const waiting: VirtualNode[] = root ? [root] : [];
  for (let seen = 0; seen < MAXIMUM_NODES; seen++) {
    const node = waiting.pop();
    if (!node) return;
    yield node;
    for (const child of [...(node.__k ?? [])].reverse()) if (child) waiting.push(child);
  }
}

/** A property of a node, whatever it is. */
export function property(node: VirtualNode, name: string): unknown {
  return typeof node.props === 'object' ? node.props?.[name] : undefined;
}
