import type {
  FollowedFunction,
  MemoryLine,
  Place,
  ProcessMemory,
  Query,
  RequestRecord,
  Span,
  TemplateLine,
} from '../../model/requestRecord';
import { at } from '../../model/typedArrays';
import { plus } from './lines';

/** Queries, and other timed calls, that a merged profile keeps; of 1,000 requests there may be millions. */
const MAXIMUM_ENTRIES = 20_000;

/** Adds up what a profiler of web requests records besides stacks and lines. */
export class MergedRecords {
  readonly #functions = new Map<number, FollowedFunction>();
  readonly #queries: Query[] = [];
  readonly #spans: Span[] = [];
  readonly #templateLines = new Map<string, TemplateLine>();
  readonly #memoryLines = new Map<string, MemoryLine>();
  /** By path; `undefined` where the profiles are of different contents. */
  readonly #hashes = new Map<string, string | undefined>();
  #leftOut = 0;
  #isEmpty = true;

  /** @param functions index in the merged profile of each function of the record's profile */
  add(record: RequestRecord, functions: Int32Array): void {
    this.#isEmpty = false;
    for (const each of record.functions)
      this.#addFunction({ ...each, func: at(functions, each.func) });
    this.#leftOut += append(this.#queries, record.queries) + append(this.#spans, record.spans);
    for (const line of record.templateLines) addLine(this.#templateLines, line, sumOfTemplate);
    for (const line of record.memoryLines) addLine(this.#memoryLines, line, sumOfMemory);
    for (const [file, hash] of record.sourceHashes) {
      const isOther = this.#hashes.has(file) && this.#hashes.get(file) !== hash;
      this.#hashes.set(file, isOther ? undefined : hash);
    }
  }

  /** `undefined` where no profile has a record. */
  finish(): RequestRecord | undefined {
    if (this.#isEmpty) return undefined;
    return {
      functions: [...this.#functions.values()],
      queries: this.#queries,
      spans: this.#spans,
      templateLines: [...this.#templateLines.values()],
      memoryLines: [...this.#memoryLines.values()],
      sourceHashes: new Map(
        [...this.#hashes].flatMap(([file, hash]) => (hash === undefined ? [] : [[file, hash]])),
      ),
    };
  }

  /** A sentence for each thing that is missing in the sum. */
  warnings(): string[] {
    const changed = [...this.#hashes.values()].filter((hash) => hash === undefined).length;
    return [
      ...(this.#leftOut > 0
        ? [`${this.#leftOut} of the SQL queries and other timed calls are left out.`]
        : []),
      ...(changed > 0
        ? [
            `${changed === 1 ? 'A source file' : `${changed} source files`} changed between the profiles.`,
          ]
        : []),
    ];
  }

  #addFunction(own: FollowedFunction): void {
    const known = this.#functions.get(own.func);
    this.#functions.set(
      own.func,
      known
        ? {
            func: own.func,
            calls: known.calls + own.calls,
            total: known.total + own.total,
            isEstimated: known.isEstimated || own.isEstimated,
          }
        : own,
    );
  }
}

/** Appends what there is room for, and returns how many there was none for. */
function append<T>(list: T[], added: readonly T[]): number {
  const room = Math.max(0, MAXIMUM_ENTRIES - list.length);
  for (const each of added.slice(0, room)) list.push(each);
  return Math.max(0, added.length - room);
}

function addLine<T extends Place>(lines: Map<string, T>, line: T, sum: (a: T, b: T) => T): void {
  const key = `${line.line}:${line.file}`;
  const known = lines.get(key);
  lines.set(key, known ? sum(known, line) : line);
}

function sumOfTemplate(a: TemplateLine, b: TemplateLine): TemplateLine {
  return {
    ...a,
    hits: a.hits + b.hits,
    total: a.total + b.total,
    self: plus(a.self, b.self),
    isEstimated: a.isEstimated || b.isEstimated,
  };
}

function sumOfMemory(a: MemoryLine, b: MemoryLine): MemoryLine {
  return {
    ...a,
    growth: a.growth + b.growth,
    peak: greater(a.peak, b.peak),
    allocations: plus(a.allocations, b.allocations),
    process: sumOfProcess(a.process, b.process),
  };
}

function sumOfProcess(
  a: ProcessMemory | undefined,
  b: ProcessMemory | undefined,
): ProcessMemory | undefined {
  if (!a || !b) return a ?? b;
  return {
    inUse: Math.max(a.inUse, b.inUse),
    increment: a.increment + b.increment,
    occurrences: plus(a.occurrences, b.occurrences),
  };
}

function greater(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : Math.max(a, b ?? a);
}
