import type { Frame } from '../../model/profile';
import type { JsonObject } from '../encoding/json';
import { damaged } from '../failures';
import { array } from './values';

/** Samples whose frames are functions at a line. */
export interface LinedSamples {
  readonly frames: readonly Frame[];
  /** Indexes into `frames`, the outermost first. */
  readonly samples: readonly (readonly number[])[];
}

/**
 * Joins the stacks of a document, whose frames are functions, with the lines that they were at.
 *
 * @param functions the function of each frame of the document
 * @param stackLines parallel to the profile's samples; 0 is an unknown line
 */
export function joinLines(
  profile: JsonObject,
  functions: readonly Frame[],
  stackLines: unknown,
): LinedSamples {
  const stacks = array(profile['samples']).map(array);
  const lines = array(stackLines).map(array);
  if (lines.length !== stacks.length) throw unequal();
  const joined = new JoinedFrames(functions);
  const samples = stacks.map((stack, index) => {
    const ofStack = lines[index];
    if (ofStack?.length !== stack.length) throw unequal();
    return stack.map((frame, depth) => joined.indexOf(frame, ofStack[depth]));
  });
  return { frames: joined.frames, samples };
}

function unequal(): Error {
  return damaged('Hotline', 'stacks and their lines differ in number');
}

/** Frames of a function and a line, each once. */
class JoinedFrames {
  readonly frames: Frame[] = [];
  readonly #functions: readonly Frame[];
  readonly #byLine: Map<unknown, number>[];

  constructor(functions: readonly Frame[]) {
    this.#functions = functions;
    this.#byLine = functions.map(() => new Map<unknown, number>());
  }

  indexOf(frame: unknown, line: unknown): number {
    // A list may be nested so deep that its text, which an index is looked up by, exhausts the stack.
    if (typeof frame !== 'number') throw damaged('Hotline', 'a frame is no number');
    const own = this.#functions[frame];
    const byLine = this.#byLine[frame];
    if (!own || !byLine) throw damaged('Hotline', 'a frame is missing');
    let index = byLine.get(line);
    if (index === undefined) {
      index = this.frames.push({ func: own.func, line: lineNumber(line) }) - 1;
      byLine.set(line, index);
    }
    return index;
  }
}

function lineNumber(value: unknown): number | undefined {
  if (!Number.isInteger(value) || (value as number) < 0) {
    throw damaged('Hotline', 'a line is no number');
  }
  return (value as number) || undefined;
}
