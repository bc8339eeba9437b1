import type { ExactLine } from '../../model/profile';
import { at } from '../../model/typedArrays';

/** Adds up line costs by function, file and line; sampled ones apart from those that were measured. */
export class MergedLines {
  readonly #byFile = new Map<string, Map<string, ExactLine>>();

  /** @param functions index in the merged profile of each function of the lines' profile */
  add(lines: readonly ExactLine[], functions: Int32Array): void {
    for (const line of lines) {
      const func = at(functions, line.func);
      let ofFile = this.#byFile.get(line.file);
      if (!ofFile) this.#byFile.set(line.file, (ofFile = new Map<string, ExactLine>()));
      const key = `${line.line}:${func}:${line.isSampled === true}`;
      const known = ofFile.get(key);
      ofFile.set(key, known ? sumOf(known, line) : { ...line, func });
    }
  }

  finish(): ExactLine[] {
    return [...this.#byFile.values()].flatMap((lines) => [...lines.values()]);
  }
}

function sumOf(a: ExactLine, b: ExactLine): ExactLine {
  return {
    ...a,
    hits: plus(a.hits, b.hits),
    self: plus(a.self, b.self),
    total: a.total + b.total,
    waiting: plus(a.waiting, b.waiting),
    isEstimated: a.isEstimated === true || b.isEstimated === true,
  };
}

/** The sum of what is known; `undefined` where neither is. */
export function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : a + (b ?? 0);
}
