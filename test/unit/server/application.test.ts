import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findManageFiles } from '../../../src/server/application';
import { fakeFileSystem } from './fakeFileSystem';

const django = 'from django.core.management import execute_from_command_line';

function find(...paths: readonly string[]): Promise<string[]> {
  const files = fakeFileSystem(Object.fromEntries(paths.map((path) => [path, django])));
  return findManageFiles('/shop', files, 'linux');
}

describe('findManageFiles', () => {
  it('finds the one of the workspace and those up to two levels below, nearest first', async () => {
    assert.deepEqual(
      await find(
        '/shop/z/manage.py',
        '/shop/a/b/manage.py',
        '/shop/manage.py',
        '/shop/a/manage.py',
        '/shop/a/b/c/manage.py',
      ),
      ['/shop/manage.py', '/shop/a/manage.py', '/shop/z/manage.py', '/shop/a/b/manage.py'],
    );
  });

  it('does not look into environments, packages and hidden directories', async () => {
    assert.deepEqual(
      await find(
        '/shop/.venv/manage.py',
        '/shop/venv/x/manage.py',
        '/shop/node_modules/manage.py',
        '/shop/src/.git/manage.py',
      ),
      [],
    );
  });

  it('leaves out a manage.py of something else', async () => {
    const files = fakeFileSystem({ '/shop/manage.py': 'from flask_script import Manager' });
    assert.deepEqual(await findManageFiles('/shop', files, 'linux'), []);
  });
});
