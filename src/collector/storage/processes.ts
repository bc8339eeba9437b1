import type { CollectedQuery } from '../api';
import { numberOf, textOf, type Database } from './database';
import type { ProcessKey } from './intervals';

/** A process with its id. */
export interface StoredProcess extends ProcessKey {
  readonly id: number;
}

/** All processes that a query is about, by their ids. */
export function processesOf(
  database: Database,
  query: Pick<CollectedQuery, 'host' | 'port' | 'process'>,
): Map<number, StoredProcess> {
  const rows = database.prepare('SELECT * FROM processes').all();
  const processes = rows.map((row) => ({
    id: numberOf(row, 'id'),
    host: textOf(row, 'host'),
    port: numberOf(row, 'port'),
    name: textOf(row, 'name'),
    pid: numberOf(row, 'pid'),
    granularity: numberOf(row, 'granularity'),
    import: numberOf(row, 'import'),
  }));
  return new Map(
    processes.filter((process) => isWanted(process, query)).map((process) => [process.id, process]),
  );
}

function isWanted(
  { host, port, name }: StoredProcess,
  query: Pick<CollectedQuery, 'host' | 'port' | 'process'>,
): boolean {
  return (
    host === (query.host ?? host) &&
    port === (query.port ?? port) &&
    name === (query.process ?? name)
  );
}
