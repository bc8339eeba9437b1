import { addKnown } from '../../model/builder';
import type { CallEdge, FunctionIndex, FunctionStats } from '../../model/profile';
import { Dict } from '../encoding/dict';
import type { MarshalValue } from '../encoding/marshal';
import { isCost, lineNumber } from '../encoding/numbers';
import { damaged } from '../failures';

/** What a key of a stats dict identifies: a function, or one of its lines (Python 3.15's sampler). */
export interface Key {
  readonly name: string;
  /** `undefined` for built-ins. */
  readonly file: string | undefined;
  readonly line: number | undefined;
}

/** Reads a `(file, line, name)` tuple. */
export function readKey(value: MarshalValue): Key {
  const parts = tuple(value);
  if (parts.length !== 3) throw damaged('pstats', 'a key is not a file, line and function');
  return { name: text(parts[2]), file: fileOf(text(parts[0])), line: lineNumber(number(parts[1])) };
}

/**
 * Reads `(cc, nc, tt, ct, callers)`. yappi swaps the first two, so they are told apart by size: there
 * are never fewer calls than primitive calls.
 */
export function readNumbers(row: readonly MarshalValue[]): FunctionStats {
  const first = number(row[0]);
  const second = number(row[1]);
  return {
    calls: knownCount(Math.max(first, second)),
    primitiveCalls: knownCount(Math.min(first, second)),
    self: time(row[2]),
    total: time(row[3]),
  };
}

/** The `callers` dict of a row; rows of ancient files lack it. */
export function readCallers(row: readonly MarshalValue[]): Dict<MarshalValue> {
  const callers = row[4];
  if (callers === undefined) return new Dict([]);
  if (!(callers instanceof Dict)) throw damaged('pstats', "a row's callers are not a dict");
  return callers;
}

/** Reads the value of a caller: `(nc, cc, tt, ct)` by cProfile, a count by `profile`. */
export function readEdge(
  caller: FunctionIndex,
  callee: FunctionIndex,
  value: MarshalValue,
): CallEdge {
  const values: readonly MarshalValue[] = Array.isArray(value) ? tuple(value) : [value];
  const first = number(values[0]);
  if (values.length !== 4) {
    return {
      caller,
      callee,
      calls: knownCount(first),
      primitiveCalls: undefined,
      self: undefined,
      total: undefined,
    };
  }
  const second = number(values[1]);
  return {
    caller,
    callee,
    calls: knownCount(Math.max(first, second)),
    primitiveCalls: knownCount(Math.min(first, second)),
    self: time(values[2]),
    total: time(values[3]),
  };
}

/**
 * The items of a tuple, or of a list.
 * @throws ProfileError for anything else
 */
export function tuple(value: MarshalValue): readonly MarshalValue[] {
  if (!Array.isArray(value)) throw damaged('pstats', 'a tuple is missing');
  return value as readonly MarshalValue[];
}

/** The sum of two rows of one function, as `pstats.Stats.add` makes it. */
export function addNumbers(a: FunctionStats, b: FunctionStats): FunctionStats {
  return {
    calls: addKnown(a.calls, b.calls),
    primitiveCalls: addKnown(a.primitiveCalls, b.primitiveCalls),
    self: a.self + b.self,
    total: a.total + b.total,
  };
}

/** Samplers that save pstats (pyinstrument) write -1 where there are no calls to count. */
function knownCount(count: number): number | undefined {
  if (!isCost(count)) throw damaged('pstats', 'a number of calls is none');
  return count < 0 ? undefined : count;
}

/** cProfile files built-ins under `~`, the `profile` module under an empty name. */
function fileOf(file: string): string | undefined {
  return file === '~' || file === '' ? undefined : file;
}

function text(value: MarshalValue | undefined): string {
  if (typeof value === 'string') return value;
  throw damaged('pstats', 'a name is not text');
}

function number(value: MarshalValue | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw damaged('pstats', 'a number is missing');
}

/** Seconds; an int where the profiler ran with a timer of its own that counts in ints. */
function time(value: MarshalValue | undefined): number {
  const seconds = number(value);
  if (!isCost(seconds)) throw damaged('pstats', 'a time is none');
  return seconds;
}
