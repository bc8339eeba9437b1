import type { Query, RequestRecord } from '../model/requestRecord';
import type { LineQueries, StatementCost } from './annotations';
import type { LineCost, LineCosts } from './lineCosts';

/** What the lines of templates cost, by file and line. */
export function templateCosts(record: RequestRecord | undefined): LineCosts {
  const files = new Map<string, Map<number, LineCost>>();
  for (const { file, line, hits, self, total, isEstimated } of record?.templateLines ?? []) {
    const measured = isEstimated ? 'estimated' : 'exact';
    const cost = {
      func: undefined,
      hits,
      self,
      time: total,
      measured,
      waiting: undefined,
    } as const;
    files.set(file, (files.get(file) ?? new Map<number, LineCost>()).set(line, cost));
  }
  return files;
}

/** What lines asked of databases, by file; ascending by line. */
export function queriesByFile(record: RequestRecord | undefined): Map<string, LineQueries[]> {
  const byFile = new Map<string, Map<number, Query[]>>();
  for (const query of record?.queries ?? []) {
    if (!query.place) continue;
    const { file, line } = query.place;
    const byLine = byFile.get(file) ?? new Map<number, Query[]>();
    byFile.set(file, byLine);
    const ofLine = byLine.get(line);
    if (ofLine) ofLine.push(query);
    else byLine.set(line, [query]);
  }
  return new Map(
    [...byFile].map(([file, byLine]) => [
      file,
      [...byLine].map(lineQueries).sort((a, b) => a.line - b.line),
    ]),
  );
}

/**
 * Costs with those of lines that are known only for their queries: they took at least the time of
 * these, or none where the profile has no times of lines at all.
 */
export function withQueries(
  costs: ReadonlyMap<number, LineCost>,
  queries: readonly LineQueries[],
): ReadonlyMap<number, LineCost> {
  const unknown = queries.filter(({ line }) => !costs.has(line));
  if (unknown.length === 0) return costs;
  const estimates = unknown.map(({ line, time }): [number, LineCost] => [
    line,
    {
      func: undefined,
      hits: undefined,
      self: undefined,
      time,
      measured: 'estimated',
      waiting: undefined,
    },
  ]);
  return new Map([...costs, ...estimates]);
}

function lineQueries([line, queries]: readonly [number, readonly Query[]]): LineQueries {
  const statements = new Map<string, StatementCost>();
  for (const { statement, duration, rows } of queries) {
    const known = statements.get(statement);
    statements.set(statement, {
      statement,
      count: (known?.count ?? 0) + 1,
      time: (known?.time ?? 0) + duration,
      rows: rows === undefined ? known?.rows : (known?.rows ?? 0) + rows,
    });
  }
  return {
    line,
    count: queries.length,
    time: queries.reduce((sum, { duration }) => sum + duration, 0),
    statements: [...statements.values()].sort((a, b) => b.time - a.time),
  };
}
