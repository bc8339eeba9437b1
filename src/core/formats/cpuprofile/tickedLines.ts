import type { ExactLine, FunctionIndex } from '../../model/profile';
import { isCost, lineNumber } from '../encoding/numbers';
import { isObject } from '../encoding/json';
import { damaged } from '../failures';
import type { ProfileNode } from './nodes';
import { label } from './values';

/** What a line has so far. */
interface Ticked {
  readonly hits: number;
  readonly self: number;
}

/**
 * Collects the lines of `positionTicks`: how often V8 found each line of a function on top of the
 * stack. What a line called is in no tick, so its total is its own cost.
 */
export class TickedLines {
  readonly #lines = new Map<FunctionIndex, Map<number, Ticked>>();
  readonly #files = new Map<FunctionIndex, string>();

  /** @param self what the node cost itself, which its ticks share */
  add(func: FunctionIndex, file: string, { positionTicks }: ProfileNode, self: number): void {
    const ticks = positionTicks.map(readTick);
    const all = ticks.reduce((sum, { ticks }) => sum + ticks, 0);
    if (all === 0) return;
    this.#files.set(func, file);
    let lines = this.#lines.get(func);
    if (!lines) this.#lines.set(func, (lines = new Map<number, Ticked>()));
    for (const { line, ticks: hits } of ticks) {
      const known = lines.get(line) ?? { hits: 0, self: 0 };
      lines.set(line, { hits: known.hits + hits, self: known.self + (self * hits) / all });
    }
  }

  toArray(): ExactLine[] {
    return [...this.#lines].flatMap(([func, lines]) =>
      [...lines].map(([line, { hits, self }]) => ({
        func,
        file: this.#files.get(func) ?? '',
        line,
        hits,
        self,
        total: self,
        isSampled: true,
      })),
    );
  }
}

function readTick(tick: unknown): { readonly line: number; readonly ticks: number } {
  const { line, ticks } = isObject(tick) ? tick : {};
  const known = typeof line === 'number' ? lineNumber(line) : undefined;
  if (known === undefined || typeof ticks !== 'number' || ticks < 0 || !isCost(ticks)) {
    throw damaged(label, 'a tick is at no line');
  }
  return { line: known, ticks };
}
