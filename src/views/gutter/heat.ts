/** How hot a line is: 5 is the hottest; 0 is a line whose share is not known. */
export type HeatLevel = 0 | 1 | 2 | 3 | 4 | 5;

/** Levels from which a line is one that the hot line commands stop at. */
export const HOT: HeatLevel = 3;

/** The least share of the base that makes a level. */
const LEAST_SHARE: readonly (readonly [level: HeatLevel, share: number])[] = [
  [5, 0.5],
  [4, 0.2],
  [3, 0.05],
  [2, 0.01],
];

/** The level of a line by its share (0 to 1) of what % Time is of. */
export function heatLevel(share: number | undefined): HeatLevel {
  if (share === undefined) return 0;
  return LEAST_SHARE.find(([, least]) => share >= least)?.[0] ?? 1;
}
