import type { ProfileEntry } from '../../profiles/profileEntry';
import { entryDurationMs, entryTimeMs } from '../../profiles/requestTitle';
import type { ViewState } from './viewState';

type Compare<T> = (one: T, other: T) => number;

/** The order of the rows: by the chosen fact, unknown ones last, then the newest first. */
export function entryOrder({
  sortBy,
  descending,
}: Pick<ViewState, 'sortBy' | 'descending'>): Compare<ProfileEntry> {
  const key = sortBy === 'duration' ? entryDurationMs : entryTimeMs;
  return (one, other) =>
    compareKnown(key(one), key(other), descending) ||
    compareKnown(entryTimeMs(one), entryTimeMs(other), true) ||
    compareText(one.path, other.path);
}

/** Orders numbers, `undefined` behind all of them whichever way they run. */
export function compareKnown(
  one: number | undefined,
  other: number | undefined,
  descending: boolean,
): number {
  if (one === undefined || other === undefined) {
    return Number(one === undefined) - Number(other === undefined);
  }
  return descending ? other - one : one - other;
}

/** Orders texts by their code units: the same on every system. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** Items in an order of which mostly only the beginning is wanted. */
export class Ordered<T> {
  readonly #items: readonly T[];
  readonly #compare: Compare<T>;
  #sorted: readonly T[] | undefined;
  #first: readonly T[] = [];

  constructor(items: readonly T[], compare: Compare<T>) {
    this.#items = items;
    this.#compare = compare;
  }

  get length(): number {
    return this.#items.length;
  }

  /** The items of these positions; the first ones without sorting all the others. */
  slice(start: number, end: number): readonly T[] {
    if (this.#sorted === undefined && start === 0) return this.#firstOnes(end);
    this.#sorted ??= [...this.#items].sort(this.#compare);
    return this.#sorted.slice(start, end);
  }

  #firstOnes(count: number): readonly T[] {
    if (this.#first.length !== count) this.#first = select(this.#items, this.#compare, count);
    return this.#first;
  }
}

/** The first `count` of the items in order, in time that is linear in their number. */
function select<T>(items: readonly T[], compare: Compare<T>, count: number): T[] {
  let best: T[] = [];
  let worst: T | undefined;
  const shrink = (): void => {
    best = best.sort(compare).slice(0, count);
    worst = best.length === count ? best.at(-1) : undefined;
  };
  for (const item of items) {
    if (worst !== undefined && compare(item, worst) >= 0) continue;
    best.push(item);
    if (best.length >= 2 * count) shrink();
  }
  shrink();
  return best;
}
