import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applicationIn, findApplications } from '../../../src/server/application';
import { fakeFileSystem } from './fakeFileSystem';

const django = 'from django.core.management import execute_from_command_line';
const flask = 'from flask import Flask\napp = Flask(__name__)\n';
const fastapi = 'from fastapi import FastAPI\napp = FastAPI()\n';

async function found(files: Readonly<Record<string, string>>): Promise<string[]> {
  const applications = await findApplications('/shop', fakeFileSystem(files), 'linux');
  return applications.map(({ kind, file }) => `${kind} ${file}`);
}

function manageFiles(...paths: readonly string[]): Promise<string[]> {
  return found(Object.fromEntries(paths.map((path) => [path, django])));
}

describe('findApplications', () => {
  it('finds the manage.py of the workspace and those up to two levels below, nearest first', async () => {
    assert.deepEqual(
      await manageFiles(
        '/shop/z/manage.py',
        '/shop/a/b/manage.py',
        '/shop/manage.py',
        '/shop/a/manage.py',
        '/shop/a/b/c/manage.py',
      ),
      [
        'django /shop/manage.py',
        'django /shop/a/manage.py',
        'django /shop/z/manage.py',
        'django /shop/a/b/manage.py',
      ],
    );
  });

  it('does not look into environments, packages and hidden directories', async () => {
    assert.deepEqual(
      await manageFiles(
        '/shop/.venv/manage.py',
        '/shop/venv/x/manage.py',
        '/shop/node_modules/manage.py',
        '/shop/src/.git/manage.py',
      ),
      [],
    );
  });

  it('leaves out a manage.py of something else', async () => {
    assert.deepEqual(await found({ '/shop/manage.py': 'from flask_script import Manager' }), []);
  });

  it('finds Flask and ASGI applications in the usual files, after Django', async () => {
    assert.deepEqual(
      await found({
        '/shop/app.py': flask,
        '/shop/src/api/main.py': fastapi,
        '/shop/site/manage.py': django,
        '/shop/src/api/models.py': fastapi,
      }),
      ['django /shop/site/manage.py', 'flask /shop/app.py', 'asgi /shop/src/api/main.py'],
    );
  });

  it('takes one file of a directory, the likeliest, and none of tests', async () => {
    assert.deepEqual(
      await found({
        '/shop/wsgi.py': flask,
        '/shop/app.py': flask,
        '/shop/tests/app.py': flask,
      }),
      ['flask /shop/app.py'],
    );
  });

  it('finds the factory of a package', async () => {
    const files = fakeFileSystem({
      '/shop/flaskr/__init__.py':
        'from flask import Flask\n\ndef create_app(test_config=None):\n    app = Flask(__name__)\n    return app\n',
    });
    assert.deepEqual(await findApplications('/shop', files, 'linux'), [
      { kind: 'flask', object: 'create_app', isFactory: true, file: '/shop/flaskr/__init__.py' },
    ]);
  });
});

describe('applicationIn', () => {
  it('knows what a chosen file is', async () => {
    const files = fakeFileSystem({ '/a.py': flask, '/b.py': django, '/c.py': 'print("hello")' });
    assert.equal((await applicationIn('/a.py', files))?.kind, 'flask');
    assert.equal((await applicationIn('/b.py', files))?.kind, 'django');
    assert.equal(await applicationIn('/c.py', files), undefined);
    assert.equal(await applicationIn('/gone.py', files), undefined);
  });
});
