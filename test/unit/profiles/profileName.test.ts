import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFileName } from '../../../src/core/fileName';
import { nameKind } from '../../../src/profiles/profileName';
import { TEMPLATE } from './support';

describe('nameKind', () => {
  it('tells profiles from other files and from what is to be ignored', () => {
    const cases: readonly [string, string][] = [
      ['shop.000012ms.1795175664.prof', 'profile'],
      ['x.lprof', 'profile'],
      ['x.speedscope.json', 'profile'],
      ['callgrind.out.1234', 'profile'],
      ['callgrind.outline', 'other'],
      ['data.json', 'other'],
      ['dump', 'other'],
      ['.gitignore', 'ignored'],
      ['.x.prof', 'ignored'],
      ['x.prof.tmp', 'ignored'],
      ['x.prof~', 'ignored'],
    ];
    for (const [name, kind] of cases) {
      assert.equal(nameKind(name, readFileName(name, TEMPLATE)), kind, name);
    }
  });

  it('takes a name without an ending for a profile’s when the template says so', () => {
    const template = '{path}-{duration}';
    assert.equal(nameKind('shop-12', readFileName('shop-12.prof', template)), 'profile');
  });
});
