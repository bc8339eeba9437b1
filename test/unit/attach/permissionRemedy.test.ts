import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  permissionRemedy,
  sudoCommand,
  type TracingFacts,
} from '../../../src/attach/permissionRemedy';

function remedy(facts: Partial<TracingFacts>): ReturnType<typeof permissionRemedy> {
  return permissionRemedy({
    platform: 'linux',
    ptraceScope: undefined,
    inContainer: false,
    ...facts,
  });
}

describe('how a sampler gets to see a process', () => {
  it('is the kernel’s limit, with its value', () => {
    const limited = remedy({ ptraceScope: 1 });
    assert.match(limited.sentence, /ptrace_scope is 1, which lets only the parent/);
    assert.equal(limited.command, 'sudo sysctl kernel.yama.ptrace_scope=0');
    assert.ok(limited.sudo);
    assert.match(remedy({ ptraceScope: 2 }).sentence, /is 2, which lets only root/);
  });

  it('is nothing but a restart where the limit is locked', () => {
    const locked = remedy({ ptraceScope: 3, inContainer: true });
    assert.match(locked.sentence, /is 3, which forbids it to everybody/);
    assert.deepEqual([locked.command, locked.sudo], [undefined, false]);
  });

  it('is a capability in a container, where sudo and sysctl change nothing', () => {
    const container = remedy({ ptraceScope: 1, inContainer: true });
    assert.match(container.sentence, /--cap-add SYS_PTRACE/);
    assert.deepEqual([container.command, container.sudo], [undefined, false]);
  });

  it('is sudo on macOS and where nothing else limits, and a user’s rights on Windows', () => {
    assert.match(remedy({ platform: 'darwin' }).sentence, /sudo/);
    assert.ok(remedy({ platform: 'darwin' }).sudo);
    assert.ok(remedy({ ptraceScope: 0 }).sudo);
    assert.match(remedy({ platform: 'win32' }).sentence, /as administrator/);
    assert.ok(!remedy({ platform: 'win32' }).sudo);
  });
});

it('keeps the words of a command apart in a shell', () => {
  assert.equal(
    sudoCommand(['/my tools/py-spy', 'dump', '--pid', '42', "$(it's)"]),
    `sudo '/my tools/py-spy' dump --pid 42 '$(it'\\''s)'`,
  );
});
