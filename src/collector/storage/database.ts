import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema';
import { connect, DatabaseError, type Connection, type Row, type Statement } from './sqlite';

/** How long one window waits for another one's transaction, which takes milliseconds. */
const BUSY_MS = 5000;

/** Bytes that the journal of writes may keep on disk once it is empty. */
const JOURNAL_BYTES = 4 * 1024 * 1024;

/**
 * A connection to a collector's database. Any number of them, in any processes, may be open at a
 * time: writes are transactions of a write-ahead log, so that a reader never waits, and a process
 * that is killed leaves what it had committed and nothing else.
 */
export class Database {
  readonly #connection: Connection;
  readonly #statements = new Map<string, Statement>();

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Opens a database to write to, and makes it where there is none.
   * @throws DatabaseError where that cannot be done
   */
  static open(path: string): Database {
    return opening(path, () => {
      mkdirSync(dirname(path), { recursive: true });
      createPrivately(path);
      return prepared(connect(path, { readOnly: false }), (connection) => {
        connection.exec(`
          PRAGMA auto_vacuum = INCREMENTAL;
          PRAGMA journal_mode = WAL;
          PRAGMA synchronous = NORMAL;
          PRAGMA journal_size_limit = ${JOURNAL_BYTES};
        `);
        const database = new Database(connection);
        database.transaction(() => {
          if (database.#isEmpty()) database.#create();
          else database.#check();
        });
        return database;
      });
    });
  }

  /**
   * Opens a database to read from; `undefined` where there is none yet.
   * @throws DatabaseError where it is not one of this Hotline's
   */
  static openToRead(path: string): Database | undefined {
    if (!existsSync(path)) return undefined;
    return opening(path, () =>
      prepared(connect(path, { readOnly: true }), (connection) => {
        const database = new Database(connection);
        if (database.#isEmpty()) {
          connection.close();
          return undefined;
        }
        database.#check();
        return database;
      }),
    );
  }

  /** A statement, compiled once. */
  prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** The one number that a statement answers with; 0 where it has no answer. */
  number(sql: string, ...values: Parameters<Statement['get']>): number {
    const row = this.prepare(sql).get(...values);
    return row === undefined ? 0 : Number(Object.values(row)[0] ?? 0);
  }

  /** Does all that the function does, or nothing of it where it throws. */
  transaction<T>(act: () => T): T {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      const result = act();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      this.#connection.exec('ROLLBACK');
      throw error;
    }
  }

  /** Reads several things as they are at one moment. */
  snapshot<T>(read: () => T): T {
    this.#connection.exec('BEGIN');
    try {
      return read();
    } finally {
      this.#connection.exec('COMMIT');
    }
  }

  /** Gives up to so many pages, which nothing uses any more, back to the disk. */
  shrink(pages: number): void {
    this.#connection.exec(`PRAGMA incremental_vacuum(${pages})`);
  }

  /** Pages of the file that nothing uses any more. */
  unusedPages(): number {
    return this.number('PRAGMA freelist_count');
  }

  /** Bytes that are in use. */
  usedBytes(): number {
    const pages = this.number('PRAGMA page_count') - this.unusedPages();
    return pages * this.number('PRAGMA page_size');
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  #isEmpty(): boolean {
    return this.number('SELECT count(*) FROM sqlite_schema') === 0;
  }

  #create(): void {
    this.#connection.exec(SCHEMA);
    this.#connection.exec(`
      PRAGMA application_id = ${APPLICATION_ID};
      PRAGMA user_version = ${SCHEMA_VERSION};
    `);
  }

  #check(): void {
    if (this.number('PRAGMA application_id') !== APPLICATION_ID)
      throw new Error('it is a database of another program');
    const version = this.number('PRAGMA user_version');
    if (version !== SCHEMA_VERSION)
      throw new Error(
        `it is of version ${version}, and this Hotline knows version ${SCHEMA_VERSION} only; update Hotline, or collect into another file`,
      );
  }
}

/** Closes the connection again where it turns out to be of no use. */
function prepared<T>(connection: Connection, prepare: (connection: Connection) => T): T {
  try {
    connection.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    return prepare(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Names of functions and files are nobody else's business on a shared machine. */
function createPrivately(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
}

function opening<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatabaseError(`${path} cannot be used: ${reason}.`, {
      cause: error,
    });
  }
}

/** A number of a row. */
export function numberOf(row: Row, column: string): number {
  return Number(row[column] ?? 0);
}

/** A text of a row. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}

/** Bytes of a row. */
export function bytesOf(row: Row, column: string): Uint8Array {
  const value = row[column];
  return value instanceof Uint8Array ? value : new Uint8Array();
}
