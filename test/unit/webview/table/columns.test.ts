import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { calleesOf, callersOf } from '../../../../webview/table/calls';
import { callColumns, functionColumns } from '../../../../webview/table/columns';
import { functionsOf, tableOf } from './tables';

describe('the columns of the table', () => {
  it('are those of pstats where calls are counted', () => {
    const functions = functionsOf(
      tableOf([
        {
          name: 'fib',
          file: '/app/math.py',
          line: 4,
          calls: 25,
          primitiveCalls: 1,
          self: 0.5,
          total: 1,
        },
        { name: 'unknown', total: 2 },
      ]),
    );
    const columns = functionColumns(functions);
    const titles = ['ncalls', 'tottime', 'percall', 'cumtime', 'percall', 'function', 'file:line'];
    const texts = (func: number): string[] => columns.map(({ text }) => text(func));
    assert.deepEqual(
      columns.map(({ title }) => title),
      titles,
    );
    const fib = ['25/1', '0.500000', '0.020000', '1.000000', '1.000000', 'fib', 'math.py:4'];
    assert.deepEqual(texts(0), fib);
    assert.deepEqual(texts(1), ['', '', '', '2.000000', '', 'unknown', '']);
    assert.equal(columns.at(-1)?.tooltip?.(0), '/app/math.py:4');
  });

  it('are samples and costs where a sampler counted no calls', () => {
    const table = tableOf([{ name: 'work', self: 0.25, total: 0.5 }], [], {
      samples: Float64Array.of(1234),
    });
    const columns = functionColumns(functionsOf(table));
    assert.deepEqual(columns.map(({ title, text }) => [title, text(0)]).slice(0, 3), [
      ['samples', '1,234'],
      ['self', '0.250000'],
      ['total', '0.500000'],
    ]);
  });

  it('leave out the self cost of a tool that does not tell it', () => {
    const table = tableOf([{ name: 'work', total: 1500 }], [], { unit: 'bytes' });
    const columns = functionColumns(functionsOf(table));
    assert.deepEqual(columns.map(({ id, text }) => [id, text(0)]).slice(0, 2), [
      ['total', '1,500'],
      ['name', 'work'],
    ]);
  });

  it('have the numbers of the call itself for callers and callees, the costliest first', () => {
    const table = tableOf(
      [
        { name: 'view', calls: 1 },
        { name: 'price', calls: 8 },
        { name: 'main', calls: 1 },
      ],
      [
        { caller: 0, callee: 1, calls: 3, self: 0.1, total: 0.2 },
        { caller: 2, callee: 1, calls: 5, self: 0.2, total: 0.4 },
        { caller: 2, callee: 0, calls: 1 },
      ],
    );
    const columns = callColumns(functionsOf(table), 'caller');
    assert.deepEqual(
      callersOf(table.calls, 1).map((call) => columns.map(({ text }) => text(call)).slice(0, 4)),
      [
        ['5', '0.200000', '0.400000', 'main'],
        ['3', '0.100000', '0.200000', 'view'],
      ],
    );
    assert.deepEqual(calleesOf(table.calls, 2), [1, 2]);
  });

  it('are without times of calls that the profile only counts', () => {
    const table = tableOf(
      [
        { name: 'main', calls: 1 },
        { name: 'leaf', calls: 2 },
      ],
      [{ caller: 0, callee: 1, calls: 2 }],
    );
    const ids = callColumns(functionsOf(table), 'callee').map(({ id }) => id);
    assert.deepEqual(ids, ['calls', 'name', 'place']);
  });
});
