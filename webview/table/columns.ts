import type { CallColumns, TableSort } from '../../src/protocol/table';
import { formatCalls, formatCost, formatCount, formatPlace } from './format';
import type { Functions } from './functions';
import type { ColumnKind } from './grid';
import { isNumber } from './order';

/** A column of a grid, over rows of some kind. */
export interface Column<Row> {
  readonly id: TableSort;
  readonly title: string;
  /** The title in a sentence. */
  readonly description: string;
  readonly text: (row: Row) => string;
  /** What is cut off or left out of the text. */
  tooltip?(row: Row): string;
}

/** How a column looks. */
export function columnKind(id: TableSort): ColumnKind {
  return isNumber(id) ? 'number' : id;
}

/** The columns of the table of functions: those of pstats, or of a sampler where no calls are counted. */
export function functionColumns(functions: Functions): Column<number>[] {
  const { unit, isCounted, costs, samples } = functions.document;
  const words = wordsFor(functions);
  const cost = (id: 'self' | 'total' | 'selfPerCall' | 'totalPerCall'): Column<number> => ({
    id,
    ...words[id],
    text: (func) => formatCost(functions.value(func, id), unit),
  });
  const hasSelf = costs.self.some((self) => !Number.isNaN(self));
  const perCall = (id: 'selfPerCall' | 'totalPerCall'): Column<number>[] =>
    isCounted ? [cost(id)] : [];
  return [
    ...(isCounted ? [callsColumn(functions)] : []),
    ...(samples ? [samplesColumn(functions)] : []),
    ...(hasSelf ? [cost('self'), ...perCall('selfPerCall')] : []),
    cost('total'),
    ...perCall('totalPerCall'),
    ...placeColumns(functions, (func) => func),
  ];
}

/** The columns of a function's callers or callees, over indexes of calls. */
export function callColumns(functions: Functions, side: 'caller' | 'callee'): Column<number>[] {
  const { unit, calls } = functions.document;
  const { calls: counts, primitiveCalls, self, total } = calls;
  const words = wordsFor(functions);
  const column = (
    id: 'calls' | 'self' | 'total',
    text: (call: number) => string,
  ): Column<number> => ({
    id,
    ...words[id],
    description: CALL_DESCRIPTIONS[id],
    text,
  });
  const numbers = [
    column('calls', (call) => formatCalls(counts[call] ?? NaN, primitiveCalls[call] ?? NaN)),
    column('self', (call) => formatCost(self[call] ?? NaN, unit)),
    column('total', (call) => formatCost(total[call] ?? NaN, unit)),
  ];
  const known = numbers.filter(({ id }) => isKnown(calls, id as 'calls' | 'self' | 'total'));
  return [...known, ...placeColumns(functions, (call) => calls[side][call] ?? -1)];
}

const CALL_DESCRIPTIONS = {
  calls: 'Calls from this caller to this callee; those that are not recursive behind the stroke',
  self: 'Cost of the callee itself when called from this caller',
  total: 'Cost of the callee and all it called when called from this caller',
};

function callsColumn(functions: Functions): Column<number> {
  const { calls, primitiveCalls } = functions.document.costs;
  return {
    id: 'calls',
    title: 'ncalls',
    description: 'Number of calls; those that are not recursive behind the stroke',
    text: (func) => formatCalls(calls[func] ?? NaN, primitiveCalls[func] ?? NaN),
  };
}

function samplesColumn(functions: Functions): Column<number> {
  return {
    id: 'samples',
    title: 'samples',
    description: 'Number of samples with the function on the stack',
    text: (func) => formatCount(functions.value(func, 'samples')),
  };
}

function placeColumns(functions: Functions, functionOf: (row: number) => number): Column<number>[] {
  const place = (row: number, isShort: boolean): string => {
    const func = functionOf(row);
    return formatPlace(functions.file(func), functions.line(func), isShort);
  };
  return [
    {
      id: 'name',
      title: 'function',
      description: 'Name of the function',
      text: (row) => functions.name(functionOf(row)),
      tooltip: (row) => functions.name(functionOf(row)),
    },
    {
      id: 'place',
      title: 'file:line',
      description: 'File and line of the definition',
      text: (row) => place(row, true),
      tooltip: (row) => place(row, false),
    },
  ];
}

type Words = Readonly<
  Record<
    'calls' | 'self' | 'total' | 'selfPerCall' | 'totalPerCall',
    { readonly title: string; readonly description: string }
  >
>;

/** pstats' words for times of counted calls; samplers and other units have neither tottime nor cumtime. */
function wordsFor({ document: { unit, isCounted } }: Functions): Words {
  const isPstats = isCounted && unit === 'seconds';
  const self = `in the function itself, in ${unit}`;
  const total = `in the function and all it called, in ${unit}`;
  return {
    calls: { title: 'ncalls', description: 'Number of calls' },
    self: { title: isPstats ? 'tottime' : 'self', description: `Cost ${self}` },
    selfPerCall: { title: 'percall', description: `Cost of one call ${self}` },
    total: { title: isPstats ? 'cumtime' : 'total', description: `Cost ${total}` },
    totalPerCall: {
      title: 'percall',
      description: `Cost of one call that is not recursive ${total}`,
    },
  };
}

function isKnown(calls: CallColumns, id: 'calls' | 'self' | 'total'): boolean {
  return calls[id].some((value) => !Number.isNaN(value));
}
