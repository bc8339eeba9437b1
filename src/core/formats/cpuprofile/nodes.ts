import type { JsonObject } from '../encoding/json';
import { damaged } from '../failures';
import { array, label, number, object } from './values';

/** A node of a profile, whichever form that is in. */
export interface ProfileNode {
  readonly id: number;
  /** `undefined` of the root. */
  readonly parent: number | undefined;
  /** `functionName`, `url` and `lineNumber`. */
  readonly callFrame: JsonObject;
  readonly firstLine: number | undefined;
  readonly hitCount: number;
  readonly positionTicks: readonly unknown[];
}

/** The nodes of a profile by their ids, callers before those that they called. */
export function readNodes(profile: JsonObject): ReadonlyMap<number, ProfileNode> {
  return profile['head'] === undefined
    ? readList(array(profile['nodes']).map(object))
    : readTree(object(profile['head']));
}

/** The list of Chrome 58 and later, whose nodes name their children, or their parent. */
function readList(nodes: readonly JsonObject[]): Map<number, ProfileNode> {
  const byId = new Map<number, JsonObject>();
  for (const node of nodes) byId.set(number(node['id']), node);
  if (byId.size < nodes.length) throw damaged(label, 'two nodes have the same id');
  const parents = parentsOf(nodes);
  const ordered = new Map<number, ProfileNode>();
  for (const id of byId.keys()) addWithCallers(id, byId, parents, ordered);
  return ordered;
}

/** Of a child that two nodes name, as pyflame's converter writes them, the first is the parent. */
function parentsOf(nodes: readonly JsonObject[]): Map<number, number> {
  const parents = new Map<number, number>();
  for (const node of nodes) {
    const id = number(node['id']);
    if (typeof node['parent'] === 'number') parents.set(id, node['parent']);
    for (const value of array(node['children'] ?? [])) {
      const child = number(value);
      if (!parents.has(child)) parents.set(child, id);
    }
  }
  return parents;
}

function addWithCallers(
  id: number,
  byId: ReadonlyMap<number, JsonObject>,
  parents: ReadonlyMap<number, number>,
  ordered: Map<number, ProfileNode>,
): void {
  const path: number[] = [];
  for (
    let at: number | undefined = id;
    at !== undefined && !ordered.has(at);
    at = parents.get(at)
  ) {
    if (path.length > byId.size) throw damaged(label, 'its nodes call one another in a circle');
    path.push(at);
  }
  for (const each of path.reverse()) {
    const node = byId.get(each);
    if (!node) throw damaged(label, 'a node is missing');
    const callFrame = object(node['callFrame']);
    const line = callFrame['lineNumber'];
    // Lines are 0-based here.
    const firstLine = typeof line === 'number' ? line + 1 : undefined;
    ordered.set(each, nodeOf(each, parents.get(each), node, callFrame, firstLine));
  }
}

/** The nested nodes of Chrome before 58, which are their own call frames. */
function readTree(head: JsonObject): Map<number, ProfileNode> {
  const nodes = new Map<number, ProfileNode>();
  const left: { readonly node: JsonObject; readonly parent: number | undefined }[] = [
    { node: head, parent: undefined },
  ];
  for (let next = left.pop(); next; next = left.pop()) {
    const { node, parent } = next;
    const id = number(node['id']);
    if (nodes.has(id)) throw damaged(label, 'two nodes have the same id');
    const line = node['lineNumber'];
    nodes.set(id, nodeOf(id, parent, node, node, typeof line === 'number' ? line : undefined));
    for (const child of array(node['children'] ?? []))
      left.push({ node: object(child), parent: id });
  }
  return nodes;
}

function nodeOf(
  id: number,
  parent: number | undefined,
  node: JsonObject,
  callFrame: JsonObject,
  firstLine: number | undefined,
): ProfileNode {
  return {
    id,
    parent,
    callFrame,
    firstLine,
    hitCount: typeof node['hitCount'] === 'number' ? Math.max(0, number(node['hitCount'])) : 0,
    positionTicks: array(node['positionTicks'] ?? []),
  };
}
