import type { CollectedQuery, SampleCount, SampleCounts } from './api';
import { numberOf, type Database } from './storage/database';
import { processesOf } from './storage/processes';
import {
  fineRowsSql,
  fineRowsValues,
  rowsSql,
  rowsValues,
  selectMinutes,
} from './storage/selection';
import { HOUR, MINUTE_MS } from './storage/time';

/** Minutes that a part of time may have, all of which divide a day or are made of days. */
const LENGTHS = [1, 2, 5, 10, 15, 30, HOUR, 2 * HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR, 168 * HOUR];

/** More bars than that cannot be told apart. */
const MOST_BUCKETS = 720;

const COLUMNS = 'process, start, running, waiting';

/**
 * Counts the samples of a query over time. Where only hours are kept, the samples of an hour count
 * for its beginning.
 * @param bucketMs as `History.counts` has it
 */
export function countSamples(
  database: Database,
  query: CollectedQuery,
  bucketMs: number | undefined,
): SampleCounts {
  const minutes = selectMinutes(database, query);
  const length =
    bucketMs === undefined
      ? usualLength(minutes.until - minutes.from)
      : Math.max(1, Math.ceil(bucketMs / MINUTE_MS));
  const processes = processesOf(database, query);
  const rows =
    length < HOUR
      ? database.prepare(fineRowsSql(COLUMNS)).iterate(...fineRowsValues(minutes))
      : database.prepare(rowsSql(COLUMNS)).iterate(...rowsValues(minutes));
  const buckets = new Map<number, { running: number; waiting: number }>();
  for (const row of rows) {
    if (!processes.has(numberOf(row, 'process'))) continue;
    const start = Math.floor(numberOf(row, 'start') / length) * length;
    let bucket = buckets.get(start);
    if (!bucket) buckets.set(start, (bucket = { running: 0, waiting: 0 }));
    bucket.running += numberOf(row, 'running');
    bucket.waiting += numberOf(row, 'waiting');
  }
  const counts = [...buckets]
    .sort(([one], [other]) => one - other)
    .map(([start, bucket]): SampleCount => ({ startMs: start * MINUTE_MS, ...bucket }));
  return { bucketMs: length * MINUTE_MS, counts };
}

function usualLength(minutes: number): number {
  return LENGTHS.find((length) => minutes / length <= MOST_BUCKETS) ?? LENGTHS.at(-1) ?? 1;
}
