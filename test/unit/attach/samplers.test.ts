import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { austin, austinVersion } from '../../../src/attach/austin';
import { dumpCommand, findPySpy, pySpy } from '../../../src/attach/pySpy';

const request = { pid: 42, file: '/p/x y', seconds: 10, rate: 100 };
const all = { idle: true, native: true, subprocesses: true };
const none = { idle: false, native: false, subprocesses: false };

describe('py-spy', () => {
  it('records a process as speedscope, every value a word of its own', () => {
    assert.equal(
      pySpy('/bin/py-spy')
        .recordCommand({ ...request, ...all })
        .join('|'),
      '/bin/py-spy|record|--pid|42|--format|speedscope|--output|/p/x y|--rate|100|--duration|10|--idle|--native|--subprocesses',
    );
  });

  it('leaves out what is not wanted', () => {
    const words = pySpy('py-spy').recordCommand({ ...request, ...none });
    assert.deepEqual(words.slice(-4), ['--rate', '100', '--duration', '10']);
  });

  it('dumps no locals', () => {
    assert.deepEqual(dumpCommand('py-spy', 42), ['py-spy', 'dump', '--pid', '42', '--json']);
  });

  it('is that of the setting, the project, PATH or ours, in this order', async () => {
    const there = new Set(['/shop/.venv/bin/py-spy', '/own/bin/py-spy']);
    let onPath: string | undefined = '/usr/bin/py-spy';
    const find = (configured: string, python: string | undefined): Promise<string | undefined> =>
      findPySpy({
        configured,
        python,
        ownEnvironment: '/own',
        platform: 'linux',
        files: { isFile: (path) => Promise.resolve(there.has(path)) },
        onPath: () => Promise.resolve(onPath),
      });
    assert.equal(await find('/opt/py-spy', '/shop/.venv/bin/python'), '/opt/py-spy');
    assert.equal(await find('', '/shop/.venv/bin/python'), '/shop/.venv/bin/py-spy');
    assert.equal(await find('', '/usr/local/bin/python'), '/usr/bin/py-spy');
    onPath = undefined;
    assert.equal(await find('', undefined), '/own/bin/py-spy');
    there.clear();
    assert.equal(await find('', undefined), undefined);
  });
});

describe('austin', () => {
  it('tells its version', () => {
    assert.deepEqual(austinVersion('austin 3.7.0\n'), [3, 7]);
    assert.deepEqual(austinVersion('austin 4.1.0'), [4, 1]);
    assert.equal(austinVersion('cannot be loaded'), undefined);
  });

  it('3 is asked for its binary format, and 4 has no other', () => {
    const command = (version: readonly [number, number], options: typeof all): string =>
      austin('austin', version)
        .recordCommand({ ...request, ...options })
        .join(' ');
    const shared = 'austin --pid 42 --output /p/x y --interval 10000 --exposure 10';
    assert.equal(command([3, 7], all), `${shared} --binary --children`);
    assert.equal(command([3, 7], none), `${shared} --binary --sleepless`);
    assert.equal(command([4, 0], none), `${shared} --cpu`);
    assert.equal(command([3, 3], none), `${shared} --sleepless`);
    assert.deepEqual(
      [austin('', [3, 3]), austin('', [3, 7]), austin('', [4, 1])].map(({ ending }) => ending),
      ['.austin', '.mojo', '.mojo'],
    );
  });
});
