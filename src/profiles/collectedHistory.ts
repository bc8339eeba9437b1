import type { ImportedHistory } from '../collector/api';
import { History } from '../collector/history';
import { importStackcollector } from '../collector/importing';
import { DatabaseError } from '../collector/storage/sqlite';
import { ProfileError } from '../core/model/errors';

/**
 * Reads something of what was collected.
 * @param database file system path; nothing was collected where there is none
 * @throws ProfileError when the database cannot be read
 */
export function readHistory<T>(database: string, read: (history: History) => T): T {
  const history = new History(database);
  try {
    return withSentences(() => read(history));
  } finally {
    history.dispose();
  }
}

/**
 * Adds what stackcollector gathered to a collector's database; see `importStackcollector`.
 * @throws ProfileError when the file is no history, or the database cannot be used
 */
export function importHistory(database: string, path: string): ImportedHistory {
  return withSentences(() => importStackcollector(database, path));
}

/** Only the sentences of profile errors cross from the worker to a person. */
function withSentences<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new ProfileError(error.message, 'broken', { cause: error });
  }
}
