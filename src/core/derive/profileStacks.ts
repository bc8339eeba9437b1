import type { CallGraph, Frame, Func, Profile, Stacks, StackNodes } from '../model/profile';
import { at } from '../model/typedArrays';
import { CUT_OFF_NAME, estimateCallTree, type TreeLimits } from './callTree';
import { heaviestFirst, walkTree } from './treeWalk';

/** A profile whose data are stacks. */
export interface StacksProfile extends Profile {
  readonly data: Stacks;
}

/**
 * The profile with stacks in place of what else it holds: those of a call graph are its estimated
 * call tree, and each line of line timings is a stack of its own. `undefined` for a timeline.
 */
export function withStacks(profile: Profile, limits: TreeLimits): StacksProfile | undefined {
  switch (profile.data.kind) {
    case 'stacks':
      return { ...profile, data: profile.data };
    case 'callGraph':
      return stacksOfCallGraph(profile, profile.data, limits);
    case 'lineTimings':
      return stacksOfLines(profile);
    case 'timeline':
      return undefined;
  }
}

/** The samples stand as the tree is drawn: the heaviest branches first, a caller after its callees. */
function stacksOfCallGraph(profile: Profile, graph: CallGraph, limits: TreeLimits): StacksProfile {
  const tree = estimateCallTree(graph, limits);
  const cutOff: Func = { name: CUT_OFF_NAME, file: undefined, line: undefined };
  const isCut = tree.func.includes(-1);
  const functions = isCut ? [...profile.functions, cutOff] : profile.functions;
  const nodes: StackNodes = {
    parent: tree.parent,
    frame: tree.func.map((func) => (func < 0 ? profile.functions.length : func)),
  };
  const leaves: number[] = [];
  walkTree(heaviestFirst(tree.parent, tree.total), {
    enter: () => undefined,
    leave: (node) => {
      if (at(tree.self, node) > 0) leaves.push(node);
    },
  });
  const frames = functions.map((_, func): Frame => ({ func, line: undefined }));
  const weights = leaves.map((node) => at(tree.self, node));
  return { ...profile, functions, data: unorderedStacks(profile, nodes, frames, leaves, weights) };
}

function stacksOfLines(profile: Profile): StacksProfile {
  const { lines } = profile;
  const indexes = [...lines.keys()];
  const nodes: StackNodes = {
    parent: new Int32Array(lines.length).fill(-1),
    frame: Int32Array.from(indexes),
  };
  const frames = lines.map(({ func, line }): Frame => ({ func, line }));
  const weights = lines.map(({ total }) => total);
  return { ...profile, data: unorderedStacks(profile, nodes, frames, indexes, weights) };
}

function unorderedStacks(
  { unit }: Profile,
  nodes: StackNodes,
  frames: readonly Frame[],
  samples: readonly number[],
  weights: readonly number[],
): Stacks {
  const lane = {
    name: '',
    kind: 'sampled',
    unit,
    timeOrdered: false,
    samples: Int32Array.from(samples),
    weights: Float64Array.from(weights),
  } as const;
  return { kind: 'stacks', frames, nodes, lanes: [lane], activeLane: 0 };
}
