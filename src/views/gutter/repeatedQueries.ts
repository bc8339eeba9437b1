import type { LineQueries } from '../../core/derive/annotations';

/** What people call a query for each row that another query found. */
export const REPEATED_MARK = 'N+1';

/** How often a line sent the statement that it sent most often. */
export function mostRepeated({ statements }: LineQueries): number {
  return statements.reduce((most, { count }) => Math.max(most, count), 0);
}

/** Whether a line sent the same statement more than once, its parameters apart. */
export function isRepeated(queries: LineQueries): boolean {
  return mostRepeated(queries) > 1;
}
