import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { groupText, groupTooltip } from '../../../../webview/table/groupCells';
import { groupFunctions } from '../../../../webview/table/groups';
import { functionsOf, tableOf } from './tables';

const FUNCTIONS = functionsOf(
  tableOf(
    [
      ...[{ name: 'fib', file: '/app/a.py', calls: 25, primitiveCalls: 1, self: 0.5, total: 1 }],
      ...[{ name: 'run', file: '/app/a.py', calls: 5, self: 0.25, total: 1.5 }],
      ...[{ name: 'view', file: '/app/b.py', calls: 1, self: 0.75, total: 2 }],
    ],
    [],
    { total: 3 },
  ),
);

const ORDER = [0, 1, 2];

describe('groups of functions', () => {
  const [first] = groupFunctions(FUNCTIONS, ORDER, 'file', { sort: 'name', isReversed: false });
  assert.ok(first);

  it('add up calls, those that are not recursive too, and self costs, and tell the mean', () => {
    const cells = (['name', 'calls', 'self', 'selfPerCall'] as const).map((id) =>
      groupText(first, id, FUNCTIONS),
    );
    assert.deepEqual(cells, ['a.py (2)', '30/6', '0.750000', '0.025000']);
  });

  it('tell their share of the profile', () => {
    assert.equal(groupTooltip(first, 'self', FUNCTIONS), '0.750000, 25.0 % of the profile');
  });

  it('leave blank what would count twice, and say why', () => {
    for (const id of ['total', 'totalPerCall', 'samples'] as const) {
      assert.equal(groupText(first, id, FUNCTIONS), '');
      assert.match(groupTooltip(first, id, FUNCTIONS), /^Not added up: /);
    }
  });

  it('stand by their own cost of a call where that is sorted by', () => {
    const names = (isReversed: boolean): string[] =>
      groupFunctions(FUNCTIONS, ORDER, 'file', { sort: 'selfPerCall', isReversed }).map(
        ({ name }) => name,
      );
    assert.deepEqual(names(false), ['/app/b.py', '/app/a.py']);
    assert.deepEqual(names(true), ['/app/a.py', '/app/b.py']);
  });
});
