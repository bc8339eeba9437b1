/** A value that SQLite stores. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** A row, by the names of its columns. */
export type Row = Readonly<Record<string, SqlValue>>;

/** What is used of a prepared statement of `node:sqlite`. */
export interface Statement {
  run(...values: SqlValue[]): { readonly changes: number | bigint };
  get(...values: SqlValue[]): Row | undefined;
  all(...values: SqlValue[]): Row[];
  iterate(...values: SqlValue[]): Iterable<Row>;
}

/** What is used of a connection of `node:sqlite`. */
export interface Connection {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

interface SqliteModule {
  readonly DatabaseSync: new (path: string, options?: { readOnly?: boolean }) => Connection;
}

/** The database cannot be used; the message is one sentence for a person. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/**
 * Node's own SQLite (https://nodejs.org/api/sqlite.html), which every VS Code that Hotline runs in
 * has: so there is nothing to compile at installation, and none of the packages that would have to
 * be built for each system and each release of Electron.
 * @throws DatabaseError where this Node has none
 */
export function connect(path: string, options: { readonly readOnly: boolean }): Connection {
  const { DatabaseSync } = loadSqlite();
  return new DatabaseSync(path, options);
}

function loadSqlite(): SqliteModule {
  const sqlite = withoutExperimentalWarning(() =>
    'getBuiltinModule' in process
      ? (process.getBuiltinModule('node:sqlite') as SqliteModule | undefined)
      : undefined,
  );
  if (sqlite) return sqlite;
  throw new DatabaseError(
    `Collecting needs SQLite, which Node has from 22.13 on: this is Node ${process.versions.node}.`,
  );
}

/** Node 22 and 24 warn of the module when it is loaded, which tells a user of ours nothing. */
function withoutExperimentalWarning<T>(load: () => T): T {
  const emitWarning = process.emitWarning.bind(process) as (...details: unknown[]) => void;
  const original = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  process.emitWarning = (...details: unknown[]) => {
    if (details[1] !== 'ExperimentalWarning') emitWarning(...details);
  };
  try {
    return load();
  } finally {
    if (original) Object.defineProperty(process, 'emitWarning', original);
  }
}
