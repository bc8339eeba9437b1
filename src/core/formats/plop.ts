import type { FrameIndex } from '../model/profile';
import { StacksBuilder } from '../model/stacksBuilder';
import { lineNumber } from './encoding/numbers';
import { wholeText } from './encoding/text';
import { maximumFrames } from './encoding/textTable';
import { damaged, tooMany, truncated } from './failures';
import type { Format } from './format';
import { LiteralError, parsePlop, type PlopFrame, type StackVisitor } from './plop/parser';

/** How much of the file detection looks at: room for a path as long as systems allow. */
const headLength = 16 * 1024;

const start = /^\{\(\(u?(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"), (?:\d+|None), u?['"]/;

/** How many stacks plop writes at most; its oldest versions write all. */
const mostStacks = 50;

/**
 * What plop's collector writes (bdarnell/plop, plop/collector.py): the `repr` of a dict of stacks,
 * the innermost frame first and at the line that ran, to how often each was sampled.
 */
export const plop: Format = {
  id: 'plop',
  label: 'plop',
  tools: 'plop’s collector',
  detect(bytes) {
    return start.test(bytes.toString('latin1', 0, headLength));
  },
  read({ bytes }) {
    const builder = new StacksBuilder();
    const lane = builder.lane({ name: '', kind: 'sampled', unit: 'samples', timeOrdered: false });
    let stackCount = 0;
    const add = (stack: readonly PlopFrame[], count: number): void => {
      const frames = stack.map((frame) => addFrame(builder, frame));
      lane.add(builder.tree.nodeOf(frames.reverse()), count);
      stackCount++;
    };
    readStacks(bytes, add);
    return {
      format: plop.id,
      ...builder.finish('samples'),
      lines: [],
      request: {},
      warnings: warningsOf(stackCount),
    };
  },
};

function addFrame(builder: StacksBuilder, { name, file, line }: PlopFrame): FrameIndex {
  const frame = builder.frame(name, file === '' ? undefined : file, undefined, lineNumber(line));
  if (frame >= maximumFrames) throw tooMany(maximumFrames, 'functions and lines');
  return frame;
}

function readStacks(bytes: Buffer, visit: StackVisitor): void {
  try {
    parsePlop(wholeText(bytes).trimEnd(), visit);
  } catch (error) {
    if (!(error instanceof LiteralError)) throw error;
    if (error.isEnd) throw truncated();
    throw damaged('plop', `character ${error.offset} is none that it writes there`, error);
  }
}

function warningsOf(stackCount: number): string[] {
  if (stackCount !== mostStacks) return [];
  return [
    `plop keeps the ${mostStacks} stacks that it sampled most often: rarer ones are missing.`,
  ];
}
