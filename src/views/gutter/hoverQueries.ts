import type { LineQueries, StatementCost } from '../../core/derive/annotations';
import { escapeMarkdown } from '../../platform/markdown';
import { markdownTable } from './markdownTable';
import { formatCount, shortTime } from './numbers';

/** Different statements that a hover lists. */
const MOST_STATEMENTS = 10;

const NO_BREAK_SPACE = '\u00a0';

/** Characters of a statement that a hover shows. */
const LONGEST_STATEMENT = 400;

/** Markdown of what a line asked of databases: how much in all, and each statement with its count. */
export function queriesText({ count, time, statements }: LineQueries): string {
  const most = statements.reduce((greatest, each) => Math.max(greatest, each.count), 0);
  const same = most > 1 ? `, ${most === count ? 'all' : formatCount(most)} the same` : '';
  const queries = count === 1 ? 'query' : 'queries';
  const shown = statements.slice(0, MOST_STATEMENTS);
  const others = statements.length - shown.length;
  return [
    `**SQL**: ${formatCount(count)} ${queries}${same}, ${shortTime(time)}`,
    markdownTable(['Count', 'Time', 'Rows', 'Statement'], shown.map(statementCells)),
    ...(others > 0 ? [`…and ${formatCount(others)} other statements`] : []),
  ].join('\n\n');
}

function statementCells({ statement, count, time, rows }: StatementCost): string[] {
  return [
    formatCount(count),
    shortTime(time).replace(' ', NO_BREAK_SPACE),
    rows === undefined ? '' : formatCount(rows),
    escapeMarkdown(cut(statement.replace(/\s+/g, ' ').trim())),
  ];
}

function cut(statement: string): string {
  const characters = Array.from(statement.slice(0, 2 * LONGEST_STATEMENT));
  return characters.length <= LONGEST_STATEMENT
    ? characters.join('')
    : `${characters.slice(0, LONGEST_STATEMENT - 1).join('')}…`;
}
