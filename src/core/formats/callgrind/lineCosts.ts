import { NumberList } from '../../model/numberList';
import { PairIndex, notFound } from '../../model/pairIndex';
import type { ExactLine, FunctionIndex } from '../../model/profile';

/** Where a cost was spent. */
export interface Place {
  readonly func: FunctionIndex;
  /** The file of the line, which inlining makes another than the function's; `undefined` if unknown. */
  readonly file: string | undefined;
  /** `undefined` where the writer knows none. */
  readonly line: number | undefined;
}

/** Lines are kept in 32 bits; what has a greater one is damaged. */
const greatestLine = 0x7fffffff;

/** Hits of a line that has none but those of calls. */
const unknownHits = -1;

/** Adds up the costs of lines, in the file's own events. Lists instead of objects: there may be a line for every few bytes. */
export class LineCosts {
  readonly #files: string[] = [];
  readonly #fileIndexes = new Map<string, number>();
  /** A part of a function: its lines in one file. */
  readonly #parts = new Pairs();
  /** Lines of parts. */
  readonly #lines = new Pairs();
  // Parallel to the lines.
  readonly #hits = NumberList.float64();
  readonly #self = NumberList.float64();
  /** Inclusive cost of the calls made at the line. */
  readonly #calls = NumberList.float64();

  addSelf(place: Place, cost: number, hits: number | undefined): void {
    const line = this.#at(place);
    if (line === undefined) return;
    this.#self.set(line, this.#self.at(line) + cost);
    if (hits !== undefined) this.#hits.set(line, Math.max(0, this.#hits.at(line)) + hits);
  }

  addCall(place: Place, cost: number): void {
    const line = this.#at(place);
    if (line !== undefined) this.#calls.set(line, this.#calls.at(line) + cost);
  }

  /** Whether some function has costs on several lines of a file, so that the lines are more than first lines. */
  get tellLinesApart(): boolean {
    return this.#lines.length > this.#parts.length;
  }

  /**
   * @param totals inclusive costs of the functions: what a recursion makes a line cost beyond its function is cut
   * @param perUnit events in one unit
   * @param meaning whether all costs are those of lines, or only the calls
   */
  toExactLines(
    totals: readonly number[],
    perUnit: number,
    meaning: 'executing' | 'call',
  ): ExactLine[] {
    return Array.from({ length: this.#lines.length }, (_, index) => {
      const part = this.#lines.firstAt(index);
      const func = this.#parts.firstAt(part);
      const self = this.#self.at(index);
      const hits = this.#hits.at(index);
      const most = Math.max(self, totals[func] ?? 0);
      return {
        func,
        file: this.#files[this.#parts.secondAt(part)] ?? '',
        line: this.#lines.secondAt(index),
        hits: hits === unknownHits ? undefined : hits,
        self: meaning === 'executing' ? self / perUnit : undefined,
        total: Math.min(self + this.#calls.at(index), most) / perUnit,
      };
    });
  }

  #at({ func, file, line }: Place): number | undefined {
    if (file === undefined || line === undefined || line > greatestLine) return undefined;
    const index = this.#lines.indexOf(this.#parts.indexOf(func, this.#fileIndex(file)), line);
    if (index === this.#self.length) {
      this.#hits.push(unknownHits);
      this.#self.push(0);
      this.#calls.push(0);
    }
    return index;
  }

  #fileIndex(file: string): number {
    let index = this.#fileIndexes.get(file);
    if (index === undefined) {
      index = this.#files.push(file) - 1;
      this.#fileIndexes.set(file, index);
    }
    return index;
  }
}

/** Pairs of integers, each once, in the order of their first appearance. */
class Pairs {
  readonly #first = NumberList.int32();
  readonly #second = NumberList.int32();
  readonly #index = new PairIndex(this.#first, this.#second);

  get length(): number {
    return this.#first.length;
  }

  firstAt(index: number): number {
    return this.#first.at(index);
  }

  secondAt(index: number): number {
    return this.#second.at(index);
  }

  indexOf(first: number, second: number): number {
    const known = this.#index.find(first, second);
    if (known !== notFound) return known;
    this.#first.push(first);
    this.#second.push(second);
    this.#index.remember(this.length - 1);
    return this.length - 1;
  }
}
