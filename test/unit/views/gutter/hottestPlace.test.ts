import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hottestPlaces } from '../../../../src/views/gutter/hottestPlace';
import { annotations, func, line } from './sampleAnnotations';

describe('the place to show first', () => {
  it('is the deepest function that has half of the request', () => {
    const file = (name: string, total: number): [string, ReturnType<typeof entry>] => [
      `${name}.py`,
      entry(name, total),
    ];
    const entry = (name: string, total: number) => ({
      functions: [func(name, { line: 5, total })],
      lines: [],
    });
    const profile = {
      ...annotations('none', { functions: [], lines: [] }),
      files: new Map([file('middleware', 0.99), file('helper', 0.3), file('view', 0.8)]),
    };
    assert.deepEqual(
      hottestPlaces(profile).map(({ file, line }) => [file, line]),
      [
        ['view.py', 5],
        ['middleware.py', 5],
        ['helper.py', 5],
      ],
    );
  });

  it('is the hottest line where none has half of it', () => {
    const profile = annotations('exact', {
      functions: [func('view', { total: 0.5 })],
      lines: [line(3, 0.1), line(4, 0.4), line(5, 0.2)],
    });
    assert.deepEqual(
      hottestPlaces(profile).map(({ line }) => line),
      [4],
    );
  });
});
