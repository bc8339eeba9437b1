import type { NodeIndex } from '../../model/profile';
import type { StacksBuilder } from '../../model/stacksBuilder';
import { noNode } from '../../model/stackTree';
import { jsonChecks, type JsonObject } from '../encoding/json';
import { maximumFrames } from '../encoding/textTable';
import { damaged, quoted, tooMany } from '../failures';

const format = 'd3-flame-graph';
const { array, number, object, text } = jsonChecks(format);

/** What the node around all stacks is called; it is no function. */
const rootName = 'root';

/** Relative difference that adding up values with fractions may make. */
const rounding = 1e-9;

interface Step {
  readonly tree: JsonObject;
  readonly parent: NodeIndex;
}

/**
 * Adds the stacks of a tree to a lane of its own. What a node has more than its children is its own cost.
 * @throws ProfileError where a node has less than its children
 */
export function addTree(document: unknown, builder: StacksBuilder): void {
  const lane = builder.lane({ name: '', kind: 'sampled', unit: 'samples', timeOrdered: false });
  const root = object(document);
  const steps: Step[] = [{ tree: root, parent: noNode }];
  for (let step = steps.pop(); step; step = steps.pop()) {
    const { tree, parent } = step;
    const children = childrenOf(tree);
    const own = ownCost(tree, children);
    const isFrame = tree !== root || text(tree['name']) !== rootName || own > 0;
    const node = isFrame ? nodeOf(tree, parent, builder) : noNode;
    if (own > 0) lane.add(node, own);
    for (const child of children.reverse()) steps.push({ tree: child, parent: node });
  }
}

function childrenOf({ children }: JsonObject): JsonObject[] {
  return children === undefined ? [] : array(children).map(object);
}

function ownCost(tree: JsonObject, children: readonly JsonObject[]): number {
  const value = valueOf(tree);
  const own = children.reduce((rest, child) => rest - valueOf(child), value);
  if (own < -rounding * value) {
    throw damaged(format, `${quoted(text(tree['name']))} has less than its children`);
  }
  return own > rounding * value ? own : 0;
}

function valueOf(tree: JsonObject): number {
  const value = number(tree['value']);
  if (value < 0) throw damaged(format, 'a value is negative');
  return value;
}

function nodeOf(tree: JsonObject, parent: NodeIndex, builder: StacksBuilder): NodeIndex {
  const frame = builder.frame(text(tree['name']), undefined, undefined, undefined);
  if (frame >= maximumFrames) throw tooMany(maximumFrames, 'functions');
  return builder.tree.child(parent, frame);
}
