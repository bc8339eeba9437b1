import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchFiles } from '../../../../../src/core/derive/comparison/matchFiles';
import { matchFunctions } from '../../../../../src/core/derive/comparison/matchFunctions';
import type { Func } from '../../../../../src/core/model/profile';

function pairs(before: readonly string[], after: readonly string[]): Record<string, string> {
  return Object.fromEntries(matchFiles(new Set(before), new Set(after)));
}

describe('files of both sides', () => {
  it('match by their paths', () => {
    assert.deepEqual(pairs(['/app/a.py', '<string>'], ['<string>', '/app/a.py', '/b/app/a.py']), {
      '/app/a.py': '/app/a.py',
      '<string>': '<string>',
    });
  });

  it('match in another root, as in a container', () => {
    assert.deepEqual(
      pairs(
        [
          '/home/ada/shop/store/views.py',
          '/home/ada/shop/store/models.py',
          '/home/ada/shop/gone.py',
        ],
        ['/srv/store/views.py', '/srv/store/models.py', '/srv/orders/models.py', '/srv/new.py'],
      ),
      {
        '/home/ada/shop/store/views.py': '/srv/store/views.py',
        '/home/ada/shop/store/models.py': '/srv/store/models.py',
      },
    );
  });

  it('are not the same by the ends of their paths, where the project stayed where it is', () => {
    const shared = ['/srv/shop/urls.py', '/srv/shop/store/models.py'];
    assert.deepEqual(
      pairs(
        [...shared, '/srv/shop/store/api/views.py'],
        [...shared, '/srv/shop/orders/api/views.py'],
      ),
      Object.fromEntries(shared.map((file) => [file, file])),
    );
    assert.deepEqual(pairs(['/srv/shop/store/views.py'], ['/srv/shop/orders/views.py']), {});
    assert.deepEqual(pairs(['/home/ada/app.py'], ['/srv/app.py']), {
      '/home/ada/app.py': '/srv/app.py',
    });
  });

  it('match on another system', () => {
    const windows = String.raw`C:\shop\store\views.py`;
    assert.deepEqual(pairs([windows], ['/srv/store/views.py']), {
      [windows]: '/srv/store/views.py',
    });
  });

  it('match in another virtual environment, and in the library of another Python', () => {
    const packages = 'lib/python3.11/site-packages';
    assert.deepEqual(
      pairs(
        [`/old/${packages}/django/urls/base.py`, `/usr/lib/python3.11/json/decoder.py`],
        [
          '/new/lib/python3.13/site-packages/django/urls/base.py',
          '/new/lib/python3.13/site-packages/other/urls/base.py',
          '/usr/local/lib/python3.13/json/decoder.py',
        ],
      ),
      {
        [`/old/${packages}/django/urls/base.py`]:
          '/new/lib/python3.13/site-packages/django/urls/base.py',
        '/usr/lib/python3.11/json/decoder.py': '/usr/local/lib/python3.13/json/decoder.py',
      },
    );
  });

  it('do not match where several are alike, or only the name of any package is', () => {
    assert.deepEqual(pairs(['/a/store/views.py'], ['/x/store/views.py', '/y/store/views.py']), {});
    assert.deepEqual(pairs(['/a/x/views.py', '/b/x/views.py'], ['/c/x/views.py']), {});
    assert.deepEqual(pairs(['/a/orders/__init__.py'], ['/b/store/__init__.py']), {});
  });
});

/** Functions from `name file line`. */
function funcs(...texts: readonly string[]): Func[] {
  return texts.map((text) => {
    const [name = '', file, line] = text.split(' ');
    return { name, file, line: line === undefined ? undefined : Number(line) };
  });
}

/** Matched functions as `line before > line after`, and a blank where one is new or gone. */
function moves(before: readonly Func[], after: readonly Func[]): string[] {
  const filesOf = (functions: readonly Func[]): Set<string> =>
    new Set(functions.flatMap(({ file }) => file ?? []));
  const files = matchFiles(filesOf(before), filesOf(after));
  const place = (func: Func | undefined): string => (func ? `${func.name}:${func.line}` : '');
  return matchFunctions(before, after, files).map(
    (pair) => `${place(before[pair.before ?? -1])} > ${place(after[pair.after ?? -1])}`,
  );
}

describe('functions of both sides', () => {
  it('match by file and name wherever they moved', () => {
    assert.deepEqual(
      moves(funcs('view a.py 10', 'load b.py 3'), funcs('load b.py 90', 'view a.py 4')),
      ['view:10 > view:4', 'load:3 > load:90'],
    );
  });

  it('are new or gone, also when the same name is in another file', () => {
    assert.deepEqual(
      moves(funcs('view a.py 10', 'save a.py 20'), funcs('view b.py 10', 'save a.py 20')),
      ['view:10 > ', 'save:20 > save:20', ' > view:10'],
    );
  });

  it('of one name match in the order of their lines', () => {
    const before = funcs('<lambda> a.py 30', '<lambda> a.py 10');
    const after = funcs('<lambda> a.py 35', '<lambda> a.py 70');
    assert.deepEqual(moves(before, after), [
      '<lambda>:10 > <lambda>:35',
      '<lambda>:30 > <lambda>:70',
    ]);
  });

  it('of one name match the closest, where one is new', () => {
    const before = funcs('<lambda> a.py 10', '<lambda> a.py 50');
    const after = funcs('<lambda> a.py 11', '<lambda> a.py 30', '<lambda> a.py 52');
    assert.deepEqual(moves(before, after), [
      '<lambda>:10 > <lambda>:11',
      '<lambda>:50 > <lambda>:52',
      ' > <lambda>:30',
    ]);
    assert.deepEqual(moves(after, before), [
      '<lambda>:11 > <lambda>:10',
      '<lambda>:30 > ',
      '<lambda>:52 > <lambda>:50',
    ]);
  });

  it('of one name moved as the functions around them', () => {
    const before = funcs('First a.py 9', 'get a.py 10', 'Second a.py 49', 'get a.py 50');
    const after = funcs(
      ...['get a.py 10', 'First a.py 39', 'get a.py 40', 'Second a.py 79', 'get a.py 80'],
    );
    assert.deepEqual(
      moves(before, after).filter((move) => move.includes('get')),
      ['get:10 > get:40', 'get:50 > get:80', ' > get:10'],
    );
  });

  it('without a file match by name', () => {
    assert.deepEqual(moves(funcs('len'), funcs('len', 'max')), [
      'len:undefined > len:undefined',
      ' > max:undefined',
    ]);
  });
});
