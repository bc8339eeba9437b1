import { FunctionTable } from '../../model/builder';
import type { ExactLine, FunctionIndex, Profile } from '../../model/profile';
import { isCost, lineNumber } from '../encoding/numbers';
import { damaged } from '../failures';

/** What line_profiler counted of one line. */
export interface LineTiming {
  /** 1-based; what is none is dropped. */
  readonly line: number;
  readonly hits: number;
  /** Seconds. */
  readonly time: number;
}

interface TimedFunction {
  readonly file: string;
  readonly lines: Map<number, { hits: number; time: number }>;
}

/** Collects line_profiler's timings by function and makes them a profile. */
export class LineTimingTable {
  readonly #functions = new FunctionTable();
  readonly #timed = new Map<FunctionIndex, TimedFunction>();

  /**
   * The function of this definition line, whether or not any of its lines ran.
   * @param file as line_profiler names it, `~` for no file
   */
  functionAt(name: string, file: string, firstLine: number): FunctionIndex {
    const known = file === '~' || file === '' ? undefined : file;
    const func = this.#functions.indexOf(name, known, lineNumber(firstLine));
    if (!this.#timed.has(func)) this.#timed.set(func, { file, lines: new Map() });
    return func;
  }

  /**
   * Adds to what is known of a line: one may occur again, as those of code objects of the same key do.
   * @throws ProfileError where the sum is no number of this world
   */
  add(func: FunctionIndex, { line, hits, time }: LineTiming): void {
    const lines = this.#timed.get(func)?.lines;
    const sum = lines?.get(line) ?? { hits: 0, time: 0 };
    sum.hits += hits;
    sum.time += time;
    if (!isCost(sum.hits) || !isCost(sum.time)) {
      throw damaged('line_profiler', `the numbers of line ${line} are too large`);
    }
    lines?.set(line, sum);
  }

  /** @param warnings what else is to be said of the file */
  profile(format: string, warnings: readonly string[] = []): Profile {
    const lines = [...this.#timed].flatMap(([func, timed]) => linesOf(func, timed));
    return {
      format,
      unit: 'seconds',
      total: lines.reduce((sum, { total }) => sum + total, 0),
      functions: this.#functions.functions,
      data: { kind: 'lineTimings' },
      lines,
      request: {},
      warnings: [...overlapWarning(lines), ...warnings],
    };
  }
}

function linesOf(func: FunctionIndex, { file, lines }: TimedFunction): ExactLine[] {
  if (file === '') return [];
  return [...lines]
    .filter(([line]) => lineNumber(line) !== undefined)
    .map(([line, { hits, time }]) => ({ func, file, line, hits, self: undefined, total: time }));
}

function overlapWarning(lines: readonly ExactLine[]): string[] {
  if (new Set(lines.map(({ func }) => func)).size < 2) return [];
  return [
    'Times include the functions that a line calls, so the times of functions that call one another overlap and the total counts them twice.',
  ];
}
