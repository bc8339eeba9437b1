import { FunctionTable } from './builder';
import { NumberList } from './numberList';
import { PairIndex, notFound } from './pairIndex';
import type { Frame, FrameIndex, FunctionIndex } from './profile';

/** Lines are kept in 32 bits; what has a greater one is damaged. */
const greatestLine = 0x7fffffff;

/** Collects frames, each function at each line once, in the order of their first appearance. */
export class FrameTable {
  /** What the functions of the frames are indexes into. */
  readonly functions = new FunctionTable();
  readonly frames: Frame[] = [];
  readonly #functionOf = NumberList.int32();
  /** 0 where the line is unknown. */
  readonly #lineOf = NumberList.int32();
  readonly #index = new PairIndex(this.#functionOf, this.#lineOf);

  /** @param line the executing line, 1-based; `undefined` where it is unknown */
  indexOf(func: FunctionIndex, line: number | undefined): FrameIndex {
    const known = line !== undefined && line <= greatestLine ? line : undefined;
    let index = this.#index.find(func, known ?? 0);
    if (index === notFound) {
      index = this.frames.push({ func, line: known }) - 1;
      this.#functionOf.push(func);
      this.#lineOf.push(known ?? 0);
      this.#index.remember(index);
    }
    return index;
  }
}
