import { connect, DatabaseError } from '../../../../src/collector/storage/sqlite';

/** Why tests that need SQLite are skipped; `false` where this Node has it. */
export const withoutSqlite: string | false = reason();

function reason(): string | false {
  try {
    connect(':memory:', { readOnly: false }).close();
    return false;
  } catch (error) {
    if (error instanceof DatabaseError) return error.message;
    throw error;
  }
}
