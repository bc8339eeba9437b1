import type { Annotations } from '../../core/derive/annotations';
import { comparedKinds } from './comparedColumns';
import type { Measured } from './measured';
import { isRepeated, REPEATED_MARK } from './repeatedQueries';
import {
  formatCount,
  formatPercent,
  MEMORY_UNIT,
  printCost,
  printCount,
  printMemory,
  shortTime,
  type DisplayUnit,
} from './numbers';

/** How the cells of a column are made. */
export interface ColumnKind {
  readonly title: string;
  cell(measured: Measured, share: number | undefined): string;
}

/** Widths beyond which line_profiler 5 turns to scientific notation. */
const WIDEST = { hits: 9, time: 12, perHit: 8 };

/** Stands before numbers that were measured in part and concluded from that. */
export const ESTIMATED_MARK = '≈';

/** The columns for what a profile holds; when compact, the percentage alone. */
export function columnKinds(
  annotations: Annotations,
  unit: DisplayUnit,
  mode: 'compact' | 'full',
): ColumnKind[] {
  if (annotations.isComparison) return comparedKinds(annotations.unit, mode);
  const percent: ColumnKind = {
    title: `% ${unit.title}`,
    cell: (_, share) => (share === undefined ? '' : formatPercent(share)),
  };
  return mode === 'full' ? [...costKinds(annotations, unit), percent] : [percent];
}

/** The columns left of the percentage. */
function costKinds({ lineData, files }: Annotations, unit: DisplayUnit): ColumnKind[] {
  const time = cost(unit.title, WIDEST.time, unit, ({ cost }) => cost);
  const self = cost('Self', WIDEST.time, unit, ({ self }) => self);
  switch (lineData) {
    case 'exact':
      return [hits('Hits', isMeasured), time, cost('Per Hit', WIDEST.perHit, unit, perHit)];
    case 'sampled':
      // The cost of a sample is the tool's interval and tells nothing of the line.
      return [hits('Samples', isSampled), time, self];
    case 'memory':
      return isOfProcess(files) ? PROCESS_MEMORY : ALLOCATED_MEMORY;
    case 'none':
      return [
        CALLS,
        cost('Tottime', WIDEST.time, unit, ({ self }) => self),
        cost('Cumtime', WIDEST.time, unit, ({ cost }) => cost),
      ];
  }
}

/** Whether the memory is that of the whole process, as memory_profiler measures it. */
function isOfProcess(files: Annotations['files']): boolean {
  return [...files.values()].some(({ lines }) => lines.some(({ process }) => process));
}

function cost(
  title: string,
  width: number,
  unit: DisplayUnit,
  value: (measured: Measured) => number | undefined,
): ColumnKind {
  return {
    title,
    cell: (measured) => {
      const known = value(measured);
      if (known === undefined) return '';
      // What has no unit is counted.
      const print = unit.label === '' ? printCount : printCost;
      return mark(measured) + print(known / unit.size, width);
    },
  };
}

/** Counts of those lines of which they are known: a sample is no hit. */
function hits(title: string, isKnown: (measured: Measured) => boolean): ColumnKind {
  return {
    title,
    cell: (measured) =>
      measured.hits === undefined || !isKnown(measured)
        ? ''
        : mark(measured) + printCount(measured.hits, WIDEST.hits),
  };
}

function isSampled({ measured }: Measured): boolean {
  return measured === 'sampled';
}

function isMeasured({ measured }: Measured): boolean {
  return measured !== 'sampled';
}

function mark({ measured }: Measured): string {
  return measured === 'estimated' ? ESTIMATED_MARK : '';
}

function memory(title: string, value: (measured: Measured) => number | undefined): ColumnKind {
  return {
    title,
    cell: (measured) => {
      const known = value(measured);
      return known === undefined ? '' : printMemory(known / MEMORY_UNIT.size);
    },
  };
}

const ALLOCATED_MEMORY = [
  memory('Growth MiB', ({ cost }) => cost),
  memory('Peak MiB', ({ peak }) => peak),
  hits('Allocations', isMeasured),
];

const PROCESS_MEMORY = [
  memory('Mem usage MiB', ({ process }) => process?.inUse),
  memory('Increment MiB', ({ process }) => process?.increment),
  hits('Occurrences', isMeasured),
];

/**
 * How many queries a line sent and how long they took together, marked where one was repeated. Only
 * files that sent queries have it.
 */
export const QUERIES: ColumnKind = {
  title: 'SQL',
  cell: ({ queries }) => {
    if (queries === undefined) return '';
    const text = `${formatCount(queries.count)} in ${shortTime(queries.time)}`;
    return isRepeated(queries) ? `${REPEATED_MARK} ${text}` : text;
  },
};

/** All calls, and where there was recursion the primitive ones after a slash, as pstats prints them. */
const CALLS: ColumnKind = {
  title: 'Calls',
  cell: ({ hits, primitiveCalls }) => {
    if (hits === undefined) return '';
    const all = printCount(hits, WIDEST.hits);
    return primitiveCalls === undefined || primitiveCalls === hits
      ? all
      : `${all}/${printCount(primitiveCalls, WIDEST.hits)}`;
  },
};

function perHit({ cost, hits, measured }: Measured): number | undefined {
  return measured === 'sampled' || hits === undefined || hits <= 0 ? undefined : cost / hits;
}
