import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPython } from '../../../src/attach/pythonProcess';
import { shortCommand } from '../../../src/attach/shortCommand';

describe('a command line as people call it', () => {
  const cases: readonly [readonly string[], string][] = [
    [['/srv/.venv/bin/python', 'manage.py', 'runserver', '8000'], 'manage.py runserver 8000'],
    [['python3.12', '-u', '-X', 'dev', '-W', 'error', '/srv/app.py', '-v'], 'app.py -v'],
    [['python', '-m', 'flask', 'run', '-p', '5000'], 'flask run -p 5000'],
    [['/srv/bin/python', '/srv/bin/gunicorn', '-w', '4', 'shop.wsgi'], 'gunicorn -w 4 shop.wsgi'],
    [['python', '/srv/lib/uvicorn/__main__.py', 'shop:app'], 'uvicorn shop:app'],
    [['python', '-c', 'import a\nimport b'], 'python -c import a…'],
    [['gunicorn: master [shop.wsgi]'], 'gunicorn: master [shop.wsgi]'],
    [['C:\\shop\\.venv\\Scripts\\python.exe', 'manage.py', 'runserver'], 'manage.py runserver'],
    [['/usr/bin/python3'], 'python3'],
    [['/usr/bin/uwsgi'], 'uwsgi'],
  ];
  for (const [argv, short] of cases) {
    it(short, () => {
      assert.equal(shortCommand(argv), short);
    });
  }
});

it('knows the programs that run Python', () => {
  for (const program of [
    'python',
    '/usr/bin/python3',
    'python3.13t',
    'C:\\Py\\pythonw.exe',
    'uwsgi',
  ])
    assert.ok(isPython(program), program);
  for (const program of ['pypy3', 'node', 'python-config', '/home/python/bash', ''])
    assert.ok(!isPython(program), program);
});
