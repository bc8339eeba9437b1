import type { Metric, Unit } from '../../model/profile';
import { damaged } from '../failures';
import { formulaTerms, parseEvent } from './eventDefinition';

/** What an event counts, and how many of it make one unit. */
export interface Scale {
  readonly unit: Unit;
  readonly perUnit: number;
}

/** Something that a file counts, in a column of its own or as a sum of columns. */
export interface CountedEvent extends Scale {
  readonly metric: Metric;
  /** By the name of a column, how often it counts. */
  readonly terms: ReadonlyMap<string, number>;
}

/** More than any writer has; each derived event may be a sum of all that came before it. */
const mostEvents = 256;

/** Scales of events that are called after their unit, in lower case. */
const unitNames = new Map<string, Scale>([
  ['ns', { unit: 'seconds', perUnit: 1e9 }],
  ['nanoseconds', { unit: 'seconds', perUnit: 1e9 }],
  ['us', { unit: 'seconds', perUnit: 1e6 }],
  ['usec', { unit: 'seconds', perUnit: 1e6 }],
  ['microseconds', { unit: 'seconds', perUnit: 1e6 }],
  ['ms', { unit: 'seconds', perUnit: 1e3 }],
  ['msec', { unit: 'seconds', perUnit: 1e3 }],
  ['milliseconds', { unit: 'seconds', perUnit: 1e3 }],
  ['s', { unit: 'seconds', perUnit: 1 }],
  ['sec', { unit: 'seconds', perUnit: 1 }],
  ['seconds', { unit: 'seconds', perUnit: 1 }],
  ['bytes', { unit: 'bytes', perUnit: 1 }],
]);

/** What valgrind's events are (manual of 3.19, chapters on Cachegrind and Callgrind). */
const valgrindNames = new Map([
  ['Ir', 'Instructions'],
  ['Dr', 'Data reads'],
  ['Dw', 'Data writes'],
  ['I1mr', 'L1 instruction misses'],
  ['D1mr', 'L1 data read misses'],
  ['D1mw', 'L1 data write misses'],
  ['ILmr', 'Last-level instruction misses'],
  ['DLmr', 'Last-level data read misses'],
  ['DLmw', 'Last-level data write misses'],
  ['Bc', 'Conditional branches'],
  ['Bcm', 'Mispredicted conditional branches'],
  ['Bi', 'Indirect branches'],
  ['Bim', 'Mispredicted indirect branches'],
  ['Ge', 'Global bus events'],
  ['sysCount', 'System calls'],
  ['sysTime', 'System call time'],
  ['sysCpuTime', 'System call CPU time'],
]);

/** The events of a file: its columns, and what `event:` lines derive from them or call them. */
export class Events {
  #columns: readonly string[] = [];
  readonly #formulas = new Map<string, ReadonlyMap<string, number> | undefined>();
  readonly #longNames = new Map<string, string>();

  /** Names of the columns of the current part. */
  get columns(): readonly string[] {
    return this.#columns;
  }

  /** @param names the words of an `events:` line */
  setColumns(names: readonly string[]): void {
    if (names.length > mostEvents) throw tooMany();
    this.#columns = names;
  }

  /** @param value what follows `event:` */
  define(value: string): void {
    const { name, formula, longName } = parseEvent(value);
    if (formula !== undefined) this.#formulas.set(name, formulaTerms(formula));
    if (longName !== '') this.#longNames.set(name, longName);
    if (this.#formulas.size > mostEvents) throw tooMany();
  }

  /** The columns, then what is derived of them, each once. */
  all(scales: ReadonlyMap<string, Scale> | undefined): CountedEvent[] {
    const terms = new Map<string, ReadonlyMap<string, number>>();
    for (const name of this.#columns) terms.set(name, new Map([[name, 1]]));
    for (const [name, formula] of this.#formulas) {
      const sum = terms.has(name) ? undefined : expanded(formula, terms);
      if (sum) terms.set(name, sum);
    }
    return [...terms].map(([name, ofColumns]) => {
      const scale = scales?.get(name) ?? unitNames.get(name.toLowerCase());
      const { unit, perUnit } = scale ?? { unit: 'events', perUnit: 1 };
      return {
        metric: { id: name, label: this.#label(name), unit },
        unit,
        perUnit,
        terms: ofColumns,
      };
    });
  }

  #label(name: string): string {
    const longName = this.#longNames.get(name) ?? valgrindNames.get(name);
    return longName === undefined ? name.replaceAll('_', ' ') : `${longName} (${name})`;
  }
}

/** A formula over columns, from one over events that are known; `undefined` where one is not. */
function expanded(
  formula: ReadonlyMap<string, number> | undefined,
  known: ReadonlyMap<string, ReadonlyMap<string, number>>,
): ReadonlyMap<string, number> | undefined {
  const sum = new Map<string, number>();
  for (const [name, factor] of formula ?? []) {
    const terms = known.get(name);
    if (!terms) return undefined;
    for (const [column, times] of terms) sum.set(column, (sum.get(column) ?? 0) + factor * times);
  }
  return sum.size > 0 ? sum : undefined;
}

function tooMany(): Error {
  return damaged('callgrind', `it counts more than ${mostEvents} events`);
}
