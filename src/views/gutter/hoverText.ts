import type {
  AnnotatedFunction,
  Annotations,
  CallerCost,
  HotPathLine,
} from '../../core/derive/annotations';
import type { Unit } from '../../core/model/profile';
import { escapeMarkdown } from '../../platform/markdown';
import type { ShownFrame } from '../../protocol/flamegraph';
import { ESTIMATED_MARK } from './columnKinds';
import type { TimingRow, TimingTable } from './columns';
import { functionChanges, lineChanges } from './hoverChanges';
import { queriesText, spansText } from './hoverQueries';
import { markdownTable } from './markdownTable';
import { formatCost, formatCount, formatPercent } from './numbers';
import { shareOf } from './percentBase';

/** What a hover tells of. */
export interface HoverSubject {
  readonly table: Pick<TimingTable, 'unit'>;
  readonly unit: Unit;
  /** Of the whole profile, in `unit`. */
  readonly total: number;
  readonly lineData: Annotations['lineData'];
  /** `undefined` on a definition line that has no costs of its own. */
  readonly row: TimingRow | undefined;
  readonly func: AnnotatedFunction | undefined;
  /** Others that are defined on the same line. */
  readonly others: readonly AnnotatedFunction[];
  /** Whether it is the line that was changed, or any line of the file may have been. */
  readonly stale: 'line' | 'file' | undefined;
  /** The line's place on the hot path. */
  readonly hot: Pick<HotPathLine, 'step' | 'steps'> | undefined;
}

const STALE = {
  line: 'this line was changed after the profile was taken.',
  file: 'this file changed after the profile was taken.',
};

/** The commands that a hover's links may run. */
export const HOVER_COMMANDS = ['hotline.showInFlamegraph', 'hotline.nextHotLine'] as const;

const NO_LINES =
  'The profiler recorded functions only, so their lines have no costs of their own. ' +
  'Profile the function with line_profiler or a sampling profiler to see its lines.';

const ESTIMATED =
  `${ESTIMATED_MARK} The line ran too often for every hit to be timed: its numbers were estimated ` +
  'from the hits that were, and from samples.';

const ONLY_QUERIES = `${ESTIMATED_MARK} Of this line's time only that of its queries is known.`;

/** Markdown of a line's numbers, its function's totals and callers. Nothing in it is trusted. */
export function hoverText(
  subject: HoverSubject,
  frame: ShownFrame | undefined,
  line: number,
): string {
  const { row, func, lineData, stale, hot } = subject;
  const parts: string[] = [];
  if (stale) parts.push(`$(warning) *Stale: ${STALE[stale]}*`);
  if (hot) parts.push(`$(flame) On the hot path, step ${hot.step} of ${hot.steps}`);
  if (row && !row.isFunction)
    parts.push(
      lineData === 'memory' && !row.delta ? memoryFacts(subject, row) : lineFacts(subject, row),
    );
  if (row?.measured === 'estimated') {
    parts.push(`*${row.hits === undefined ? ONLY_QUERIES : ESTIMATED}*`);
  }
  if (row?.queries) parts.push(queriesText(row.queries));
  for (const spans of row?.spans ?? []) parts.push(spansText(spans));
  for (const each of func ? [func, ...subject.others] : [])
    parts.push(functionFacts(subject, each));
  if (lineData === 'none') parts.push(`*${NO_LINES}*`);
  parts.push(links(frame, line));
  return parts.join('\n\n');
}

