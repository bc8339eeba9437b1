import type { ExactLine, NodeIndex } from '../../model/profile';
import type { LaneBuilder, StacksBuilder } from '../../model/stacksBuilder';
import { noNode } from '../../model/stackTree';
import type { JsonObject } from '../encoding/json';
import { lineNumber } from '../encoding/numbers';
import { fileName, parseIdentifier, type Identified } from './identifier';
import { LineTimes } from './lineTimes';
import { array, object, seconds, text } from './values';

/** How the two kinds of trees write a frame. */
export interface FrameForm {
  readonly identify: (frame: JsonObject) => Identified;
  /** Seconds in which each line was the current one, where the form tells them. */
  readonly lines: (frame: JsonObject) => ReadonlyMap<number, number>;
}

/** Frames as the JSON renderer writes them. */
export const framesOfRenderer: FrameForm = {
  identify: (frame) => ({
    name: text(frame['function']),
    file: fileName(frame['file_path']),
    firstLine: lineNumber(Number(frame['line_no'])),
    line: undefined,
  }),
  lines: () => new Map(),
};

/** Frames as the page of pyinstrument 5 has them: a line's time is the attribute `l<line>`. */
export const framesOfPage: FrameForm = {
  identify: (frame) => parseIdentifier(text(frame['identifier'])),
  lines(frame) {
    const lines = new Map<number, number>();
    for (const [name, time] of Object.entries(object(frame['attributes']))) {
      const line = name.startsWith('l') ? lineNumber(Number(name.slice(1))) : undefined;
      if (line !== undefined) lines.set(line, seconds(time));
    }
    return lines;
  },
};

/** Times are written to the microsecond, so that sums of them are off by half of one each. */
const rounding = 0.5e-6;

/**
 * Reads a tree of frames with the seconds that each took, its children in the order of time or of
 * their cost. What a function took itself is a child `[self]`.
 *
 * @param root `null` where no sample was taken
 * @returns the lines whose times the tree tells
 */
export function readFrameTree(root: unknown, form: FrameForm, builder: StacksBuilder): ExactLine[] {
  if (root === null || root === undefined) return [];
  const reader = new TreeReader(form, builder);
  const isTimeline = reader.isTimeline(object(root));
  const lane = builder.lane({
    name: '',
    kind: 'sampled',
    unit: 'seconds',
    timeOrdered: isTimeline,
  });
  return reader.read(object(root), lane);
}

/** A frame to walk into, or the way out of the one that was entered last. */
type Step = { readonly frame: JsonObject; readonly parent: NodeIndex } | 'leave';

class TreeReader {
  readonly #form: FrameForm;
  readonly #builder: StacksBuilder;
  readonly #lineTimes = new LineTimes();

  constructor(form: FrameForm, builder: StacksBuilder) {
    this.#form = form;
    this.#builder = builder;
  }

  /**
   * Whether a function occurs twice among the frames that another called, which only a timeline
   * has: elsewhere they are merged.
   */
  isTimeline(root: JsonObject): boolean {
    const left = [root];
    for (let frame = left.pop(); frame; frame = left.pop()) {
      const children = array(frame['children']).map(object);
      const known = new Set<string>();
      for (const child of children) {
        const { name, file, firstLine } = this.#form.identify(child);
        known.add(JSON.stringify([name, file, firstLine]));
        left.push(child);
      }
      if (known.size < children.length) return true;
    }
    return false;
  }

  read(root: JsonObject, lane: LaneBuilder): ExactLine[] {
    const steps: Step[] = [{ frame: root, parent: noNode }];
    for (let step = steps.pop(); step; step = steps.pop()) {
      if (step === 'leave') this.#lineTimes.leave();
      else this.#enter(step.frame, step.parent, lane, steps);
    }
    return this.#lineTimes.toArray();
  }

  #enter(frame: JsonObject, parent: NodeIndex, lane: LaneBuilder, steps: Step[]): void {
    const { name, file, firstLine, line } = this.#form.identify(frame);
    const time = seconds(frame['time']);
    if (name === '[self]' && parent !== noNode) {
      lane.add(parent, time);
      return;
    }
    const lines = this.#form.lines(frame);
    const onlyLine = lines.size === 1 ? [...lines.keys()][0] : line;
    const index = this.#builder.frame(name, file, firstLine, onlyLine);
    const node = this.#builder.tree.child(parent, index);
    const children = array(frame['children']).map(object);
    const self = time - children.reduce((sum, child) => sum + seconds(child['time']), 0);
    if (self > rounding * (children.length + 1)) lane.add(node, self);
    this.#lineTimes.enter(this.#builder.functionOf(index), file, lines);
    steps.push('leave');
    for (const child of children.reverse()) steps.push({ frame: child, parent: node });
  }
}
