/** Comparison of what line_profiler has with what our reader makes of its file. */
import type { Profile } from '../../../../src/core/model/profile';

/** The content of a `.lprof` file, as a Python program prints it in JSON. */
export interface Dump {
  readonly unit: number;
  readonly functions: readonly {
    readonly file: string;
    readonly line: number;
    readonly func: string;
    readonly lines: readonly (readonly [line: number, hits: number, time: number])[];
  }[];
}

/** `file:line name` to `[line, hits, seconds]`. */
type Timings = ReadonlyMap<string, readonly (readonly [number, number | undefined, number])[]>;

export function comparableDump({ unit, functions }: Dump): Timings {
  return new Map(
    functions.map(({ file, line, func, lines }) => [
      `${file}:${line} ${func}`,
      lines.map(([number, hits, time]) => [number, hits, time * unit] as const),
    ]),
  );
}

export function comparableTimings({ functions, lines }: Profile): Timings {
  return new Map(
    functions.map(({ name, file = '~', line = 0 }, func) => [
      `${file}:${line} ${name}`,
      lines
        .filter((each) => each.func === func)
        .map(({ line: number, hits, total }) => [number, hits, total] as const),
    ]),
  );
}
