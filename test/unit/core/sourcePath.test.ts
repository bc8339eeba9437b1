import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import {
  bestSuffixMatch,
  isLibraryPath,
  isSameLibraryFile,
  sourceCandidates,
} from '../../../src/core/sourcePath';

const linux = { mappings: [], workspaceFolders: ['/home/me/shop'], platform: 'linux' } as const;
const windows = { mappings: [], workspaceFolders: ['C:\\me\\shop'], platform: 'win32' } as const;

describe('sourceCandidates', () => {
  it('tries the path itself, normalised', () => {
    assert.deepEqual(sourceCandidates('/srv/bin/../app/views.py', linux), ['/srv/app/views.py']);
    assert.deepEqual(sourceCandidates('C:\\app\\.\\views.py', windows), ['c:\\app\\views.py']);
    assert.deepEqual(sourceCandidates('c:/app\\sub/views.py', windows), ['c:\\app\\sub\\views.py']);
  });

  it('tries mappings first, in their order', () => {
    const mappings = [
      { from: '/app', to: '/home/me/shop' },
      { from: '/app/lib/', to: '/opt/lib' },
      { from: '/ap', to: '/wrong' },
    ];
    assert.deepEqual(sourceCandidates('/app/lib/views.py', { ...linux, mappings }), [
      '/home/me/shop/lib/views.py',
      '/opt/lib/views.py',
      '/app/lib/views.py',
    ]);
  });

  it('maps Windows paths on other systems, whatever their case, and back', () => {
    const toLinux = [{ from: 'c:\\App', to: '/home/me/shop' }];
    assert.deepEqual(sourceCandidates('C:\\app\\Shop\\views.py', { ...linux, mappings: toLinux }), [
      '/home/me/shop/Shop/views.py',
    ]);
    const toWindows = [{ from: '/app', to: 'D:\\shop' }];
    assert.deepEqual(sourceCandidates('/app/sub/views.py', { ...windows, mappings: toWindows }), [
      'D:\\shop\\sub\\views.py',
    ]);
  });

  it('maps network paths', () => {
    const mappings = [{ from: '\\\\server\\share\\app', to: '/home/me/shop' }];
    assert.deepEqual(sourceCandidates('\\\\Server\\share\\app\\views.py', { ...linux, mappings }), [
      '/home/me/shop/views.py',
    ]);
  });

  it('tries a relative path in each workspace folder', () => {
    const workspaceFolders = ['/home/me/shop', '/home/me/lib'];
    assert.deepEqual(sourceCandidates('./app/views.py', { ...linux, workspaceFolders }), [
      '/home/me/shop/app/views.py',
      '/home/me/lib/app/views.py',
    ]);
    assert.deepEqual(sourceCandidates('app\\views.py', linux), ['/home/me/shop/app/views.py']);
  });

  it('takes the source of compiled code', () => {
    assert.deepEqual(sourceCandidates('/app/views.pyc', linux), ['/app/views.py']);
    assert.deepEqual(sourceCandidates('/app/__pycache__/views.cpython-311.pyc', linux), [
      '/app/views.py',
    ]);
  });

  it('keeps a backslash in a POSIX path', () => {
    assert.deepEqual(sourceCandidates('/app/a\\b.py', linux), ['/app/a\\b.py']);
  });

  for (const path of ['', '~', '<string>', '<frozen importlib._bootstrap>', '/', 'a\0b.py']) {
    it(`has nothing for ${JSON.stringify(path)}`, () => {
      assert.deepEqual(sourceCandidates(path, linux), []);
    });
  }

  it('ignores a mapping of everything or to nowhere', () => {
    const mappings = [
      { from: '', to: '/home' },
      { from: '/app', to: '' },
    ];
    assert.deepEqual(sourceCandidates('/app/views.py', { ...linux, mappings }), ['/app/views.py']);
  });
});

describe('bestSuffixMatch', () => {
  const files = [
    '/home/me/shop/orders/views.py',
    '/home/me/shop/items/views.py',
    '/home/me/shop/manage.py',
    '/home/me/shop/orders/__init__.py',
  ];

  const cases: readonly (readonly [why: string, profiled: string, match: string | undefined])[] = [
    ['the same folder', '/app/orders/views.py', files[0]],
    ['a Windows path', 'C:\\App\\Orders\\Views.py', files[0]],
    ['a relative path', 'items/views.py', files[1]],
    ['a name that no other file has', '/app/manage.py', files[2]],
    ['a name that several files have', '/app/views.py', undefined],
    ['another folder', '/app/users/views.py', undefined],
    ['a name that every package has', '/app/users/__init__.py', undefined],
    ['the standard library', '/usr/lib/python3.11/orders/views.py', undefined],
    ['the standard library on Windows', 'C:\\Python311\\Lib\\orders\\views.py', undefined],
    ['an installed package', '/v/lib/python3.11/site-packages/orders/views.py', files[0]],
    ['part of an installed package', '/v/site-packages/django/orders/views.py', undefined],
    ['an installed module', '/v/site-packages/manage.py', undefined],
    ['no file', '<string>', undefined],
  ];
  for (const [why, profiled, match] of cases) {
    it(`finds ${match ?? 'nothing'} for ${why}`, () => {
      assert.equal(bestSuffixMatch(profiled, files), match);
    });
  }

  it('takes the longest match, and none of two that are as long', () => {
    const copies = ['/w/shop/orders/views.py', '/w/old/orders/views.py'];
    assert.equal(bestSuffixMatch('/app/shop/orders/views.py', copies), copies[0]);
    assert.equal(bestSuffixMatch('/app/orders/views.py', copies), undefined);
  });
});

describe('a library file of another installation', () => {
  const django = '/usr/local/lib/python3.12/site-packages/django/db/models/query.py';
  const cases: readonly (readonly [why: string, profiled: string, file: string, same: boolean])[] =
    [
      [
        'the same package',
        django,
        '/w/.venv/lib/python3.11/site-packages/django/db/models/query.py',
        true,
      ],
      [
        'a Debian package',
        django,
        '/usr/lib/python3/dist-packages/django/db/models/query.py',
        true,
      ],
      ['another package', django, '/w/site-packages/other/db/models/query.py', false],
      ['part of the path', django, '/w/site-packages/models/query.py', false],
      [
        'the same standard library',
        '/usr/local/lib/python3.12/json/decoder.py',
        '/usr/lib/python3.12/json/decoder.py',
        true,
      ],
      [
        'another Python',
        '/usr/local/lib/python3.12/json/decoder.py',
        '/usr/lib/python3.11/json/decoder.py',
        false,
      ],
      ['own code', '/app/shop/views.py', '/home/me/shop/views.py', false],
      ['no file', '<string>', '/w/site-packages/x.py', false],
    ];
  for (const [why, profiled, file, same] of cases) {
    it(`is ${same ? '' : 'not '}found: ${why}`, () => {
      assert.equal(isSameLibraryFile(profiled, file), same);
    });
  }
});

describe('a path of a library', () => {
  for (const [path, expected] of [
    ['/venv/lib/python3.11/site-packages/django/db.py', true],
    ['/usr/lib/python3/dist-packages/yaml.py', true],
    ['/usr/lib/python3.11/json/decoder.py', true],
    ['C:\\Python311\\Lib\\json\\decoder.py', true],
    ['<frozen os>', true],
    ['/app/shop/views.py', false],
    ['shop/lib/views.py', false],
  ] as const) {
    it(`is ${expected ? '' : 'not '}${path}`, () => {
      assert.equal(isLibraryPath(path), expected);
    });
  }
});
