import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pythonProcessesOf } from '../../../src/attach/windowsProcesses';

it('reads what the PowerShell script writes', () => {
  const json = JSON.stringify([
    {
      pid: 4242,
      command: '"C:\\my shop\\.venv\\Scripts\\python.exe"  manage.py runserver "a \\"b\\" c" 8000',
      started: '2026-11-21T00:30:00.0000000Z',
      ports: [8000, 8000, 443],
    },
    { pid: 4243, command: 'C:\\Python312\\python.exe -m flask', started: null, ports: [] },
    { pid: 4244, command: null, started: null, ports: [] },
    { pid: 4245, command: 'pythonista.exe', started: null, ports: [] },
    null,
  ]);
  assert.deepEqual(pythonProcessesOf(json), [
    {
      pid: 4242,
      argv: [
        'C:\\my shop\\.venv\\Scripts\\python.exe',
        'manage.py',
        'runserver',
        'a "b" c',
        '8000',
      ],
      ports: [443, 8000],
      cwd: undefined,
      startedMs: Date.UTC(2026, 10, 21, 0, 30),
    },
    {
      pid: 4243,
      argv: ['C:\\Python312\\python.exe', '-m', 'flask'],
      ports: [],
      cwd: undefined,
      startedMs: undefined,
    },
  ]);
  assert.deepEqual(pythonProcessesOf('[]'), []);
});
