/** The samples that all files of Tachyon's were made from, as its own reader of recordings has them. */
import { readJson } from './samples';

/** A run of equal samples; the innermost frame comes first: file, lines and columns, function, opcode. */
interface Run {
  readonly interp: number;
  readonly tid: number;
  readonly times: readonly number[];
  readonly frames: readonly [
    file: string,
    location: readonly number[] | null,
    name: string,
    opcode: unknown,
  ][];
}

export interface TachyonSample {
  readonly interpreter: number;
  readonly thread: number;
  /** From the root: `function file:line;...`, with a blank for what is unknown. */
  readonly stack: string;
}

export const tachyonSamples: readonly TachyonSample[] = (
  readJson('tachyon/tachyon-none.bin.json') as Run[]
).flatMap(({ interp, tid, times, frames }) => {
  const labels = frames.map(([file, location, name]) => {
    return file === '~' ? `${name} :` : `${name} ${file}:${location?.[0] ?? ''}`;
  });
  const sample = { interpreter: interp, thread: tid, stack: labels.reverse().join(';') };
  return times.map(() => sample);
});

/** How many samples have each stack. */
export const samplesByStack: ReadonlyMap<string, number> = new Map(
  tachyonSamples.map(({ stack }) => [
    stack,
    tachyonSamples.filter((other) => other.stack === stack).length,
  ]),
);
