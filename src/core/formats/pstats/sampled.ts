import { EdgeTable, FunctionTable } from '../../model/builder';
import type { ExactLine, FunctionIndex, FunctionStats, Profile } from '../../model/profile';
import type { Dict } from '../encoding/dict';
import type { MarshalValue } from '../encoding/marshal';
import { damaged } from '../failures';
import { readEdge, readCallers, readKey, readNumbers, tuple } from './rows';
import type { Key } from './rows';

/** Key of the entry by which Python 3.15's `profiling.sampling --pstats` marks its files. */
const mark = '__sampled__';

/** Whether Python 3.15's sampler wrote the stats. */
export function isSampled(stats: Dict<MarshalValue>): boolean {
  return stats.someKey(isMark);
}

function isMark(key: MarshalValue): boolean {
  return Array.isArray(key) && key.length === 1 && key[0] === mark;
}

/**
 * Reads the stats of Python 3.15's sampler. A row is a *line* of a function: its `cc` counts the
 * samples in which that line was the innermost one, its `nc` those in which it was on the stack, and
 * the times are these counts times the sampling interval. Callers are counted in samples too.
 * @param size bytes of the file
 */
export function readSampled(stats: Dict<MarshalValue>, size: number): Profile {
  const reader = new SampledReader(size);
  stats.forEach((key, row) => {
    if (!isMark(key)) reader.addRow(readKey(key), tuple(row));
  });
  return reader.finish();
}

class SampledReader {
  readonly #functions = new FunctionTable();
  /** Seconds in each function and in what it called, parallel to the functions. */
  readonly #times: { self: number; total: number }[] = [];
  readonly #edges = new EdgeTable();
  readonly #lines: ExactLine[] = [];
  #edgesLeft: number;
  #total = 0;

  constructor(size: number) {
    this.#edgesLeft = size;
  }

  addRow(key: Key, row: readonly MarshalValue[]): void {
    const func = this.#functionOf(key);
    const numbers = readNumbers(row);
    const times = this.#times[func];
    if (times) {
      times.self += numbers.self;
      times.total += numbers.total;
    }
    this.#total += numbers.self;
    this.#addLine(func, key, numbers);
    this.#addCallers(func, secondsPerSample(numbers), readCallers(row));
  }

  finish(): Profile {
    return {
      format: 'pstats',
      unit: 'seconds',
      total: this.#total,
      functions: this.#functions.functions,
      data: {
        kind: 'callGraph',
        stats: this.#times.map(({ self, total }) => ({
          calls: undefined,
          primitiveCalls: undefined,
          self,
          // A recursion counts once for each of its lines on the stack: never for more than there is.
          total: Math.min(total, this.#total),
        })),
        edges: this.#edges.toArray(),
      },
      lines: this.#lines,
      request: {},
      warnings: [
        'A sampling profiler wrote this file: its times are samples times the sampling interval, and calls are not counted.',
      ],
    };
  }

  #addLine(func: FunctionIndex, { file, line }: Key, { calls, self, total }: FunctionStats): void {
    if (file === undefined || line === undefined) return;
    this.#lines.push({ func, file, line, hits: calls, self, total, isSampled: true });
  }

  #addCallers(callee: FunctionIndex, secondsPerSample: number, callers: Dict<MarshalValue>): void {
    this.#edgesLeft -= callers.size;
    if (this.#edgesLeft < 0) throw damaged('pstats', 'it repeats its callers without end');
    callers.forEach((key, value) => {
      const { caller, calls: samples = 0 } = readEdge(
        this.#functionOf(readKey(key)),
        callee,
        value,
      );
      const total = samples * secondsPerSample;
      const uncounted = { calls: undefined, primitiveCalls: undefined, self: undefined };
      this.#edges.add({ caller, callee, ...uncounted, total });
    });
  }

  /** A function's first line is not in the file; the rows of its lines are told apart from others by file and name. */
  #functionOf({ name, file }: Key): FunctionIndex {
    const index = this.#functions.indexOf(name, file, undefined);
    if (index === this.#times.length) this.#times.push({ self: 0, total: 0 });
    return index;
  }
}

function secondsPerSample({ calls, total }: FunctionStats): number {
  return calls === undefined || calls === 0 ? 0 : total / calls;
}
