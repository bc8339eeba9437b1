import type { FunctionStats } from '../../model/profile';
import { Dict } from '../encoding/dict';
import { isCost, lineNumber } from '../encoding/numbers';
import { PickleObject, type PickleValue } from '../encoding/pickle';
import { damaged } from '../failures';

/** What yappi knows of a function, or of a function as another one called it. */
export interface PickledStat {
  readonly name: string;
  /** `undefined` for built-ins, whose module is in their name. */
  readonly file: string | undefined;
  /** First line. */
  readonly line: number | undefined;
  readonly numbers: FunctionStats;
}

/** A function and those that it called. */
export interface PickledFunction extends PickledStat {
  readonly children: readonly PickledStat[];
}

type Attributes = ReadonlyMap<string, PickleValue>;

/** Takes the objects of yappi's classes for what their attributes say. */
export class PickledStats {
  #attributesLeft: number;

  /** @param size bytes of the file */
  constructor(size: number) {
    this.#attributesLeft = size;
  }

  /** @param stats a `YFuncStats` */
  functionsOf(stats: PickleValue | undefined): PickledFunction[] {
    return this.#listOf(stats).map((stat) => {
      const attributes = this.#attributesOf(stat);
      const children = this.#listOf(attributes.get('children'));
      return {
        ...statOf(attributes),
        children: children.map((child) => statOf(this.#attributesOf(child))),
      };
    });
  }

  /** The items of a `YFuncStats` or `YChildFuncStats`. */
  #listOf(stats: PickleValue | undefined): readonly PickleValue[] {
    const list = this.#attributesOf(stats).get('_as_list');
    if (!Array.isArray(list)) throw damaged('yappi', 'a list of functions is missing');
    return list;
  }

  #attributesOf(value: PickleValue | undefined): Attributes {
    const state = value instanceof PickleObject ? value.state : undefined;
    if (!(state instanceof Dict)) throw damaged('yappi', 'an object has no attributes');
    // An honest file spends bytes on every attribute; one with more of them than bytes multiplies them by references.
    this.#attributesLeft -= state.size + 1;
    if (this.#attributesLeft < 0) throw damaged('yappi', 'it repeats its functions without end');
    const attributes = new Map<string, PickleValue>();
    state.forEach((key, attribute) => {
      if (typeof key === 'string') attributes.set(key, attribute);
    });
    return attributes;
  }
}

function statOf(attributes: Attributes): PickledStat {
  const name = text(attributes.get('name'));
  const module = text(attributes.get('module'));
  const calls = count(attributes.get('ncall'));
  const numbers = {
    calls,
    // yappi misses the end of some calls of a thread's first function, never their beginning.
    primitiveCalls: Math.min(calls, count(attributes.get('nactualcall'))),
    self: number(attributes.get('tsub')),
    total: number(attributes.get('ttot')),
  };
  if (attributes.get('builtin') === true) {
    return { name: `${module}.${name}`, file: undefined, line: undefined, numbers };
  }
  const line = lineNumber(number(attributes.get('lineno')));
  return { name, file: module === '' ? undefined : module, line, numbers };
}

function text(value: PickleValue | undefined): string {
  if (typeof value !== 'string') throw damaged('yappi', 'a function has no name');
  return value;
}

function count(value: PickleValue | undefined): number {
  const calls = number(value);
  if (calls < 0) throw damaged('yappi', 'a number of calls is negative');
  return calls;
}

/** Times may be less than 0 by a rounding: yappi subtracts what it measured. */
function number(value: PickleValue | undefined): number {
  const known = typeof value === 'bigint' ? Number(value) : value;
  if (typeof known !== 'number' || !isCost(known)) throw damaged('yappi', 'a number is missing');
  return known;
}
