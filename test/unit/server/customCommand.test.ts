import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { customCommand, splitCommand } from '../../../src/server/customCommand';

const values = {
  profileDirectory: '/my shop/.hotline',
  profileTemplate: '{path}.{time}',
  python: ['py', '-3'],
  host: 'localhost',
  port: 8001,
};

describe('splitCommand', () => {
  const commands: readonly (readonly [command: string, words: readonly string[]])[] = [
    ['flask run', ['flask', 'run']],
    ['  a\t b\n', ['a', 'b']],
    ['"a b" c', ['a b', 'c']],
    ["'a \"b' c", ['a "b', 'c']],
    ['"say \\"hi\\""', ['say "hi"']],
    ['a"b c"d', ['ab cd']],
    ['""', ['']],
    ['C:\\shop\\run.exe "C:\\my shop\\x"', ['C:\\shop\\run.exe', 'C:\\my shop\\x']],
    ['a; rm -rf $HOME', ['a;', 'rm', '-rf', '$HOME']],
  ];
  for (const [command, words] of commands) {
    it(`splits ${command}`, () => {
      assert.deepEqual(splitCommand(command), words);
    });
  }

  it('refuses a quote that is not closed', () => {
    assert.throws(() => splitCommand('flask "run'), {
      message: 'The setting hotline.server.command has a quote " that is not closed.',
    });
  });
});

describe('customCommand', () => {
  it('fills in values without splitting them again', () => {
    assert.deepEqual(
      customCommand('${python} run.py --dir=${profileDirectory} ${host}:${port}', values),
      ['py', '-3', 'run.py', '--dir=/my shop/.hotline', 'localhost:8001'],
    );
  });

  it('does not look for placeholders in a value', () => {
    const strange = { ...values, profileTemplate: '${port}' };
    assert.deepEqual(customCommand('run ${profileTemplate}', strange), ['run', '${port}']);
  });

  it('names a placeholder that it does not know', () => {
    assert.throws(() => customCommand('run ${prot}', values), {
      message:
        'The setting hotline.server.command has the unknown placeholder ${prot}: known are ${profileDirectory}, ${profileTemplate}, ${python}, ${host} and ${port}.',
    });
  });

  it('says that there is no interpreter only when one is asked for', () => {
    const none = { ...values, python: [] };
    assert.deepEqual(customCommand('flask run', none), ['flask', 'run']);
    assert.throws(() => customCommand('${python} run.py', none), { kind: 'interpreterMissing' });
  });

  it('refuses a command without a word', () => {
    assert.throws(() => customCommand('  ', values), { kind: 'settingInvalid' });
  });
});
