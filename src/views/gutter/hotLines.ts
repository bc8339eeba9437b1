import { HOT, type HeatLevel } from './heat';

/** A row of the table where it stands now. */
export interface PlacedLine {
  /** 0-based. */
  readonly at: number;
  readonly level: HeatLevel;
  readonly cost: number;
}

/**
 * The hot line after (or before) a line, in the order of the file and around its ends. Where no
 * line is hot, the hottest there are count as such.
 */
export function hotLineFrom<T extends PlacedLine>(
  placed: readonly T[],
  from: number,
  direction: 'next' | 'previous',
): T | undefined {
  const hottest = placed.reduce((level, line) => Math.max(level, line.level), 0);
  const hot = placed
    .filter(({ level }) => level >= Math.min(HOT, hottest))
    .sort((a, b) => a.at - b.at);
  return direction === 'next'
    ? (hot.find(({ at }) => at > from) ?? hot[0])
    : (hot.findLast(({ at }) => at < from) ?? hot.at(-1));
}

/** The line that costs the next less than the one at `from`, the costliest after the last or from elsewhere. */
export function nextHottest<T extends PlacedLine>(
  placed: readonly T[],
  from: number,
): T | undefined {
  const byCost = [...placed].sort((a, b) => b.cost - a.cost || a.at - b.at);
  const index = byCost.findIndex(({ at }) => at === from);
  return byCost[index + 1] ?? byCost[0];
}
