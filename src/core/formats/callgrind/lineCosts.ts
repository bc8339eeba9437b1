import type { ExactLine, FunctionIndex } from '../../model/profile';

/** Where a cost was spent. */
export interface Place {
  readonly func: FunctionIndex;
  /** The file of the line, which inlining makes another than the function's; `undefined` if unknown. */
  readonly file: string | undefined;
  /** `undefined` where the writer knows none. */
  readonly line: number | undefined;
}

interface LineCost {
  hits: number | undefined;
  self: number;
  /** Inclusive cost of the calls made at the line. */
  calls: number;
}

/** Adds up the costs of lines, in the file's own events. */
export class LineCosts {
  /** By function, then by file, then by line. */
  readonly #lines = new Map<FunctionIndex, Map<string, Map<number, LineCost>>>();

  addSelf(place: Place, cost: number, hits: number | undefined): void {
    const line = this.#at(place);
    if (!line) return;
    line.self += cost;
    if (hits !== undefined) line.hits = (line.hits ?? 0) + hits;
  }

  addCall(place: Place, cost: number): void {
    const line = this.#at(place);
    if (line) line.calls += cost;
  }

  /** Whether some function has costs on several lines, so that the lines are more than first lines. */
  get tellLinesApart(): boolean {
    for (const files of this.#lines.values()) {
      for (const lines of files.values()) if (lines.size > 1) return true;
    }
    return false;
  }

  /**
   * @param totals inclusive costs of the functions: what a recursion makes a line cost beyond its function is cut
   * @param perUnit events in one unit
   */
  toExactLines(totals: readonly number[], perUnit: number): ExactLine[] {
    const exact: ExactLine[] = [];
    for (const [func, files] of this.#lines) {
      const most = totals[func] ?? 0;
      for (const [file, lines] of files) {
        for (const [line, { hits, self, calls }] of lines) {
          const total = Math.min(self + calls, Math.max(self, most));
          exact.push({ func, file, line, hits, self: self / perUnit, total: total / perUnit });
        }
      }
    }
    return exact;
  }

  #at({ func, file, line }: Place): LineCost | undefined {
    if (file === undefined || line === undefined) return undefined;
    let files = this.#lines.get(func);
    if (!files) this.#lines.set(func, (files = new Map<string, Map<number, LineCost>>()));
    let lines = files.get(file);
    if (!lines) files.set(file, (lines = new Map<number, LineCost>()));
    let cost = lines.get(line);
    if (!cost) lines.set(line, (cost = { hits: undefined, self: 0, calls: 0 }));
    return cost;
  }
}
