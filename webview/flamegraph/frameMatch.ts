import type { ShownFrame } from '../../src/protocol/flamegraph';

/** A frame of speedscope. Frames with the same name, file, line and column are one. */
export interface Frame {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  getTotalWeight(): number;
}

/** What Hotline's documents end the name of a function with whose cost was divided among callers. */
const ESTIMATE_MARK = / ≈$/;

/** The frame as the extension knows it. */
export function shownFrame({ name, file, line }: Frame): ShownFrame {
  return { name, file, line };
}

/**
 * The frame that shows a function: of its name and file, at its line where one is there (a function
 * has a frame for every executing line where the profile has those), else the costliest.
 */
export function findFunction(frames: readonly Frame[], wanted: ShownFrame): Frame | undefined {
  const name = plainName(wanted.name);
  const ofFunction = frames.filter(
    (frame) => plainName(frame.name) === name && frame.file === wanted.file,
  );
  const atLine = ofFunction.filter((frame) => frame.line === wanted.line);
  const candidates = atLine.length > 0 ? atLine : ofFunction;
  return candidates.reduce<Frame | undefined>(
    (best, frame) => (best && best.getTotalWeight() >= frame.getTotalWeight() ? best : frame),
    undefined,
  );
}

function plainName(name: string): string {
  return name.replace(ESTIMATE_MARK, '');
}
