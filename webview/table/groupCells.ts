import type { TableSort } from '../../src/protocol/table';
import { formatCalls, formatCost, splitPath } from './format';
import type { Functions } from './functions';
import type { FunctionGroup } from './groups';

const COUNTED_TWICE =
  'Not added up: the cost of a function has that of the functions it called, which may be in the same group';

/** Why a column of groups is blank. */
const NOT_ADDED_UP: Partial<Readonly<Record<TableSort, string>>> = {
  total: COUNTED_TWICE,
  totalPerCall: COUNTED_TWICE,
  samples: 'Not added up: one sample may have several functions of the group on its stack',
};

/** The text of a group's cell: its name and sums; what cannot be added up is blank. */
export function groupText(
  group: FunctionGroup,
  id: TableSort,
  { document: { unit } }: Functions,
): string {
  const [folder, name] = splitPath(group.name);
  switch (id) {
    case 'calls':
      return formatCalls(group.calls, group.primitiveCalls);
    case 'self':
    case 'selfPerCall':
      return formatCost(group[id], unit);
    case 'name':
      return `${name} (${group.functions.length})`;
    case 'place':
      return folder;
    case 'samples':
    case 'total':
    case 'totalPerCall':
      return '';
  }
}

/** What is said of a group's cell: the whole text, the share of the profile, or why it is blank. */
export function groupTooltip(group: FunctionGroup, id: TableSort, functions: Functions): string {
  const text = groupText(group, id, functions);
  const { total } = functions.document;
  if (id === 'self' && text !== '' && total > 0)
    return `${text}, ${((100 * group.self) / total).toFixed(1)} % of the profile`;
  return NOT_ADDED_UP[id] ?? text;
}
