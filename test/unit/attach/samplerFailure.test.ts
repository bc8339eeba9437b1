import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failureKind, SamplerFailure, sawNothing } from '../../../src/attach/samplerFailure';

/** What py-spy 0.4.3 and austin 3.7.0 wrote. */
const CAUSED = (reason: string): string =>
  `Error: Failed to get process executable name. Check that the process is running.\n\nCaused by:\n    0: ${reason}\n    1: ${reason}\n`;
const NO_PYTHON = 'Error: Failed to find python version from target process\n\nStack backtrace:\n';

describe('what a sampler says', () => {
  it('tells one process that may not be looked into from one that has ended', () => {
    assert.equal(failureKind(1, CAUSED('Permission denied (os error 13)')), 'permission');
    assert.equal(failureKind(1, CAUSED('No such file or directory (os error 2)')), 'gone');
    assert.equal(
      failureKind(
        1,
        "Permission Denied: Try running again with elevated permissions by going 'sudo",
      ),
      'permission',
    );
    assert.equal(failureKind(1, 'Error: Operation not permitted (os error 1)'), 'permission');
    assert.equal(failureKind(1, 'This program requires root on OSX.'), 'permission');
    assert.equal(failureKind(1, 'Error: Access is denied. (os error 5)'), 'permission');
  });

  it('tells what is no Python', () => {
    assert.equal(failureKind(1, NO_PYTHON), 'notPython');
    const children = 'Error: No python processes found in process 42 or any of its subprocesses';
    assert.equal(failureKind(1, children), 'notPython');
  });

  it('is told by austin’s exit code, too', () => {
    assert.equal(failureKind(36, '🛑 Cannot attach to the given process.'), 'gone');
    assert.equal(failureKind(37, '🔒'), 'permission');
    assert.equal(failureKind(32, '👾'), 'notPython');
  });

  it('is else its own first sentence', () => {
    const output =
      '\npy-spy> Sampling process 100 times a second\n\nError: The disk is full\n\nStack';
    assert.equal(failureKind(1, output), 'other');
    assert.equal(new SamplerFailure('other', output).message, 'The disk is full');
    assert.equal(new SamplerFailure('other', '').message, 'it said nothing');
  });

  it('tells a recording without samples', () => {
    assert.ok(sawNothing("py-spy> Wrote speedscope file to 'a'. Samples: 0 Errors: 0"));
    assert.ok(!sawNothing("py-spy> Wrote speedscope file to 'a'. Samples: 10 Errors: 0"));
  });
});
