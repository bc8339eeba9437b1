import type { PlotCall, PlotDocument } from '../../../src/protocol/flamegraph';
import { create } from '../elements';
import { formatChange, formatTime, formatValue } from './axis';

/** Calls that the table lists; those that took longest. */
const MOST_CALLS = 200;

/** What the plot shows in words and numbers, for those who do not see it and those who want them. */
export function plotTable(plot: PlotDocument): HTMLElement {
  const summary = document.createElement('summary');
  summary.textContent = 'As a table';
  const tables = [seriesTable(plot), ...(plot.calls.length > 0 ? [callsTable(plot)] : [])];
  return create('details', 'plot-table', summary, ...tables);
}

function seriesTable({ series, unit }: PlotDocument): HTMLElement {
  return textTable(
    'Memory of each process',
    ['Process', 'First', 'Last', 'Peak', 'Peak at'],
    series.map(({ name, values, peak }) => [
      name,
      formatValue(values[0] ?? 0, unit),
      formatValue(values.at(-1) ?? 0, unit),
      formatValue(peak.value, unit),
      seconds(peak.time),
    ]),
  );
}

function callsTable({ calls, unit }: PlotDocument): HTMLElement {
  const listed = [...calls].sort((a, b) => lasted(b) - lasted(a)).slice(0, MOST_CALLS);
  return textTable(
    listed.length === calls.length ? 'Calls' : `The ${listed.length} longest calls`,
    ['Function', 'Start', 'Duration', 'Before', 'After', 'Change'],
    listed
      .sort((a, b) => a.start - b.start)
      .map((call) => [
        call.name,
        seconds(call.start),
        seconds(lasted(call)),
        formatValue(call.valueAtStart, unit),
        formatValue(call.valueAtEnd, unit),
        formatChange(call.valueAtEnd - call.valueAtStart, unit),
      ]),
  );
}

/** A table of texts: a caption, the titles of the columns, the rows. */
export function textTable(
  caption: string,
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLElement {
  const head = create('caption', '');
  head.textContent = caption;
  return create('table', '', head, row('th', titles), ...rows.map((cells) => row('td', cells)));
}

function row(tag: 'td' | 'th', texts: readonly string[]): HTMLElement {
  const cells = texts.map((text) => {
    const cell = document.createElement(tag);
    cell.textContent = text;
    if (tag === 'th') cell.setAttribute('scope', 'col');
    return cell;
  });
  return create('tr', '', ...cells);
}

function lasted({ start, end }: PlotCall): number {
  return end - start;
}

function seconds(time: number): string {
  return formatTime(Math.round(time * 1000) / 1000);
}
