import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { History } from '../../../src/collector/history';
import { importStackcollector } from '../../../src/collector/importing';
import { stackcollector } from '../../../src/core/formats/stackcollector';
import { ProfileError } from '../../../src/core/model/errors';
import { Collected } from './support/collected';
import { foldedStacks } from './support/folded';
import { databasePath } from './support/folder';
import { withoutSqlite } from './support/sqlite';

const folder = join(__dirname, '../../fixtures/profiles/stackcollector/db');

describe('the history of stackcollector', { skip: withoutSqlite }, () => {
  const file = join(folder, 'db.pag');

  it('is imported whole: what its own reader finds, by process', () => {
    const path = databasePath();
    const imported = importStackcollector(path, file);
    const read = stackcollector.read({ bytes: readFileSync(file), name: '' });
    const history = new History(path);
    const profile = history.profile({ period: imported.period ?? { fromMs: 0, untilMs: 1 } });
    assert.equal(profile.total, read.total);
    assert.equal(imported.samples, read.total);
    const names = new Set(read.functions.map(({ name }) => name));
    assert.deepEqual(new Set(profile.functions.map(({ name }) => name)), names);
    const lanes = read.data.kind === 'stacks' ? read.data.lanes : [];
    assert.deepEqual(
      new Set(
        history.processes().map(({ host, port, samples }) => [host, port, samples].join(':')),
      ),
      new Set(lanes.map(({ name, weights }) => `${name}:${weights.reduce((a, b) => a + b)}`)),
    );
    assert.deepEqual(
      [history.period()?.fromMs, imported.period?.fromMs],
      [imported.period?.fromMs, Math.floor((read.period?.recorded.fromMs ?? 0) / 60e3) * 60e3],
    );
    history.dispose();
  });

  it('changes nothing when it is imported again, from wherever, and after it was rolled up', () => {
    const path = databasePath();
    const copy = join(dirname(path), 'copy.pag');
    copyFileSync(file, copy);
    assert.equal(importStackcollector(path, file).isKnown, false);
    const before = stacksIn(path);
    const collected = new Collected(path);
    collected.keepUp(Date.now());
    collected.database.close();
    assert.equal(importStackcollector(path, copy).isKnown, true);
    assert.equal(importStackcollector(path, file).isKnown, true);
    assert.deepEqual(stacksIn(path), before);
  });

  it('takes the place of what was imported of the same file when it has changed', () => {
    const path = databasePath();
    const copy = join(dirname(path), 'copy.pag');
    copyFileSync(file, copy);
    importStackcollector(path, copy);
    const before = stacksIn(path);
    // Behind the last bucket there is nothing that counts.
    writeFileSync(copy, Buffer.concat([readFileSync(file), Buffer.alloc(64)]));
    assert.equal(importStackcollector(path, copy).isKnown, false);
    assert.deepEqual(stacksIn(path), before);
  });

  it('takes the place of an import that was broken off', () => {
    const path = databasePath();
    importStackcollector(path, file);
    const before = stacksIn(path);
    const { database } = new Collected(path);
    database.prepare("UPDATE imports SET digest = ''").run();
    database.prepare('DELETE FROM minutes WHERE process = 1').run();
    database.close();
    assert.equal(importStackcollector(path, file).isKnown, false);
    assert.deepEqual(stacksIn(path), before);
  });

  it('is refused in a sentence where it is something else', () => {
    const path = databasePath();
    for (const [other, sentence] of [
      [__filename, /^It is no gdbm file: /],
      [join(folder, 'missing'), /^It cannot be read: /],
    ] as const)
      assert.throws(
        () => importStackcollector(path, other),
        (error) => error instanceof ProfileError && sentence.test(error.message),
      );
  });

  function stacksIn(path: string): [string, number][] {
    const history = new History(path);
    const stacks = foldedStacks(history.profile({ period: { fromMs: 0, untilMs: 4e12 } }));
    history.dispose();
    return stacks.sort(([one], [other]) => (one < other ? -1 : 1));
  }
});
