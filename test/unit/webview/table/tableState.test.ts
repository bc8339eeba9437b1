import assert from 'node:assert/strict';
import { it } from 'node:test';
import { INITIAL_STATE, parseTableState } from '../../../../webview/table/tableState';

it('the state of a table comes back as it was kept', () => {
  const state = {
    isShown: true,
    sort: 'totalPerCall',
    isReversed: true,
    filter: 'shop',
    isRegex: true,
    hideLibraries: true,
    grouping: 'module',
  };
  assert.deepEqual(parseTableState(JSON.parse(JSON.stringify(state))), state);
});

it('what is not understood of a kept state is as in the beginning', () => {
  for (const value of [undefined, null, 'table', 3, {}]) {
    assert.deepEqual(parseTableState(value), INITIAL_STATE);
  }
  const odd = { isShown: 1, sort: 'colour', filter: {}, grouping: 'day', isRegex: true };
  assert.deepEqual(parseTableState(odd), { ...INITIAL_STATE, isRegex: true });
});
