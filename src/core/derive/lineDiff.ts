/** Where a line of an earlier text stands in a later one. */
export interface CarriedLine {
  /** 0-based. */
  readonly line: number;
  /** Whether it reads otherwise than before, its indentation apart. */
  readonly isChanged: boolean;
}

/** Parts of both texts, ends excluded. */
interface Range {
  readonly start: readonly [before: number, after: number];
  readonly end: readonly [before: number, after: number];
}

/** A line that was moved has at least so many characters: shorter ones stand everywhere. */
const SHORTEST_MOVED = 8;

/** Pairs of lines that are compared in one changed place; a larger one was written anew. */
const MOST_COMPARED = 10_000;

/** Share of their words that two lines have in common when one was made from the other. */
const LEAST_SIMILARITY = 0.5;

/**
 * Where each line of an earlier text is in a later one, `undefined` where it was deleted.
 *
 * Lines are matched by the patience diff (Bram Cohen): those that occur once in both texts hold the
 * rest in place, and what lies between them is matched in the same way. Of what is left over, lines
 * that were moved as they are, and lines that were made from others, are matched by their text.
 */
export function carryLines(
  before: readonly string[],
  after: readonly string[],
): (CarriedLine | undefined)[] {
  return new LineDiff(before, after).run();
}

class LineDiff {
  readonly #before: readonly string[];
  readonly #after: readonly string[];
  readonly #carried: (CarriedLine | undefined)[];
  readonly #taken: Uint8Array;

  constructor(before: readonly string[], after: readonly string[]) {
    this.#before = before.map((text) => text.trim());
    this.#after = after.map((text) => text.trim());
    this.#carried = before.map(() => undefined);
    this.#taken = new Uint8Array(after.length);
  }

  run(): (CarriedLine | undefined)[] {
    const gaps: Range[] = [];
    const open: Range[] = [{ start: [0, 0], end: [this.#before.length, this.#after.length] }];
    for (let range = open.pop(); range; range = open.pop()) {
      const inner = this.#matchEnds(range);
      const anchors = ascending(this.#commonOnce(inner));
      if (anchors.length > 0) open.push(...between(inner, anchors));
      else gaps.push(inner);
    }
    this.#matchMoved();
    for (const gap of gaps) this.#matchSimilar(gap);
    return this.#carried;
  }

  #carry(before: number, after: number): void {
    this.#carried[before] = { line: after, isChanged: this.#before[before] !== this.#after[after] };
    this.#taken[after] = 1;
  }

  /** Matches equal lines at both ends. @returns what is between them */
  #matchEnds({ start, end }: Range): Range {
    let [fromBefore, fromAfter] = start;
    let [toBefore, toAfter] = end;
    const isOpen = (): boolean => fromBefore < toBefore && fromAfter < toAfter;
    while (isOpen() && this.#before[fromBefore] === this.#after[fromAfter]) {
      this.#carry(fromBefore++, fromAfter++);
    }
    while (isOpen() && this.#before[toBefore - 1] === this.#after[toAfter - 1]) {
      this.#carry(--toBefore, --toAfter);
    }
    return { start: [fromBefore, fromAfter], end: [toBefore, toAfter] };
  }

  /** Pairs of lines whose text is in both parts exactly once, ascending in the earlier text. */
  #commonOnce({ start, end }: Range): (readonly [before: number, after: number])[] {
    const before = onlyPlaces(this.#before, start[0], end[0]);
    const after = onlyPlaces(this.#after, start[1], end[1]);
    return [...before].flatMap(([text, line]) => {
      const other = after.get(text);
      return line < 0 || other === undefined || other < 0 ? [] : [[line, other] as const];
    });
  }

  /** Matches lines that stand elsewhere as they were, where there is no doubt which is which. */
  #matchMoved(): void {
    const lost = this.#before.map((text, line) => (this.#carried[line] ? '' : text));
    const free = this.#after.map((text, line) => (this.#taken[line] ? '' : text));
    const places = onlyPlaces(free, 0, free.length);
    for (const [text, line] of onlyPlaces(lost, 0, lost.length)) {
      const place = places.get(text) ?? -1;
      if (line >= 0 && place >= 0 && text.length >= SHORTEST_MOVED) this.#carry(line, place);
    }
  }

  #matchSimilar({ start, end }: Range): void {
    const before = lines(start[0], end[0]).filter((line) => !this.#carried[line]);
    const after = lines(start[1], end[1]).filter((line) => !this.#taken[line]);
    const [only] = before;
    const [other] = after;
    if (only === undefined || other === undefined) return;
    if (before.length === 1 && after.length === 1) {
      this.#carry(only, other);
      return;
    }
    if (before.length * after.length > MOST_COMPARED) return;
    const words = (text = ''): string[] => text.match(/\w+|[^\w\s]/g) ?? [];
    let from = 0;
    for (const line of before) {
      const own = words(this.#before[line]);
      const rest = after.slice(from).map((each) => similarity(own, words(this.#after[each])));
      const best = rest.reduce(
        (most, value, index) => (value > (rest[most] ?? 0) ? index : most),
        0,
      );
      const place = after[from + best];
      if (place === undefined || (rest[best] ?? 0) < LEAST_SIMILARITY) continue;
      this.#carry(line, place);
      from += best + 1;
    }
  }
}

/** The line of each text that stands in a part; -1 of one that stands there more than once. */
function onlyPlaces(texts: readonly string[], start: number, end: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let line = start; line < end; line += 1) {
    const text = texts[line] ?? '';
    if (text !== '') places.set(text, places.has(text) ? -1 : line);
  }
  return places;
}

/** The longest run of pairs that ascends in both texts, of pairs that ascend in the first (patience sorting). */
function ascending<Pair extends readonly [number, number]>(pairs: readonly Pair[]): Pair[] {
  const tops: number[] = [];
  const previous: number[] = [];
  for (const [index, [, after]] of pairs.entries()) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < after) low = middle + 1;
      else high = middle;
    }
    previous[index] = tops[low - 1] ?? -1;
    tops[low] = index;
  }
  const run: Pair[] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair) run.push(pair);
  }
  return run.reverse();
}

/** The parts that begin with each anchor and end before the next, and the one before the first. */
function between(
  { start, end }: Range,
  anchors: readonly (readonly [before: number, after: number])[],
): Range[] {
  const starts = [start, ...anchors];
  return starts.map((from, index) => ({ start: from, end: starts[index + 1] ?? end }));
}

/** Twice the words that two lines share, by the words of both. */
function similarity(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of b) {
    const count = left.get(word) ?? 0;
    if (count > 0) common += 1;
    left.set(word, count - 1);
  }
  return a.length + b.length === 0 ? 0 : (2 * common) / (a.length + b.length);
}

function lines(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
