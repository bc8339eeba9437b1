import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FoundApplication } from '../../../src/server/application';
import { developmentServer, servedApplication } from '../../../src/server/developmentServer';
import { fakeFileSystem } from './fakeFileSystem';

const facts = {
  python: ['/shop/.venv/bin/python'],
  host: '127.0.0.1',
  port: 8000,
  furtherArguments: ['--with-threads'],
  flask: '3.1.3',
};

type Started = { readonly command: string; readonly cwd: string };

/** The command without the interpreter, and where it is started. */
async function start(
  application: FoundApplication,
  files: readonly string[],
  overrides: Partial<typeof facts> = {},
  texts: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const disk = fakeFileSystem({
    ...Object.fromEntries(files.map((file) => [file, ''])),
    ...texts,
  });
  const served = await servedApplication(application, disk, 'linux');
  const { argv } = developmentServer(served, { ...facts, ...overrides });
  return { command: argv.slice(1).join(' '), cwd: served.cwd };
}

function flask(file: string): FoundApplication {
  return { kind: 'flask', file, object: 'app', isFactory: false };
}

function asgi(file: string, isFactory = false): FoundApplication {
  return { kind: 'asgi', file, object: isFactory ? 'create_app' : 'app', isFactory };
}

describe('developmentServer', () => {
  it('serves a Django project as its manual says', async () => {
    assert.deepEqual(await start({ kind: 'django', file: '/shop/site/manage.py' }, []), {
      command: '/shop/site/manage.py runserver --with-threads 127.0.0.1:8000',
      cwd: '/shop/site',
    });
  });

  it('puts an IPv6 address for runserver into brackets', async () => {
    const { command } = await start({ kind: 'django', file: '/m.py' }, [], { host: '::1' });
    assert.match(command, / \[::1\]:8000$/);
  });

  it('serves a Flask application', async () => {
    assert.deepEqual(await start(flask('/shop/app.py'), []), {
      command: '-m flask --app app.py:app run --host 127.0.0.1 --port 8000 --reload --with-threads',
      cwd: '/shop',
    });
  });

  it('serves one in packages from above them', async () => {
    const started = await start(flask('/shop/flaskr/web/__init__.py'), [
      '/shop/flaskr/__init__.py',
      '/shop/flaskr/web/__init__.py',
    ]);
    assert.equal(started.cwd, '/shop');
    assert.match(started.command, /--app flaskr\/web\/__init__\.py:app/);
  });

  it('names the application to a Flask without --app by its variable', async () => {
    const served = await servedApplication(flask('/shop/app.py'), fakeFileSystem({}), 'linux');
    const { argv, variables } = developmentServer(served, { ...facts, flask: '2.1.3' });
    assert.ok(!argv.includes('--app'));
    assert.deepEqual(variables, { FLASK_APP: 'app.py:app' });
  });

  it('serves an ASGI application by its module', async () => {
    assert.deepEqual(await start(asgi('/shop/main.py'), []), {
      command: '-m uvicorn main:app --host 127.0.0.1 --port 8000 --reload --with-threads',
      cwd: '/shop',
    });
  });

  it('starts a src layout from the project’s directory', async () => {
    const { command, cwd } = await start(asgi('/shop/src/api/main.py', true), [
      '/shop/src/api/__init__.py',
    ]);
    assert.equal(cwd, '/shop');
    assert.match(command, /-m uvicorn api\.main:create_app --factory --app-dir src --host/);
  });

  it('sees a package without __init__.py in imports of its modules', async () => {
    const started = await start(
      asgi('/shop/app/main.py'),
      ['/shop/app/routers.py'],
      {},
      {
        '/shop/app/main.py': 'from fastapi import FastAPI\nfrom app.routers import items\n',
      },
    );
    assert.equal(started.cwd, '/shop');
    assert.match(started.command, /uvicorn app\.main:app/);
  });

  it('does not take a directory for the framework of the same name', async () => {
    const started = await start(
      flask('/examples/flask/app.py'),
      [],
      {},
      {
        '/examples/flask/app.py': 'from flask import Flask\n',
      },
    );
    assert.equal(started.cwd, '/examples/flask');
  });
});
