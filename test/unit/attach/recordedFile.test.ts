import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { place, recordingName, unfinishedName } from '../../../src/attach/recordedFile';
import { nameKind } from '../../../src/profiles/profileName';

const started = new Date(2026, 10, 21, 0, 41, 12);

describe('the file of a recording', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-recorded-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is named by command, process and time, in characters of every system', () => {
    const named = (command: string): string => recordingName({ command, pid: 42, started });
    assert.equal(named('manage.py runserver 8000'), 'manage.py-runserver.pid42.20261121-004112');
    assert.equal(named('../a:b "c"|$'), 'a-b-c.pid42.20261121-004112');
    assert.equal(named('gunicorn -w 4 shop.wsgi'), 'gunicorn.pid42.20261121-004112');
    assert.equal(named('🐍'), 'python.pid42.20261121-004112');
    assert.ok(named('x'.repeat(500)).length < 100);
  });

  it('is hidden until it is whole', () => {
    const name = unfinishedName({ command: 'app.py', pid: 42, started });
    assert.equal(nameKind(name, { facts: {}, sources: {} }), 'ignored');
  });

  it('takes the place of no other', async () => {
    for (const text of ['first', 'second', 'third']) {
      const file = join(folder, '.part');
      await writeFile(file, text);
      await place(file, folder, 'app', '.speedscope.json');
    }
    const names = (await readdir(folder)).sort();
    assert.deepEqual(names, [
      'app-2.speedscope.json',
      'app-3.speedscope.json',
      'app.speedscope.json',
    ]);
    assert.equal(await readFile(join(folder, 'app.speedscope.json'), 'utf8'), 'first');
    assert.equal(await readFile(join(folder, 'app-3.speedscope.json'), 'utf8'), 'third');
  });
});
