import type { CollectedQuery } from '../api';
import { addToSums } from './counts';
import { bytesOf, numberOf, type Database } from './database';
import { processesOf } from './processes';
import { rowsSql, rowsValues, selectMinutes, type SelectedMinutes } from './selection';

/** How often stacks were sampled in the time of a query. */
export interface StackSums {
  /**
   * Samples by the id of the stack, of all processes in which one stands for so many seconds; 0 where
   * that is unknown.
   */
  readonly samples: ReadonlyMap<number, Float64Array>;
  /** Samples of waiting threads that were left out. */
  readonly leftOut: number;
  readonly minutes: SelectedMinutes;
}

/** Adds up how often the stacks of a query were sampled. */
export function sumStacks(database: Database, query: CollectedQuery): StackSums {
  const minutes = selectMinutes(database, query);
  const processes = processesOf(database, query);
  const size = database.number('SELECT max(id) FROM stacks') + 1;
  const samples = new Map<number, Float64Array>();
  let leftOut = 0;
  const rows = database.prepare(rowsSql('process, waiting, running_counts, waiting_counts'));
  for (const row of rows.iterate(...rowsValues(minutes))) {
    const process = processes.get(numberOf(row, 'process'));
    if (!process) continue;
    let sums = samples.get(process.granularity);
    if (!sums) samples.set(process.granularity, (sums = new Float64Array(size)));
    addToSums(sums, bytesOf(row, 'running_counts'));
    if (query.waiting) addToSums(sums, bytesOf(row, 'waiting_counts'));
    else leftOut += numberOf(row, 'waiting');
  }
  return { samples, leftOut, minutes };
}
