import type { FromTable, TableSort } from '../../protocol/table';

/** Longest filter that is taken from a webview. */
const MAXIMUM_TEXT = 100_000;

const SORTS: readonly TableSort[] = [
  'calls',
  'samples',
  'self',
  'selfPerCall',
  'total',
  'totalPerCall',
  'name',
  'place',
];

type Fields = Readonly<Partial<Record<string, unknown>>>;

/** A message about the table, or `undefined` when `value` is none: a webview is not trusted. */
export function parseFromTable(value: unknown): FromTable | undefined {
  const message = fields(value);
  switch (message?.['t']) {
    case 'tableWanted': {
      const { id } = message;
      return isCount(id) ? { t: 'tableWanted', id } : undefined;
    }
    case 'copyTable':
      return copyTable(message);
    default:
      return undefined;
  }
}

function copyTable(message: Fields): FromTable | undefined {
  const { order, sort: wanted, restriction } = fields(message['printed']) ?? {};
  const sort = SORTS.find((known) => known === wanted);
  if (!(order instanceof Int32Array) || sort === undefined) return undefined;
  if (restriction === undefined || isText(restriction)) {
    return { t: 'copyTable', printed: { order, sort, restriction } };
  }
  return undefined;
}

function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAXIMUM_TEXT;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
