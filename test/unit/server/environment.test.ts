import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { profiledEnvironment, serverEnvironment } from '../../../src/server/environment';

describe('serverEnvironment', () => {
  it('keeps what is the user’s, leaves out what is the editor’s, and does not buffer', () => {
    assert.deepEqual(
      serverEnvironment({
        base: {
          HOME: '/home/ada',
          VSCODE_PID: '1',
          ELECTRON_RUN_AS_NODE: '1',
          HOTLINE_MODE: 'calls',
          PATH: '/usr/bin',
        },
        python: '/shop/.venv/bin/python',
        overrides: {},
        platform: 'linux',
      }),
      {
        HOME: '/home/ada',
        PATH: '/shop/.venv/bin:/usr/bin',
        PYTHONUNBUFFERED: '1',
        FORCE_COLOR: '1',
      },
    );
  });

  it('lets the setting add, change and take away', () => {
    const environment = serverEnvironment({
      base: { A: 'a', B: 'b' },
      python: undefined,
      overrides: { A: null, B: 'changed', C: 'new', PYTHONUNBUFFERED: null },
      platform: 'linux',
    });
    assert.deepEqual(environment, { B: 'changed', C: 'new', FORCE_COLOR: '1' });
  });

  it('leaves the order of the path alone when the interpreter was found on it', () => {
    const environment = serverEnvironment({
      base: { PATH: '/home/ada/bin:/usr/bin' },
      python: '/usr/bin/python3',
      overrides: {},
      platform: 'linux',
    });
    assert.equal(environment['PATH'], '/home/ada/bin:/usr/bin');
  });

  it('does not ask for colour when there is to be none', () => {
    const environment = serverEnvironment({
      base: { NO_COLOR: '1' },
      python: undefined,
      overrides: {},
      platform: 'linux',
    });
    assert.equal(environment['FORCE_COLOR'], undefined);
  });

  it('knows that names do not differ by case on Windows', () => {
    const environment = serverEnvironment({
      base: { Path: 'C:\\Windows' },
      python: 'C:\\shop\\.venv\\Scripts\\python.exe',
      overrides: { path: null },
      platform: 'win32',
    });
    assert.deepEqual(Object.keys(environment).sort(), ['FORCE_COLOR', 'PYTHONUNBUFFERED']);
    const kept = serverEnvironment({
      base: { Path: 'C:\\Windows' },
      python: 'C:\\shop\\.venv\\Scripts\\python.exe',
      overrides: {},
      platform: 'win32',
    });
    assert.equal(kept['Path'], 'C:\\shop\\.venv\\Scripts;C:\\Windows');
  });
});

describe('profiledEnvironment', () => {
  const profiler = { bootstrap: '/b', variables: { HOTLINE_MODE: 'lines', HOTLINE_EVERY: '2' } };

  it('adds the profiler, and lets the setting override what it is told', () => {
    const environment = { HOME: '/home/ada', PYTHONPATH: '/own', HOTLINE_MODE: 'calls' };
    assert.deepEqual(profiledEnvironment(environment, profiler, 'linux'), {
      HOME: '/home/ada',
      HOTLINE_MODE: 'calls',
      HOTLINE_EVERY: '2',
      PYTHONPATH: '/b:/own',
    });
  });

  it('leaves one PYTHONPATH on Windows, where names do not differ by case', () => {
    const environment = profiledEnvironment({ PythonPath: 'C:\\own' }, profiler, 'win32');
    assert.equal(environment['PythonPath'], '/b;C:\\own');
    assert.equal(environment['PYTHONPATH'], undefined);
  });
});
