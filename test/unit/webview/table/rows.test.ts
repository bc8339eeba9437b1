import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sortedFunctions } from '../../../../webview/table/order';
import {
  restrictionOf,
  shownFunctions,
  tableRows,
  type ShownFunctions,
} from '../../../../webview/table/rows';
import { INITIAL_STATE, type TableState } from '../../../../webview/table/tableState';
import { functionsOf, tableOf } from './tables';

const TEMPLATE = '/venv/lib/python3.11/site-packages/django/template/base.py';
const QUERY = '/venv/lib/python3.11/site-packages/django/db/models/query.py';

const functions = functionsOf(
  tableOf([
    { name: 'render', file: TEMPLATE, line: 10, calls: 4, self: 0.2, total: 0.9 },
    { name: 'view', file: '/project/shop/views.py', line: 3, calls: 1, self: 0.1, total: 1 },
    { name: '<built-in method len>', calls: 9, self: 0.2, total: 0.2 },
    { name: 'fetch', file: QUERY, line: 7, calls: 2, self: 0.4, total: 0.4 },
    { name: 'main', file: '/project/manage.py', line: 1 },
  ]),
  [TEMPLATE, QUERY],
);

const shown = (state: TableState): ShownFunctions =>
  shownFunctions(functions, sortedFunctions(functions, state), state);

const namesOf = (state: Partial<TableState>): string[] =>
  shown({ ...INITIAL_STATE, ...state }).functions.map((func) => functions.name(func));

describe('the rows of the table', () => {
  it('begin with the largest self cost, in the order of the profile where it is the same', () => {
    const sorted = ['fetch', 'render', '<built-in method len>', 'view', 'main'];
    assert.deepEqual(namesOf({}), sorted);
  });

  it('are reversed as a whole, but for what is unknown', () => {
    const sorted = ['view', '<built-in method len>', 'render', 'fetch', 'main'];
    assert.deepEqual(namesOf({ isReversed: true }), sorted);
  });

  it('are sorted by the cost of a call', () => {
    assert.deepEqual(namesOf({ sort: 'totalPerCall' }).slice(0, 2), ['view', 'render']);
  });

  it('are sorted by file and line, with built-ins where cProfile has them', () => {
    const sorted = ['main', 'view', 'fetch', 'render', '<built-in method len>'];
    assert.deepEqual(namesOf({ sort: 'place' }), sorted);
  });

  it('are those with a text in name, file or line, whatever its case', () => {
    assert.deepEqual(namesOf({ filter: 'DJANGO/template' }), ['render']);
    assert.deepEqual(namesOf({ filter: 'views.py:3' }), ['view']);
  });

  it('are those that a regular expression finds in what pstats calls them', () => {
    assert.deepEqual(namesOf({ filter: 'base\\.py:\\d+\\(ren', isRegex: true }), ['render']);
    assert.deepEqual(namesOf({ filter: 'VIEW', isRegex: true }), []);
  });

  it('are all, with the reason, where the regular expression is none', () => {
    const { functions: all, problem } = shown({ ...INITIAL_STATE, filter: '(', isRegex: true });
    assert.equal(all.length, functions.count);
    assert.match(problem ?? '', /Invalid regular expression/);
  });

  it('are without libraries and built-ins where those are hidden', () => {
    assert.deepEqual(namesOf({ hideLibraries: true }), ['view', 'main']);
  });

  it('are gathered by top-level module, the costliest first', () => {
    const state = { ...INITIAL_STATE, grouping: 'module' } as const;
    const rows = tableRows(functions, shown(state).functions, state, new Set(['django']));
    const named = rows.map((row) =>
      typeof row === 'number' ? functions.name(row) : [row.name, row.calls],
    );
    assert.deepEqual(named, [
      ['django', 6],
      ['Built-in', 9],
      '<built-in method len>',
      ['shop', 1],
      'view',
      ['manage', NaN],
      'main',
    ]);
  });

  it('are told to be a part, as pstats tells it', () => {
    assert.equal(restrictionOf(INITIAL_STATE), undefined);
    const state = { ...INITIAL_STATE, filter: 'shop', hideLibraries: true };
    assert.equal(restrictionOf(state), "'shop', without libraries");
  });
});
