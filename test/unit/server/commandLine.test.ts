import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  profiledServerCommand,
  shownCommand,
  type CommandLineFacts,
} from '../../../src/server/commandLine';
import type { Probe } from '../../../src/server/probe';

const newest: Probe = {
  version: [3, 11],
  django: '5.2',
  extensions: '4.1',
  installed: true,
  settingsFile: undefined,
  excludedUrls: [
    ['MEDIA_URL', '/media/'],
    ['STATIC_URL', '/static/'],
  ],
  options: undefined,
  exception: undefined,
};

const shop: CommandLineFacts = {
  python: ['/shop/.venv/bin/python'],
  manageFile: '/shop/manage.py',
  profileDirectory: '/shop/.hotline',
  template: '{path}.{duration:06d}ms.{time}',
  host: '127.0.0.1',
  port: 8000,
  noMedia: true,
  kcachegrind: false,
  threading: 'auto',
  furtherArguments: [],
  probe: newest,
};

/** The arguments after `runprofileserver`. */
function options(facts: Partial<CommandLineFacts>, probe: Partial<Probe> = {}): string[] {
  const { argv } = profiledServerCommand({ ...shop, ...facts, probe: { ...newest, ...probe } });
  return argv.slice(argv.indexOf('runprofileserver') + 1);
}

describe('profiledServerCommand', () => {
  it('is the command that the manual of django-extensions describes', () => {
    assert.deepEqual(profiledServerCommand(shop), {
      argv: [
        '/shop/.venv/bin/python',
        '/shop/manage.py',
        'runprofileserver',
        '--prof-path',
        '/shop/.hotline',
        '--prof-file',
        '{path}.{duration:06d}ms.{time}',
        '--nomedia',
        '127.0.0.1:8000',
      ],
      notes: [],
    });
  });

  it('keeps Windows paths with spaces whole', () => {
    const { argv } = profiledServerCommand({
      ...shop,
      python: ['C:\\Windows\\py.exe', '-3'],
      manageFile: 'C:\\My Shop\\manage.py',
      profileDirectory: 'C:\\My Shop\\.hotline',
    });
    assert.deepEqual(argv.slice(0, 6), [
      'C:\\Windows\\py.exe',
      '-3',
      'C:\\My Shop\\manage.py',
      'runprofileserver',
      '--prof-path',
      'C:\\My Shop\\.hotline',
    ]);
  });

  it('puts further arguments before the address', () => {
    assert.deepEqual(options({ furtherArguments: ['--insecure'] }).slice(-2), [
      '--insecure',
      '127.0.0.1:8000',
    ]);
  });

  it('asks for callgrind text', () => {
    assert.ok(options({ kcachegrind: true }).includes('--kcachegrind'));
  });

  it('serves one request at a time from Python 3.12 on, and says why', () => {
    assert.ok(!options({}, { version: [3, 11] }).includes('--nothreading'));
    assert.ok(!options({}, { version: [2, 7] }).includes('--nothreading'));
    assert.ok(options({}, { version: [3, 12] }).includes('--nothreading'));
    assert.ok(options({}, { version: [4, 0] }).includes('--nothreading'));
    const { notes } = profiledServerCommand({ ...shop, probe: { ...newest, version: [3, 13] } });
    assert.match(notes.join(), /One request at a time \(--nothreading\): on Python 3\.13/);
  });

  it('lets the setting decide on threads', () => {
    assert.ok(options({ threading: 'never' }, { version: [3, 11] }).includes('--nothreading'));
    assert.ok(!options({ threading: 'always' }, { version: [3, 13] }).includes('--nothreading'));
  });

  it('leaves --nomedia out where it would leave out every request', () => {
    const probe = { ...newest, excludedUrls: [['MEDIA_URL', '/']] as const };
    const { argv, notes } = profiledServerCommand({ ...shop, probe });
    assert.ok(!argv.includes('--nomedia'));
    assert.match(notes.join(), /--nomedia is left out, because MEDIA_URL is "\/"/);
  });

  it('profiles media when the setting says so', () => {
    assert.ok(!options({ noMedia: false }).includes('--nomedia'));
  });

  it('takes cProfile where an old version would take hotshot', () => {
    const old = new Set(['--prof-path', '--prof-file', '--use-cprofile', '--nothreading']);
    assert.ok(options({}, { options: old }).includes('--use-cprofile'));
    assert.ok(!options({}, { options: new Set(['--prof-file']) }).includes('--use-cprofile'));
  });

  it('leaves out --prof-file before it existed', () => {
    assert.ok(!options({}, { options: new Set(['--prof-path']) }).includes('--prof-file'));
  });

  it('lets the autoreloader survive a broken file', () => {
    const known = new Set(['--prof-file', '--skip-checks']);
    assert.ok(options({}, { options: known }).includes('--skip-checks'));
  });

  it('refuses a field that runprofileserver does not know', () => {
    assert.throws(() => options({ template: '{method}.{path}' }), {
      kind: 'settingInvalid',
      message:
        'The setting hotline.fileNameTemplate has {method}, but runprofileserver fills in only {path}, {duration} and {time}: take it out.',
    });
  });

  it('does not take escaped braces for a field', () => {
    assert.ok(options({ template: '{{method}}{path!s:>20}' }).includes('{{method}}{path!s:>20}'));
  });

  it('refuses an IPv6 address, which runprofileserver takes apart', () => {
    assert.throws(() => options({ host: '::1' }), { details: { setting: 'hotline.server.host' } });
  });
});

describe('shownCommand', () => {
  it('quotes what has spaces or braces', () => {
    assert.equal(shownCommand(['py', 'a b', '{x}', 'C:\\a']), 'py "a b" "{x}" C:\\a');
  });
});
