import { FunctionTable } from '../model/builder';
import type { ExactLine, FunctionIndex, Profile } from '../model/profile';
import { Dict } from './encoding/dict';
import { PickleObject, readPickle, type PickleValue } from './encoding/pickle';
import { isCost, lineNumber } from './encoding/numbers';
import { damaged } from './failures';
import type { Format } from './format';

/** How far into the file the class's name may stand. */
const headLength = 200;

/**
 * What line_profiler 1 to 5 (`kernprof -l`) saves: a pickled `LineStats` whose state is
 * `{'timings': {(file, first line, name): [(line, hits, time)]}, 'unit': seconds per unit of time}`.
 * A line's time includes the functions that it calls.
 */
export const lineProfiler: Format = {
  id: 'lineProfiler',
  label: 'line_profiler',
  detect(bytes) {
    const head = bytes.subarray(0, headLength);
    return isPickle(head) && head.includes('LineStats');
  },
  read({ bytes }) {
    const stats = readPickle(bytes, ({ name }) => name === 'LineStats');
    if (!(stats instanceof PickleObject)) throw damaged('line_profiler', 'it is not a LineStats');
    const { state } = stats;
    const timings = state instanceof Dict ? state.get('timings') : undefined;
    const unit = state instanceof Dict ? state.get('unit') : undefined;
    if (!(timings instanceof Dict)) throw damaged('line_profiler', 'it has no timings');
    if (typeof unit !== 'number' || !(unit > 0 && isCost(unit))) {
      throw damaged('line_profiler', 'it has no unit of time');
    }
    return new TimingsReader(unit, bytes.length).read(timings);
  },
};

/** Protocols 2 to 5 start with a mark and their number, 0 and 1 with the first function that they name. */
function isPickle(head: Buffer): boolean {
  if (head[0] === 0x80) return (head[1] ?? 0) >= 2 && (head[1] ?? 0) <= 5;
  return head.toString('latin1').startsWith('ccopy_reg\n_reconstructor\n');
}

/** Hits and time of one line, in the file's unit of time. */
interface Timing {
  hits: number;
  time: number;
}

class TimingsReader {
  readonly #functions = new FunctionTable();
  /** By function, then by line. */
  readonly #timings = new Map<FunctionIndex, { file: string; lines: Map<number, Timing> }>();
  readonly #unit: number;
  #linesLeft: number;

  /**
   * @param unit seconds per unit of time
   * @param size bytes of the file
   */
  constructor(unit: number, size: number) {
    this.#unit = unit;
    this.#linesLeft = size;
  }

  read(timings: Dict<PickleValue>): Profile {
    timings.forEach((key, lines) => {
      this.#addFunction(key, lines);
    });
    const lines = [...this.#timings].flatMap(([func, timing]) => this.#linesOf(func, timing));
    return {
      format: lineProfiler.id,
      unit: 'seconds',
      total: lines.reduce((sum, { total }) => sum + total, 0),
      functions: this.#functions.functions,
      data: { kind: 'lineTimings' },
      lines,
      request: {},
      warnings: this.#warnings(lines),
    };
  }

  #addFunction(key: PickleValue, lines: PickleValue): void {
    const [file, firstLine, name] = array(key);
    if (typeof file !== 'string' || typeof firstLine !== 'number' || typeof name !== 'string') {
      throw damaged('line_profiler', 'a key is not a file, line and function');
    }
    const func = this.#functions.indexOf(
      name,
      file === '~' || file === '' ? undefined : file,
      lineNumber(firstLine),
    );
    const known = this.#timings.get(func) ?? { file, lines: new Map<number, Timing>() };
    this.#timings.set(func, known);
    this.#addLines(known.lines, array(lines));
  }

  /** Adds up lines that occur more than once, as those of code objects with the same key do. */
  #addLines(known: Map<number, Timing>, lines: readonly PickleValue[]): void {
    // An honest file spends bytes on every line; one with more lines than bytes multiplies them by references.
    this.#linesLeft -= lines.length;
    if (this.#linesLeft < 0) throw damaged('line_profiler', 'it repeats its lines without end');
    for (const each of lines) {
      const parts = array(each);
      const line = count(parts[0]);
      const timing = known.get(line) ?? { hits: 0, time: 0 };
      timing.hits += count(parts[1]);
      timing.time += count(parts[2]);
      known.set(line, timing);
    }
  }

  #linesOf(
    func: FunctionIndex,
    { file, lines }: { file: string; lines: Map<number, Timing> },
  ): ExactLine[] {
    if (file === '') return [];
    return [...lines]
      .filter(([line]) => lineNumber(line) !== undefined)
      .map(([line, { hits, time }]) => ({
        func,
        file,
        line,
        hits,
        self: undefined,
        total: time * this.#unit,
      }));
  }

  #warnings(lines: readonly ExactLine[]): string[] {
    if (new Set(lines.map(({ func }) => func)).size < 2) return [];
    return [
      'Times include the functions that a line calls, so the times of functions that call one another overlap and the total counts them twice.',
    ];
  }
}

function array(value: PickleValue): readonly PickleValue[] {
  if (!Array.isArray(value)) throw damaged('line_profiler', 'a tuple is missing');
  return value;
}

function count(value: PickleValue | undefined): number {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || !(number >= 0 && isCost(number))) {
    throw damaged('line_profiler', 'a number is missing');
  }
  return number;
}
