import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Uri } from 'vscode';
import type { ExactLine, Profile } from '../../../../src/core/model/profile';
import { ComparedTimings } from '../../../../src/views/compare/comparedTimings';
import { compare } from '../../core/derive/comparison/sides';

const FILE = '/app/views.py';
const SOURCE = { title: 'before ↔ after', before: '/before.lprof', after: '/after.lprof' };
const LOCATED: unknown = { fsPath: FILE };
const BEFORE_MS = 1_000;
const AFTER_MS = 2_000;

const TEXTS: Readonly<Record<number, string>> = {
  [BEFORE_MS]: 'def view():\n    a()\n    b()\n',
  [AFTER_MS]: 'def view():\n    b()\n    a()\n    a()\n',
};

/** A profile of one function with the seconds of some of its lines. */
function timed(lines: readonly (readonly [line: number, seconds: number])[]): Profile {
  return {
    format: 'test',
    unit: 'seconds',
    total: lines.reduce((sum, [, seconds]) => sum + seconds, 0),
    functions: [{ name: 'view', file: FILE, line: 1 }],
    data: { kind: 'lineTimings' },
    lines: lines.map(([line, total]): ExactLine => ({
      func: 0,
      file: FILE,
      line,
      hits: 1,
      self: undefined,
      total,
    })),
    request: {},
    warnings: [],
  };
}

const COMPARISON = compare(
  timed([
    [2, 1],
    [3, 5],
  ]),
  timed([
    [2, 4],
    [3, 1],
  ]),
);

/** Where lines of before are after, with the seconds on both sides. */
async function deltas(texts: Readonly<Record<number, string>>): Promise<unknown> {
  const timings = new ComparedTimings({
    comparisonOf: () => Promise.resolve(COMPARISON),
    files: { locate: () => Promise.resolve(LOCATED as Uri) },
    texts: {
      look: () => Promise.resolve([]),
      profiled: (_file, _versions, { takenMs = 0 }) => Promise.resolve(texts[takenMs]),
    },
    takenMs: (side) => Promise.resolve(side === SOURCE.before ? BEFORE_MS : AFTER_MS),
  });
  const { files } = await timings.annotations(SOURCE, {});
  return files.get(FILE)?.deltas?.map(({ line, time }) => [line, time.before, time.after]);
}

describe('the lines of a comparison', () => {
  it('are paired by the texts that were profiled on either side', async () => {
    assert.deepEqual(await deltas(TEXTS), [
      [2, 5, 4],
      [3, 0, 1],
    ]);
  });

  it('are paired by their functions where a text is not known any more', async () => {
    assert.deepEqual(await deltas({ [AFTER_MS]: TEXTS[AFTER_MS] ?? '' }), [
      [2, 1, 4],
      [3, 5, 1],
    ]);
  });
});
