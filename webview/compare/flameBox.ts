import type {
  ComparisonDocument,
  DifferentialTree,
  FunctionDelta,
} from '../../src/protocol/comparison';
import { create } from '../flamegraph/elements';
import type { ColorScale } from './colorScale';
import { changeOf } from './delta';
import { boxText, spokenBox } from './flameText';
import { nodeDelta, type FlameBox } from './flameTree';

/** Boxes narrower than this have no text; pixels. */
const LEAST_TEXT_WIDTH = 28;

/** What people read of branches that were cut off, which have no function. */
const CUT_OFF: FunctionDelta = {
  name: '[smaller branches, without their callers]',
  before: undefined,
  after: undefined,
  calls: { before: undefined, after: undefined },
  self: { before: undefined, after: undefined },
  total: { before: undefined, after: undefined },
  isBeyondSpread: undefined,
};

/** What a flamegraph draws its boxes of. */
export interface DrawnTree {
  readonly comparison: ComparisonDocument;
  readonly tree: DifferentialTree;
  readonly scale: ColorScale;
  /** Width of the whole; pixels. */
  readonly width: number;
}

/** How a box stands out. */
export interface BoxMarks {
  readonly isSelected: boolean;
  /** Whether its function is one that is looked for; `undefined` where none is. */
  readonly isFound: boolean | undefined;
}

/** The element of a box. Names come from profiles, and are text. */
export function drawBox(
  drawn: DrawnTree,
  box: FlameBox,
  depth: number,
  marks: BoxMarks,
): HTMLElement {
  const { comparison, tree, scale, width } = drawn;
  const { node } = box;
  const func = functionOf(drawn, node);
  const self = nodeDelta(tree, 'self', node);
  const spoken = spokenBox(func, self, nodeDelta(tree, 'total', node), comparison.unit);
  const element = create('div', 'flame-box');
  element.id = boxId(node);
  element.dataset['node'] = String(node);
  element.dataset['level'] = String(scale.level(changeOf(self)));
  element.style.left = `${box.left * 100}%`;
  element.style.width = `${box.width * 100}%`;
  element.classList.toggle('found', marks.isFound === true);
  element.classList.toggle('faded', marks.isFound === false);
  element.setAttribute('role', 'treeitem');
  element.setAttribute('aria-level', String(depth + 1));
  element.setAttribute('aria-selected', String(marks.isSelected));
  element.setAttribute('aria-label', spoken.join('. '));
  element.title = spoken.join('\n');
  if (box.width * width >= LEAST_TEXT_WIDTH)
    element.textContent = boxText(func, self, comparison.unit);
  return element;
}

/** The function of a node. */
export function functionOf(
  { comparison, tree }: Pick<DrawnTree, 'comparison' | 'tree'>,
  node: number,
): FunctionDelta {
  return comparison.functions[tree.func[node] ?? -1] ?? CUT_OFF;
}

export function boxId(node: number): string {
  return `box-${node}`;
}

/** The node of the box that an element is in, -1 for none. */
export function nodeAt(target: EventTarget | null): number {
  const box = target instanceof Element ? target.closest<HTMLElement>('.flame-box') : null;
  return Number(box?.dataset['node'] ?? -1);
}
