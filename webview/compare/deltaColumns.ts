import type { FunctionDelta, Unit } from '../../src/protocol/comparison';
import { formatPlace } from '../table/format';
import { changeOf, relativeChangeOf } from './delta';
import { formatCalls, formatChange, formatCost, formatRelative } from './format';
import { placeOf } from './functionPlace';

/** A column of the table of deltas. */
export type DeltaColumnId =
  | 'name'
  | 'mark'
  | 'place'
  | 'callsBefore'
  | 'callsAfter'
  | `${'self' | 'total'}${'Before' | 'After' | 'Change' | 'Relative'}`;

/** A column over functions. */
export interface DeltaColumn {
  readonly id: DeltaColumnId;
  readonly title: string;
  /** The title in a sentence. */
  readonly description: string;
  readonly text: (func: FunctionDelta) => string;
  /** What is cut off or left out of the text. */
  tooltip?(func: FunctionDelta): string;
  /** What rows are sorted by: the largest number, or the first text, first. NaN where it is unknown. */
  readonly sortBy: (func: FunctionDelta) => number | string;
}

/** The columns of the table: the function, where it is, and its costs on both sides. */
export function deltaColumns(unit: Unit): DeltaColumn[] {
  return [
    {
      id: 'name',
      title: 'function',
      description: 'Name of the function',
      text: ({ name }) => name,
      tooltip: ({ name }) => name,
      sortBy: ({ name }) => name,
    },
    {
      id: 'place',
      title: 'file:line',
      description: 'File and line of the definition; on the side before where it is gone',
      text: (func) => placeText(func, true),
      tooltip: (func) => placeText(func, false),
      sortBy: (func) => placeText(func, false),
    },
    {
      id: 'mark',
      title: 'mark',
      description:
        'Whether the function is new or gone, or its change exceeds the spread of requests',
      text: markOf,
      sortBy: markOf,
    },
    ...costColumns('self', 'in the function itself', unit),
    ...costColumns('total', 'in the function and all it called', unit),
    callsColumn('callsBefore', 'before'),
    callsColumn('callsAfter', 'after'),
  ];
}

/** `new`, `gone`, `beyond spread`, or nothing. */
export function markOf({ before, after, isBeyondSpread }: FunctionDelta): string {
  if (!before) return 'new';
  if (!after) return 'gone';
  return isBeyondSpread ? 'beyond spread' : '';
}

function costColumns(cost: 'self' | 'total', where: string, unit: Unit): DeltaColumn[] {
  const what = `${where}, a request`;
  return [
    {
      id: `${cost}Before`,
      title: `${cost} before`,
      description: `Cost ${what}, before`,
      text: (func) => formatCost(func[cost].before, unit),
      sortBy: (func) => func[cost].before ?? NaN,
    },
    {
      id: `${cost}After`,
      title: `${cost} after`,
      description: `Cost ${what}, after`,
      text: (func) => formatCost(func[cost].after, unit),
      sortBy: (func) => func[cost].after ?? NaN,
    },
    {
      id: `${cost}Change`,
      title: `${cost} change`,
      description: `Change of the cost ${what}`,
      text: (func) => formatChange(changeOf(func[cost]), unit),
      sortBy: (func) => changeOf(func[cost]),
    },
    {
      id: `${cost}Relative`,
      title: `${cost} %`,
      description: `Change of the cost ${what}, as a share of what it was before`,
      text: (func) => formatRelative(relativeChangeOf(func[cost])),
      sortBy: (func) => relativeChangeOf(func[cost]),
    },
  ];
}

function callsColumn(id: 'callsBefore' | 'callsAfter', side: 'before' | 'after'): DeltaColumn {
  return {
    id,
    title: `calls ${side}`,
    description: `Number of calls a request, ${side}`,
    text: ({ calls }) => formatCalls(calls[side]),
    sortBy: ({ calls }) => calls[side] ?? NaN,
  };
}

function placeText(func: FunctionDelta, isShort: boolean): string {
  const { file, line } = placeOf(func);
  return formatPlace(file, line ?? 0, isShort);
}
