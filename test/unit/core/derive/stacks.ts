import type { Frame, Func, Lane, Profile } from '../../../../src/core/model/profile';

/**
 * Makes a profile of stacks from one line per sample, root first, with the weight before it:
 *
 *     2 main@3 view@12 main@3
 *
 * A frame is a function in the file `app.py` and its executing line; `+` after a frame of an evented
 * lane begins a new call where the same one would go on.
 */
export function stacksProfile(
  text: string,
  kind: Lane['kind'] = 'sampled',
  { unit = 'seconds', timeOrdered = true }: Partial<Pick<Lane, 'unit' | 'timeOrdered'>> = {},
): Profile {
  const functions: Func[] = [];
  const frames: Frame[] = [];
  const parent: number[] = [];
  const frame: number[] = [];
  const leaves: number[] = [];
  const weights: number[] = [];
  const nodes = new Map<string, number>();
  for (const sample of text.trim().split('\n')) {
    const [weight, ...stack] = sample.trim().split(/\s+/);
    let leaf = -1;
    for (const word of stack) {
      const isNew = word.endsWith('+');
      const key = `${leaf} ${word.replace('+', '')}`;
      let node = isNew ? undefined : nodes.get(key);
      if (node === undefined) {
        node = parent.push(leaf) - 1;
        frame.push(frameIndex(word.replace('+', ''), functions, frames));
        nodes.set(key, node);
      }
      leaf = node;
    }
    leaves.push(leaf);
    weights.push(Number(weight));
  }
  const lane: Lane = {
    name: 'main thread',
    kind,
    unit,
    timeOrdered,
    samples: Int32Array.from(leaves),
    weights: Float64Array.from(weights),
  };
  return {
    format: 'test',
    unit,
    total: weights.reduce((sum, weight) => sum + weight, 0),
    functions,
    data: {
      kind: 'stacks',
      frames,
      nodes: { parent: Int32Array.from(parent), frame: Int32Array.from(frame) },
      lanes: [lane],
      activeLane: 0,
    },
    lines: [],
    request: {},
    warnings: [],
  };
}

function frameIndex(word: string, functions: Func[], frames: Frame[]): number {
  const [name = '', line] = word.split('@');
  let func = functions.findIndex((known) => known.name === name);
  if (func < 0) func = functions.push({ name, file: 'app.py', line: undefined }) - 1;
  return frames.push({ func, line: line === undefined ? undefined : Number(line) }) - 1;
}
