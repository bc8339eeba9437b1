import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { printedDump } from '../../../src/attach/stackDump';
import { readJsonDump } from '../../../src/core/formats/pySpy/jsonDump';

describe('a printed dump', () => {
  it('has the thread with the GIL first, and a place for each frame with a file', () => {
    const lines = printedDump('Stacks of app.py (pid 42)', [
      { process: '42', name: 'pool', id: '7', status: 'idle', frames: [] },
      {
        process: '42',
        name: undefined,
        id: '0x7F',
        status: 'active+gil',
        frames: [
          { name: 'handle', file: '/srv/app.py', line: 9 },
          { name: 'sqlite3_step', file: undefined, line: undefined },
        ],
      },
    ]);
    assert.deepEqual(
      lines.map(({ text }) => text),
      [
        'Stacks of app.py (pid 42)',
        '2 threads, each with the innermost call first',
        '',
        'Thread 0x7F: active, holds the GIL',
        '    handle  /srv/app.py:9',
        '    sqlite3_step',
        '',
        'Thread 7 “pool”: idle',
        '',
      ],
    );
    const { text = '', place } = lines[4] ?? {};
    assert.deepEqual([place?.file, place?.line], ['/srv/app.py', 9]);
    assert.equal(text.slice(place?.start), '/srv/app.py:9');
    assert.equal(lines[5]?.place, undefined);
  });

  it('has all threads and frames of a real one', () => {
    const folder = join(__dirname, '../../fixtures/profiles/pyspy');
    const sample = readdirSync(folder).find((name) => /dump.*\.json$/.test(name)) ?? '';
    const threads = readJsonDump(readFileSync(join(folder, sample)));
    const lines = printedDump('', threads);
    const frames = threads.flatMap((thread) => thread.frames);
    assert.ok(frames.length > 0);
    assert.equal(lines.filter(({ place }) => place).length, frames.length);
    assert.equal(lines.filter(({ text }) => text.startsWith('Thread ')).length, threads.length);
  });
});