function lineFacts(subject: HoverSubject, row: TimingRow): string {
  const { unit, total, table } = subject;
  const { hits, cost, self, func, measured, waiting, delta } = row;
  if (delta) return lineChanges(delta, table.unit.title, unit);
  const mark = measured === 'estimated' ? ESTIMATED_MARK : '';
  return factsTable([
    [
      measured === 'sampled' ? 'Samples' : 'Hits',
      hits === undefined ? undefined : mark + formatCount(hits),
    ],
    [table.unit.title, mark + formatCost(cost, unit)],
    ['of which waiting', waiting ? formatCost(waiting, unit) : undefined],
    ['Self', self === undefined ? undefined : formatCost(self, unit)],
    ['Per Hit', measured !== 'sampled' && hits ? mark + formatCost(cost / hits, unit) : undefined],
    ['% of function', percent(shareOf(cost, 'function', func, total))],
    ['% of request', percent(shareOf(cost, 'request', func, total))],
  ]);
}

function memoryFacts({ total }: HoverSubject, row: TimingRow): string {
  const { cost, peak, hits, process } = row;
  const share = percent(shareOf(cost, 'growth', undefined, total));
  if (process) {
    return factsTable([
      ['Mem usage', formatCost(process.inUse, 'bytes')],
      ['Increment', formatCost(process.increment, 'bytes')],
      ['Occurrences', hits === undefined ? undefined : formatCount(hits)],
      ['% of growth', share],
    ]);
  }
  return factsTable([
    ['Growth', formatCost(cost, 'bytes')],
    ['Peak', peak === undefined ? undefined : formatCost(peak, 'bytes')],
    ['Allocations', hits === undefined ? undefined : formatCount(hits)],
    ['% of growth', share],
  ]);
}

/** One row of those facts that are known. */
function factsTable(
  facts: readonly (readonly [title: string, value: string | undefined])[],
): string {
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
  return markdownTable(
    known.map(([title]) => title),
    [known.map(([, value]) => value)],
  );
}

function percent(share: number | undefined): string | undefined {
  return share === undefined ? undefined : `${formatPercent(share)} %`;
}

function functionFacts({ unit, total }: HoverSubject, func: AnnotatedFunction): string {
  if (func.delta) return functionChanges(func.delta, unit);
  const facts = [
    callsText(func),
    func.self === undefined ? undefined : `self ${formatCost(func.self, unit)}`,
    `total ${formatCost(func.total, unit)}`,
    total > 0 ? `${formatPercent(func.total / total)} % of request` : undefined,
  ].filter((fact) => fact !== undefined);
  const text = `**${escapeMarkdown(func.name)}**: ${facts.join(', ')}`;
  if (func.callers.length === 0) return text;
  return `${text}\n\n${callersTable(func.callers, unit)}`;
}

function callsText({ calls, primitiveCalls }: AnnotatedFunction): string | undefined {
  if (calls === undefined) return undefined;
  const text = `${formatCount(calls)} ${calls === 1 ? 'call' : 'calls'}`;
  return primitiveCalls === undefined || primitiveCalls === calls
    ? text
    : `${text} (${formatCount(primitiveCalls)} not recursive)`;
}

function callersTable(callers: readonly CallerCost[], unit: Unit): string {
  return markdownTable(
    ['Calls', 'Total', 'Called by'],
    callers.map(({ name, file, line, calls, total }) => [
      calls === undefined ? '' : formatCount(calls),
      total === undefined ? '' : formatCost(total, unit),
      `${escapeMarkdown(name)} ${escapeMarkdown(place(file, line))}`.trim(),
    ]),
  );
}

function place(file: string | undefined, line: number | undefined): string {
  if (file === undefined) return '';
  const base = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  return line === undefined ? `(${base})` : `(${base}:${line})`;
}

function links(frame: ShownFrame | undefined, line: number): string {
  const next = commandLink('Next hottest line', 'hotline.nextHotLine', [{ after: line }]);
  if (!frame) return next;
  return `${commandLink('Show in flamegraph', 'hotline.showInFlamegraph', [frame])} · ${next}`;
}

function commandLink(
  title: string,
  command: (typeof HOVER_COMMANDS)[number],
  args: readonly unknown[],
): string {
  const query = encodeURIComponent(JSON.stringify(args)).replace(
    /[()'*!~]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `[${title}](command:${command}?${query})`;
}
