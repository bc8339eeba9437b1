import { FunctionTable } from '../model/builder';
import type { CallEdge, FunctionIndex, FunctionStats, Profile } from '../model/profile';
import { Dict } from './encoding/dict';
import { readMarshal, type MarshalValue } from './encoding/marshal';
import { damaged } from './failures';
import type { Format } from './format';
import { addNumbers, readCallers, readEdge, readKey, readNumbers, tuple } from './pstats/rows';
import type { Key } from './pstats/rows';
import { isSampled, readSampled } from './pstats/sampled';

/**
 * The stats that cProfile, profile and hotshot of Python 2.7 to 3.15 dump, and that yappi,
 * pyinstrument and Python 3.15's sampler save: one marshalled dict
 * `{(file, line, name): (cc, nc, tt, ct, {caller: (nc, cc, tt, ct)})}`, as Lib/pstats.py reads it.
 */
export const pstats: Format = {
  id: 'pstats',
  label: 'pstats (cProfile)',
  tools:
    '`cProfile`, `profile` and `hotshot.stats` of Python 2.7 and 3.6 to 3.15, `profiling.sampling` of 3.15, runprofileserver, werkzeug, django-silk, yappi, pyinstrument, kernprof without `-l`',
  detect,
  read({ bytes }) {
    const stats = readMarshal(bytes);
    if (!(stats instanceof Dict)) throw damaged('pstats', 'it is not a dict');
    return isSampled(stats) ? readSampled(stats, bytes.length) : readCalls(stats, bytes.length);
  },
};

/** A dict whose first key is a tuple of three (or of one: the sampler's mark), or an empty dict. */
function detect(bytes: Buffer): boolean {
  const first = (bytes[0] ?? 0) & 0x7f;
  const second = (bytes[1] ?? 0) & 0x7f;
  if (first !== 0x7b || bytes.length < 2) return false;
  if (second === 0x30) return bytes.length === 2;
  const count = bytes[2] ?? 3;
  if (count !== 3 && count !== 1) return false;
  if (second === 0x29) return true;
  return second === 0x28 && bytes.subarray(3, 6).every((byte) => byte === 0);
}

function readCalls(stats: Dict<MarshalValue>, size: number): Profile {
  const reader = new CallsReader(size);
  stats.forEach((key, row) => {
    reader.addRow(readKey(key), tuple(row));
  });
  return reader.finish();
}

/** Builds the call graph of a deterministic profiler's stats. */
class CallsReader {
  readonly #functions = new FunctionTable();
  /** Parallel to the functions. */
  readonly #stats: (FunctionStats | undefined)[] = [];
  readonly #edges: CallEdge[] = [];
  /** Of the rows, read when all functions with a row have their index: pstats lists those in this order. */
  readonly #callers: (readonly [callee: FunctionIndex, callers: Dict<MarshalValue>])[] = [];
  readonly #maximumEdges: number;
  #total = 0;

  /** @param size bytes of the file */
  constructor(size: number) {
    this.#maximumEdges = size;
  }

  addRow(key: Key, row: readonly MarshalValue[]): void {
    const callee = this.#functionOf(key);
    const numbers = readNumbers(row);
    const known = this.#stats[callee];
    this.#stats[callee] = known ? addNumbers(known, numbers) : numbers;
    this.#total += numbers.self;
    this.#callers.push([callee, readCallers(row)]);
  }

  finish(): Profile {
    for (const [callee, callers] of this.#callers) this.#addCallers(callee, callers);
    return {
      format: pstats.id,
      unit: 'seconds',
      total: this.#total,
      functions: this.#functions.functions,
      data: { kind: 'callGraph', stats: this.#statsOfAll(), edges: this.#edges },
      lines: [],
      request: {},
      warnings: warningsOf(this.#stats),
    };
  }

  #addCallers(callee: FunctionIndex, callers: Dict<MarshalValue>): void {
    // An honest file spends bytes on every edge; one with more edges than bytes multiplies them by references.
    if (this.#edges.length + callers.size > this.#maximumEdges) {
      throw damaged('pstats', 'it repeats its callers without end');
    }
    callers.forEach((key, value) => {
      this.#edges.push(readEdge(this.#functionOf(readKey(key)), callee, value));
    });
  }

  #functionOf({ name, file, line }: Key): FunctionIndex {
    const index = this.#functions.indexOf(name, file, line);
    if (index === this.#stats.length) this.#stats.push(undefined);
    return index;
  }

  /**
   * Gives a caller without a row of its own, as filtering leaves it, its stats: what its callees took
   * on its behalf.
   */
  #statsOfAll(): FunctionStats[] {
    const totals = new Map<FunctionIndex, number>();
    for (const { caller, total } of this.#edges) {
      if (this.#stats[caller]) continue;
      totals.set(caller, (totals.get(caller) ?? 0) + (total ?? 0));
    }
    return this.#stats.map((known, index) => known ?? callerOnly(totals.get(index) ?? 0));
  }
}

/** @param stats of all functions, those without a row `undefined` */
function warningsOf(stats: readonly (FunctionStats | undefined)[]): string[] {
  const warnings: string[] = [];
  if (stats.some((known) => known !== undefined && known.calls === undefined)) {
    warnings.push(
      'Call counts are missing for some functions: their profiler did not count calls.',
    );
  }
  if (stats.includes(undefined)) {
    warnings.push(
      'Some functions are named as callers only: how often they ran, and for how long, is unknown.',
    );
  }
  return warnings;
}

function callerOnly(total: number): FunctionStats {
  return { calls: undefined, primitiveCalls: undefined, self: 0, total, isCallerOnly: true };
}
