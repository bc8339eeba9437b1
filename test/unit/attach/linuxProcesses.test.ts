import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { it } from 'node:test';
import { linuxProcesses } from '../../../src/attach/linuxProcesses';
import { findOnPath } from '../../../tools/run.mjs';

const python = findOnPath(['python3']);
const skip = process.platform !== 'linux' ? '/proc is of Linux' : !python && 'no python3 on PATH';

const SERVER = `
import socket, sys
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
sys.stdin.read()
`;

it('finds a running process with its port, directory and start', { skip }, async () => {
  const before = Date.now();
  const cwd = await realpath(tmpdir());
  const child = spawn(python ?? '', ['-c', SERVER], { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const [answer] = (await once(child.stdout, 'data')) as [Buffer];
    const found = (await linuxProcesses()).find(({ pid }) => pid === child.pid);
    // What is on PATH may start another program in its place.
    assert.deepEqual(found?.argv.slice(1), ['-c', SERVER]);
    assert.deepEqual(found.ports, [Number(answer.toString())]);
    assert.equal(found.cwd, cwd);
    // The system counts from its start in hundredths, and tells that start in whole seconds.
    const startedMs = found.startedMs ?? 0;
    assert.ok(startedMs > before - 5000 && startedMs < Date.now() + 5000, String(startedMs));
  } finally {
    child.kill();
  }
  await once(child, 'exit');
  assert.ok(!(await linuxProcesses()).some(({ pid }) => pid === child.pid));
});
