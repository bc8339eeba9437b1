import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { obstacleInCommand } from '../../../src/profiler/obstacles';

function obstacle(command: string): string | undefined {
  return obstacleInCommand(command.split(' '), 'linux');
}

describe('obstacleInCommand', () => {
  for (const command of [
    'python manage.py runserver',
    '/shop/.venv/bin/python3.12 -u -m flask run -S -E',
    'python -X importtime -W error serve.py -I',
    'python -Wignore -Xdev -c pass -I',
    'python -sBP serve.py',
    'gunicorn -E x shop.wsgi',
    'uv run python manage.py runserver',
  ]) {
    it(`sees none in ${command}`, () => {
      assert.equal(obstacle(command), undefined);
    });
  }

  for (const command of [
    'python -I manage.py runserver',
    'python3.13 -uE serve.py',
    'python -X dev -Im flask run',
    'uv run python -E serve.py',
  ]) {
    it(`sees that PYTHONPATH is ignored in ${command}`, () => {
      assert.match(obstacle(command) ?? '', /makes it ignore PYTHONPATH$/);
    });
  }

  it('sees that sitecustomize is skipped', () => {
    assert.equal(obstacle('python -S serve.py'), "Python's option -S makes it skip sitecustomize");
  });

  it('sees servers that run elsewhere, and environments that are not handed on', () => {
    assert.match(obstacle('docker compose up web') ?? '', /^docker runs the server where/);
    assert.match(obstacle('sudo python serve.py') ?? '', /^sudo does not hand on/);
  });

  it('knows the programs of Windows', () => {
    const argv = ['C:\\Windows\\py.exe', '-3', '-I', 'serve.py'];
    assert.match(obstacleInCommand(argv, 'win32') ?? '', /option -I/);
  });
});
