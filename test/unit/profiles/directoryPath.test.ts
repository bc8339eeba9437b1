import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expandDirectory, settingFor } from '../../../src/profiles/directoryPath';

const VARIABLES = {
  workspaceFolder: '/work/shop',
  home: '/home/ada',
  environment: { PROFILES: '/data/profiles', EMPTY: '' },
};

describe('expandDirectory', { skip: process.platform === 'win32' }, () => {
  it('expands what the setting may hold', () => {
    const cases: readonly [string, string][] = [
      ['${workspaceFolder}/.hotline', '/work/shop/.hotline'],
      ['/tmp/my-profile-data/', '/tmp/my-profile-data'],
      ['~/profiles', '/home/ada/profiles'],
      ['~', '/home/ada'],
      ['${env:PROFILES}/web', '/data/profiles/web'],
      ['$PROFILES', '/data/profiles'],
      ['${PROFILES}', '/data/profiles'],
      ['profiles/../other', '/work/shop/other'],
      ['/', '/'],
      ['/a~b', '/a~b'],
    ];
    for (const [text, path] of cases) assert.equal(expandDirectory(text, VARIABLES), path);
  });

  it('says what is missing', () => {
    assert.throws(() => expandDirectory('${env:NOPE}/x', VARIABLES), /environment variable NOPE/);
    assert.throws(() => expandDirectory('$EMPTY/x', VARIABLES), /environment variable EMPTY/);
    assert.throws(() => expandDirectory('  ', VARIABLES), /empty item/);
    const noFolder = { ...VARIABLES, workspaceFolder: undefined };
    assert.throws(() => expandDirectory('relative', noFolder), /needs an open folder/);
  });
});

describe('settingFor', { skip: process.platform === 'win32' }, () => {
  it('writes what is below the folder relative to it', () => {
    assert.equal(settingFor('/work/shop/prof', '/work/shop'), '${workspaceFolder}/prof');
    assert.equal(settingFor('/work/shopping', '/work/shop'), '/work/shopping');
    assert.equal(settingFor('/tmp/x', undefined), '/tmp/x');
  });
});
