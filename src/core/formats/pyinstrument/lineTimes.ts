import type { ExactLine, FunctionIndex } from '../../model/profile';

/** Seconds by line. */
type Lines = ReadonlyMap<number, number>;

/** A line of a file, in the outermost function that is on it. */
interface Place {
  readonly func: FunctionIndex;
  readonly file: string;
  readonly line: number;
}

/** A frame that the walk is in. */
interface Level {
  readonly own: ReadonlyMap<Place, number>;
  /** What the frames that it called cost. */
  called: Map<Place, number>;
}

/**
 * Adds up the times of lines on a walk through a tree of frames. Where a line is current in a frame
 * and in others that it called, as in a recursion, the tree does not tell how far these times are the
 * same: they are taken to be, as far as they can.
 */
export class LineTimes {
  readonly #places = new Map<string, Map<number, Place>>();
  readonly #path: Level[] = [];
  #total = new Map<Place, number>();

  enter(func: FunctionIndex, file: string | undefined, lines: Lines): void {
    const own = new Map<Place, number>();
    if (file !== undefined) {
      for (const [line, seconds] of lines) own.set(this.#place(func, file, line), seconds);
    }
    this.#path.push({ own, called: new Map() });
  }

  /** Goes back out of the frame that was entered last. */
  leave(): void {
    const level = this.#path.pop();
    if (!level) return;
    for (const [place, seconds] of level.own) {
      level.called.set(place, Math.max(seconds, level.called.get(place) ?? 0));
    }
    const around = this.#path.at(-1);
    if (around) around.called = joined(around.called, level.called);
    else this.#total = joined(this.#total, level.called);
  }

  toArray(): ExactLine[] {
    return Array.from(this.#total, ([place, total]) => ({
      ...place,
      hits: undefined,
      self: undefined,
      total,
      isSampled: true,
    }));
  }

  #place(func: FunctionIndex, file: string, line: number): Place {
    let lines = this.#places.get(file);
    if (!lines) this.#places.set(file, (lines = new Map<number, Place>()));
    let place = lines.get(line);
    if (!place) lines.set(line, (place = { func, file, line }));
    return place;
  }
}

/** The sums of two, one of which it changes: the larger, so that a deep tree takes no time squared. */
function joined(a: Map<Place, number>, b: Map<Place, number>): Map<Place, number> {
  const [smaller, larger] = a.size < b.size ? [a, b] : [b, a];
  for (const [place, seconds] of smaller) larger.set(place, (larger.get(place) ?? 0) + seconds);
  return larger;
}
