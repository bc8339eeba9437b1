import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pythonProcessesOf } from '../../../src/attach/macProcesses';

const LIST = `  501       00:07 /bin/zsh -l
 4242       03:10 /Users/me/my shop/.venv/bin/python manage.py runserver 8000
 4243 2-01:00:05 /Library/Frameworks/Python.framework/Versions/3.12/Resources/Python.app/Contents/MacOS/Python -m http.server
 4244    01:00:00 vim /usr/bin/python
`;

it('reads what ps and lsof write on macOS', () => {
  const nowMs = 1_000_000_000;
  const processes = pythonProcessesOf({
    list: LIST,
    ports: 'p501\nf5\nn*:22\np4242\nf4\nn127.0.0.1:8000\nf5\nn[::1]:8000\nf6\nn*:9000\n',
    directories: 'p501\nfcwd\nn/Users/me\np4242\nfcwd\nn/Users/me/my shop\n',
    nowMs,
  });
  const [django, server, ...others] = processes;
  assert.deepEqual(django, {
    pid: 4242,
    argv: ['/Users/me/my shop/.venv/bin/python', 'manage.py', 'runserver', '8000'],
    ports: [8000, 9000],
    cwd: '/Users/me/my shop',
    startedMs: nowMs - 190_000,
  });
  assert.equal(server?.pid, 4243);
  assert.equal(server.startedMs, nowMs - ((2 * 24 + 1) * 3600 + 5) * 1000);
  assert.deepEqual([server.ports, server.cwd], [[], undefined]);
  assert.deepEqual(others, []);
});
