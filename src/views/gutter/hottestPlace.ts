import type { AnnotatedFile, Annotations } from '../../core/derive/annotations';
import { measuredLines } from './measured';

/** A line of a profiled file. */
export interface ProfiledPlace {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly cost: number;
}

/** The place of each file worth showing first, the most telling file first. */
export function hottestPlaces(annotations: Annotations): ProfiledPlace[] {
  const places = [...annotations.files].flatMap(([path, file]) => placeIn(path, file, annotations));
  return places.sort((a, b) => rank(a, b, annotations.total));
}

function placeIn(path: string, file: AnnotatedFile, annotations: Annotations): ProfiledPlace[] {
  const places = measuredLines(file, annotations.lineData).map(({ line, cost }) => ({
    file: path,
    line,
    cost,
  }));
  return places.sort((a, b) => rank(a, b, annotations.total)).slice(0, 1);
}

/**
 * Costs count all that was called, so what stands above everything else has it all and tells
 * nothing. The most telling is the deepest that still has half of it: the least cost from half
 * of the total up, else the most.
 */
function rank(a: ProfiledPlace, b: ProfiledPlace, total: number): number {
  const half = total / 2;
  if (a.cost >= half && b.cost >= half) return a.cost - b.cost;
  return b.cost - a.cost;
}
