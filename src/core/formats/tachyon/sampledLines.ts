import { FunctionTable } from '../../model/builder';
import type { ExactLine, FunctionIndex, Profile } from '../../model/profile';
import { isCost, lineNumber } from '../encoding/numbers';
import { damaged } from '../failures';
import type { SampleWeight } from './samples';

/** Samples of one line of a function. */
export interface SampledLine {
  readonly name: string;
  /** `undefined` where it is no function of a file. */
  readonly file: string | undefined;
  readonly line: number;
  /** Samples in which it was the innermost one. */
  readonly self: number;
  /** Samples in which it was on the stack. */
  readonly cumulative: number;
}

/** Samples by line, as those outputs of Tachyon have them that hold no stacks. */
export class SampledLines {
  readonly #functions = new FunctionTable();
  /** Samples, parallel to the functions. */
  readonly #stats: { self: number; total: number }[] = [];
  /** By function, then by line. */
  readonly #lines = new Map<FunctionIndex, Map<number, { self: number; total: number }>>();
  #samples = 0;
  /** The most that a line was on the stack. */
  #greatest = 0;

  add({ name, file, line, self, cumulative }: SampledLine): void {
    if (!isCount(self) || !isCount(cumulative)) throw damaged('Tachyon', 'a count is none');
    const func = this.#functions.indexOf(name, file, undefined);
    const stats = (this.#stats[func] ??= { self: 0, total: 0 });
    stats.self += self;
    stats.total += cumulative;
    this.#samples += self;
    this.#greatest = Math.max(this.#greatest, cumulative);
    const known = lineNumber(line);
    if (file === undefined || known === undefined) return;
    let lines = this.#lines.get(func);
    if (!lines) this.#lines.set(func, (lines = new Map<number, { self: number; total: number }>()));
    const sums = lines.get(known) ?? { self: 0, total: 0 };
    lines.set(known, { self: sums.self + self, total: sums.total + cumulative });
  }

  /**
   * @param samples how many there were in all, if more than the lines have
   */
  finish(
    { unit, each }: SampleWeight,
    samples: number,
  ): Pick<Profile, 'unit' | 'total' | 'functions' | 'data' | 'lines'> {
    // A recursion counts once for each of its lines on the stack: never for more than there is.
    const most = Math.max(samples, this.#samples, this.#greatest);
    const cost = (count: number): number => Math.min(count, most) * each;
    return {
      unit,
      total: this.#samples * each,
      functions: this.#functions.functions,
      data: {
        kind: 'callGraph',
        stats: this.#stats.map(({ self, total }) => ({
          calls: undefined,
          primitiveCalls: undefined,
          self: self * each,
          total: cost(total),
        })),
        edges: [],
      },
      lines: this.#exactLines(each, cost),
    };
  }

  #exactLines(each: number, cost: (count: number) => number): ExactLine[] {
    return [...this.#lines].flatMap(([func, lines]) => {
      const file = this.#functions.functions[func]?.file ?? '';
      return [...lines].map(([line, { self, total }]) => ({
        func,
        file,
        line,
        hits: undefined,
        self: self * each,
        total: cost(total),
      }));
    });
  }
}

function isCount(value: number): boolean {
  return value >= 0 && isCost(value);
}
