import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Database } from '../../../src/collector/storage/database';
import { connect, DatabaseError } from '../../../src/collector/storage/sqlite';
import { databasePath } from './support/folder';
import { withoutSqlite } from './support/sqlite';

const root = join(__dirname, '..', '..', '..');

describe('the database', { skip: withoutSqlite }, () => {
  it('is not readable by others on the machine', { skip: process.platform === 'win32' }, () => {
    const path = databasePath();
    Database.open(path).close();
    assert.equal(statSync(path).mode & 0o077, 0);
  });

  it('refuses in a sentence what a newer Hotline wrote', () => {
    const path = databasePath();
    Database.open(path).close();
    const connection = connect(path, { readOnly: false });
    connection.exec('PRAGMA user_version = 99');
    connection.close();
    for (const open of [() => Database.open(path), () => Database.openToRead(path)])
      assert.throws(open, isError(/: it is of version 99, and this Hotline knows version 1 only;/));
  });

  it('refuses files of others, and leaves them as they are', () => {
    const [foreign, text] = [databasePath(), databasePath()];
    const connection = connect(foreign, { readOnly: false });
    connection.exec('CREATE TABLE customers (name TEXT)');
    connection.close();
    writeFileSync(text, 'No database at all, but longer than the header of one. '.repeat(30));
    assert.throws(
      () => Database.open(foreign),
      isError(/: it is a database of another program\.$/),
    );
    assert.throws(() => Database.open(text), isError(/ cannot be used: file is not a database\.$/));
    assert.equal(statSync(text).size, 1650);
  });

  it('undoes what a transaction did that failed', () => {
    const database = Database.open(databasePath());
    const add = (): void => {
      database.prepare("INSERT INTO imports (path, digest) VALUES ('a', 'b')").run();
    };
    assert.throws(() => {
      database.transaction(() => {
        add();
        throw new Error('no');
      });
    });
    assert.equal(database.number('SELECT count(*) FROM imports'), 0);
    database.transaction(add);
    assert.equal(database.number('SELECT count(*) FROM imports'), 1);
    database.close();
  });

  it('says nothing of experiments on the standard error, and hides no other warning', () => {
    const program = `
      const { connect } = require('./src/collector/storage/sqlite');
      connect(':memory:', { readOnly: false }).close();
      process.emitWarning('of something else');`;
    const { stderr } = spawnSync(process.execPath, ['--import', 'tsx', '-e', program], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.match(stderr, /of something else/);
    assert.doesNotMatch(stderr, /SQLite/);
  });
});

function isError(sentence: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof DatabaseError && sentence.test(error.message);
}
