import type { LineQueries, LineSpans } from '../../core/derive/annotations';
import { escapeMarkdown } from '../../platform/markdown';
import { markdownTable } from './markdownTable';
import { formatCount, shortTime } from './numbers';
import { isRepeated, mostRepeated, REPEATED_MARK } from './repeatedQueries';

/** Different calls that a hover lists. */
const MOST_CALLS = 10;

/** Characters of a statement that a hover shows. */
const LONGEST_TEXT = 400;

const NO_BREAK_SPACE = '\u00a0';

/** Some calls of the same, by what they were. */
interface Calls {
  readonly text: string;
  readonly count: number;
  readonly time: number;
  readonly rows?: number | undefined;
}

/** Markdown of what a line asked of databases: how much in all, and each statement with its count. */
export function queriesText(queries: LineQueries): string {
  const { count, time, statements } = queries;
  const calls = statements.map(({ statement, ...costs }) => ({ text: statement, ...costs }));
  const noun = count === 1 ? 'query' : 'queries';
  const text = callsText('SQL', `${formatCount(count)} ${noun}`, 'Statement', count, time, calls);
  if (!isRepeated(queries)) return text;
  const times = formatCount(mostRepeated(queries));
  return `$(warning) **${REPEATED_MARK}**: this line sent the same query ${times} times.\n\n${text}`;
}

/** Markdown of what else of a line was timed, of one kind. */
export function spansText({ kind, count, time, calls }: LineSpans): string {
  const named = calls.map(({ name, ...costs }) => ({ text: name, ...costs }));
  const noun = count === 1 ? 'call' : 'calls';
  return callsText(
    escapeMarkdown(kind),
    `${formatCount(count)} ${noun}`,
    'Call',
    count,
    time,
    named,
  );
}

function callsText(
  title: string,
  total: string,
  column: string,
  count: number,
  time: number,
  calls: readonly Calls[],
): string {
  const most = calls.reduce((greatest, each) => Math.max(greatest, each.count), 0);
  const same = most > 1 ? `, ${most === count ? 'all' : formatCount(most)} the same` : '';
  const shown = calls.slice(0, MOST_CALLS);
  const others = calls.length - shown.length;
  return [
    `**${title}**: ${total}${same}, ${shortTime(time)}`,
    markdownTable(['Count', 'Time', 'Rows', column], shown.map(cells)),
    ...(others > 0 ? [`…and ${formatCount(others)} others`] : []),
  ].join('\n\n');
}

function cells({ text, count, time, rows }: Calls): string[] {
  return [
    formatCount(count),
    shortTime(time).replace(' ', NO_BREAK_SPACE),
    rows === undefined ? '' : formatCount(rows),
    escapeMarkdown(cut(text.replace(/\s+/g, ' ').trim())),
  ];
}

function cut(text: string): string {
  const characters = Array.from(text.slice(0, 2 * LONGEST_TEXT));
  return characters.length <= LONGEST_TEXT
    ? characters.join('')
    : `${characters.slice(0, LONGEST_TEXT - 1).join('')}…`;
}
