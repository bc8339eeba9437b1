import type { Profile } from '../../../../src/core/model/profile';
import { stacksOf } from './stackTexts';

/** A node of the tree that the tool's visualizer draws; children by name. */
export interface TreeNode {
  readonly name: string;
  value: number;
  children?: TreeNode[];
}

/**
 * The tree of the visualizer.
 * @param threshold the share of all samples that a node must have more than
 */
export function treeOf(profile: Profile, threshold: number): TreeNode {
  const { nodes, frames, lanes } = stacksOf(profile);
  const root: TreeNode = { name: 'root', value: 0 };
  const treeNodes = [...nodes.frame].map((frame): TreeNode => {
    const func = frames[frame]?.func ?? -1;
    return { name: profile.functions[func]?.name ?? '?', value: 0 };
  });
  for (const { samples, weights } of lanes) {
    for (const [index, leaf] of samples.entries()) {
      root.value += weights[index] ?? NaN;
      for (let node = leaf; node >= 0; node = nodes.parent[node] ?? -1) {
        const treeNode = treeNodes[node];
        if (treeNode) treeNode.value += weights[index] ?? NaN;
      }
    }
  }
  for (const [node, treeNode] of treeNodes.entries()) {
    const parent = treeNodes[nodes.parent[node] ?? -1] ?? root;
    if (treeNode.value > threshold * root.value) (parent.children ??= []).push(treeNode);
  }
  for (const { children } of [root, ...treeNodes]) {
    children?.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  return root;
}
