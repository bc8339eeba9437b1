/** Levels of a change to either side of none. */
const LEVELS = 4;

/** Where the levels begin, as parts of the scale's end: few frames have most of a change. */
const BOUNDS = [0.01, 0.05, 0.2, 0.5] as const;

/** What ends of scales are: of 1, 2 or 5 times a power of ten, the least that reaches. */
const ENDS = [1, 2, 5, 10] as const;

/** How strong a change is: 1 to 4 where it costs more, -1 to -4 where less, else 0. */
export type ColorLevel = -4 | -3 | -2 | -1 | 0 | 1 | 2 | 3 | 4;

/** One colour of the scale and what it stands for, in the costs' unit. */
export interface ColorStep {
  readonly level: ColorLevel;
  /** The changes that have it lie from here... */
  readonly from: number;
  /** ...to here. */
  readonly to: number;
}

/**
 * Colours for changes in both directions: as strong for as much less as for as much more, however
 * far one of the directions goes.
 */
export class ColorScale {
  /** The largest change that the scale tells; 0 where nothing changed. */
  readonly end: number;

  /** @param changes what is to be coloured; unknown ones are NaN */
  constructor(changes: Iterable<number>) {
    let largest = 0;
    for (const change of changes) {
      if (Math.abs(change) > largest) largest = Math.abs(change);
    }
    this.end = roundedUp(largest);
  }

  /** The colour of a change; that of none where it is unknown. */
  level(change: number): ColorLevel {
    const level = BOUNDS.filter((bound) => Math.abs(change) >= bound * this.end).length;
    if (this.end === 0 || level === 0 || Number.isNaN(change)) return 0;
    return (change < 0 ? -level : level) as ColorLevel;
  }

  /** All colours from that of the largest decrease to that of the largest increase. */
  steps(): ColorStep[] {
    const bounds = [...BOUNDS.map((bound) => bound * this.end), this.end];
    const more = Array.from({ length: LEVELS }, (_, index): ColorStep => ({
      level: (index + 1) as ColorLevel,
      from: bounds[index] ?? 0,
      to: bounds[index + 1] ?? 0,
    }));
    const less = more.map(({ level, from, to }): ColorStep => ({
      level: -level as ColorLevel,
      from: -to,
      to: -from,
    }));
    const least = bounds[0] ?? 0;
    return [...less.reverse(), { level: 0, from: -least, to: least }, ...more];
  }
}

function roundedUp(value: number): number {
  if (value === 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const end = ENDS.find((each) => each * power >= value) ?? 10;
  return end * power;
}
