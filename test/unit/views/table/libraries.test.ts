import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { libraryFlags } from '../../../../src/views/table/libraries';

const FILES = [
  '/workspace/shop/views.py',
  '/workspace/.venv/lib/python3.11/site-packages/django/db.py',
  '/usr/lib/python3.11/json/decoder.py',
  '/elsewhere/tool.py',
  '<frozen os>',
];

describe('which files are of libraries', () => {
  it('is told by what is outside the workspace, or installed in it', async () => {
    const flags = await libraryFlags(FILES, (file) =>
      Promise.resolve(file.startsWith('/workspace')),
    );
    assert.deepEqual([...flags], [0, 1, 1, 1, 1]);
  });

  it('is told by the paths alone, where nothing of the program is on this machine', async () => {
    const flags = await libraryFlags(FILES, () => Promise.resolve(false));
    assert.deepEqual([...flags], [0, 1, 1, 0, 1]);
  });
});
