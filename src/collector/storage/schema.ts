/** Stands in the file's header, so that a file of another program is not taken for ours: `HtCo`. */
export const APPLICATION_ID = 0x4874436f;

/** Raised with every change that an older Hotline could not read. */
export const SCHEMA_VERSION = 1;

/**
 * Where a column tells what may be unknown, an empty text or 0 stands for it: SQLite takes every
 * NULL for a different one, so that unique indexes would not hold.
 *
 * - `frames` and `stacks` hold what repeats once. A stack is its innermost frame below the stack
 *   that called it; the outermost have no parent.
 * - `minutes` and `hours` hold one row for a process and a part of time, `start` in minutes since the
 *   epoch. The counts of its stacks are one blob (see counts.ts) rather than a row each: a month is
 *   then read in a fraction of a second, and takes a tenth of the space.
 * - An hour is made of its minutes once it is over. Until these are dropped, they are there twice:
 *   `is_in_hour` tells so of each, for others may still arrive late.
 * - `state` has one row: minutes before `minutes_from` are dropped, which is the start of an hour;
 *   `stack_removals` counts how often unused stacks were removed.
 */
export const SCHEMA = `
  CREATE TABLE frames (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    file TEXT NOT NULL,
    definition_line INTEGER NOT NULL,
    executing_line INTEGER NOT NULL,
    UNIQUE (name, file, definition_line, executing_line)
  );
  CREATE TABLE stacks (
    id INTEGER PRIMARY KEY,
    parent INTEGER NOT NULL,
    frame INTEGER NOT NULL,
    UNIQUE (parent, frame)
  );
  CREATE TABLE processes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    name TEXT NOT NULL,
    pid INTEGER NOT NULL,
    granularity REAL NOT NULL,
    import INTEGER NOT NULL,
    UNIQUE (host, port, name, pid, granularity, import)
  );
  CREATE TABLE minutes (
    start INTEGER NOT NULL,
    process INTEGER NOT NULL,
    is_in_hour INTEGER NOT NULL,
    running INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    running_counts BLOB NOT NULL,
    waiting_counts BLOB NOT NULL,
    PRIMARY KEY (start, process)
  );
  CREATE INDEX minutes_in_no_hour ON minutes (start, process) WHERE is_in_hour = 0;
  CREATE TABLE hours (
    start INTEGER NOT NULL,
    process INTEGER NOT NULL,
    running INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    running_counts BLOB NOT NULL,
    waiting_counts BLOB NOT NULL,
    PRIMARY KEY (start, process)
  );
  CREATE TABLE endpoints (
    url TEXT PRIMARY KEY,
    asked_ms REAL NOT NULL,
    elapsed REAL NOT NULL
  );
  CREATE TABLE leases (
    url TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    pid INTEGER NOT NULL,
    until_ms REAL NOT NULL
  );
  CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL
  );
  CREATE TABLE state (minutes_from INTEGER NOT NULL, stack_removals INTEGER NOT NULL);
  INSERT INTO state VALUES (0, 0);
`;
