/** How hot a duration is, 1 to 5. */
export type HeatLevel = 1 | 2 | 3 | 4 | 5;

/**
 * Where the next level begins, in milliseconds: up to 50 ms a page feels immediate, 200 ms is what
 * many teams allow a request, at 1 s users notice, at 5 s they leave.
 */
const THRESHOLDS_MS = [50, 200, 1_000, 5_000];

/** Icons of the levels, each of another shape, so that they are told apart without colours. */
const ICONS: Readonly<Record<HeatLevel, string>> = {
  1: 'circle-small',
  2: 'circle-outline',
  3: 'circle-filled',
  4: 'triangle-up',
  5: 'flame',
};

/** The level of a request's duration. */
export function heatLevel(milliseconds: number): HeatLevel {
  const exceeded = THRESHOLDS_MS.filter((threshold) => milliseconds >= threshold).length;
  return (exceeded + 1) as HeatLevel;
}

/** Name of the level's product icon. */
export function heatIcon(level: HeatLevel): string {
  return ICONS[level];
}

/** Name of the level's theme colour. */
export function heatColor(level: HeatLevel): string {
  return `hotline.heat${level}Foreground`;
}
