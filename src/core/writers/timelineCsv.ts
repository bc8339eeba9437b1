import type { Timeline } from '../model/profile';
import { csv, type Cell } from './encoding/csv';
import type { ExportSource } from './exportSource';
import { lossIf } from './losses';
import { ExportError, type Writer } from './writer';

/** The values of a plot over time, one row a value: the series, seconds since the epoch, the value. */
export const timelineCsv: Writer = {
  id: 'timeline-csv',
  label: 'CSV of values over time',
  extension: '.timeline.csv',
  losses(source) {
    const { calls } = timelineOf(source);
    return lossIf(calls.length > 0, 'calls', 'Calls that were marked are left out.');
  },
  write(source) {
    const timeline = timelineOf(source);
    return csv(['series', 'time', source.profile.unit], valuesOf(timeline));
  },
};

function* valuesOf({ series }: Timeline): Iterable<Cell[]> {
  for (const { name, times, values } of series) {
    for (const [index, time] of times.entries()) yield [name, time, values[index]];
  }
}

function timelineOf({ profile: { data } }: ExportSource): Timeline {
  if (data.kind === 'timeline') return data;
  throw new ExportError('This profile holds no values over time.');
}
