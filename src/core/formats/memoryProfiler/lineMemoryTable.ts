import type { ExactLine, Func, FunctionIndex, Profile } from '../../model/profile';
import type { MemoryLine, Place, RequestRecord } from '../../model/requestRecord';
import type { MeasuredMemory } from './row';

interface LineMemory extends Place {
  readonly func: FunctionIndex;
  inUse: number;
  increment: number;
  growth: number;
  occurrences: number | undefined;
}

/** Adds up what the tables of a text tell of the same line. */
export class LineMemoryTable {
  readonly #files = new Map<string, Map<number, LineMemory>>();

  /**
   * @param isFirst whether it is the function's first line, whose increment is all that was in use
   *   when the function was called, and no growth
   */
  add(func: FunctionIndex, { file, line }: Place, memory: MeasuredMemory, isFirst: boolean): void {
    const lines = this.#files.get(file) ?? new Map<number, LineMemory>();
    this.#files.set(file, lines);
    const known = lines.get(line);
    const growth = isFirst ? 0 : memory.increment;
    if (!known) {
      lines.set(line, { func, file, line, growth, ...memory });
      return;
    }
    known.inUse = Math.max(known.inUse, memory.inUse);
    known.increment += memory.increment;
    known.growth += growth;
    if (known.occurrences !== undefined && memory.occurrences !== undefined) {
      known.occurrences += memory.occurrences;
    }
  }

  /** A profile in bytes: its lines and total are what grew, its record has what shrank too. */
  profile(format: string, functions: readonly Func[], warnings: readonly string[]): Profile {
    const all = [...this.#files.values()].flatMap((lines) => [...lines.values()]);
    const grown = all.filter(({ growth }) => growth > 0);
    return {
      format,
      unit: 'bytes',
      total: grown.reduce((sum, { growth }) => sum + growth, 0),
      functions,
      data: { kind: 'lineTimings' },
      lines: grown.map(exactLine),
      request: {},
      record: { ...nothing, memoryLines: all.map(memoryLine) },
      warnings,
    };
  }
}

const nothing: RequestRecord = {
  functions: [],
  queries: [],
  spans: [],
  templateLines: [],
  memoryLines: [],
  sourceHashes: new Map(),
};

function exactLine({ func, file, line, growth, occurrences }: LineMemory): ExactLine {
  return { func, file, line, hits: occurrences, self: undefined, total: growth };
}

function memoryLine({ file, line, growth, inUse, increment, occurrences }: LineMemory): MemoryLine {
  const process = { inUse, increment, occurrences };
  return { file, line, growth, peak: undefined, allocations: undefined, process };
}
