import type { Profile } from '../model/profile';
import { Dict } from './encoding/dict';
import { PickleObject, readPickle, type PickleValue } from './encoding/pickle';
import { isCost } from './encoding/numbers';
import { damaged } from './failures';
import type { Format } from './format';
import { LineTimingTable } from './lineProfiler/lineTimingTable';

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
  tools: 'kernprof of line_profiler 1 to 5',
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

class TimingsReader {
  readonly #table = new LineTimingTable();
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
      this.#addFunction(key, array(lines));
    });
    return this.#table.profile(lineProfiler.id);
  }

  #addFunction(key: PickleValue, lines: readonly PickleValue[]): void {
    const [file, firstLine, name] = array(key);
    if (typeof file !== 'string' || typeof firstLine !== 'number' || typeof name !== 'string') {
      throw damaged('line_profiler', 'a key is not a file, line and function');
    }
    const func = this.#table.functionAt(name, file, firstLine);
    // An honest file spends bytes on every line; one with more lines than bytes multiplies them by references.
    this.#linesLeft -= lines.length;
    if (this.#linesLeft < 0) throw damaged('line_profiler', 'it repeats its lines without end');
    for (const each of lines) {
      const [line, hits, time] = array(each);
      this.#table.add(func, {
        line: count(line),
        hits: count(hits),
        time: count(time) * this.#unit,
      });
    }
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
