import type { Place, Query, RequestRecord, Span } from '../model/requestRecord';
import type { LineQueries, LineSpans, SpanCost, StatementCost } from './annotations';
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
  return byFile(record?.queries ?? [], (line, queries) => [lineQueries(line, queries)]);
}

/** What else of lines was timed, by file; ascending by line. */
export function spansByFile(record: RequestRecord | undefined): Map<string, LineSpans[]> {
  return byFile(record?.spans ?? [], (line, spans) => {
    const kinds = [...new Set(spans.map(({ kind }) => kind))];
    return kinds.map((kind) =>
      lineSpans(
        line,
        kind,
        spans.filter((span) => span.kind === kind),
      ),
    );
  });
}

/** Sums up by file what has a place, line by line. */
function byFile<Item extends { readonly place: Place | undefined }, Sum>(
  items: readonly Item[],
  sumUp: (line: number, ofLine: readonly Item[]) => readonly Sum[],
): Map<string, Sum[]> {
  const files = new Map<string, Map<number, Item[]>>();
  for (const item of items) {
    if (!item.place) continue;
    const { file, line } = item.place;
    const lines = files.get(file) ?? new Map<number, Item[]>();
    files.set(file, lines);
    const ofLine = lines.get(line);
    if (ofLine) ofLine.push(item);
    else lines.set(line, [item]);
  }
  return new Map(
    [...files].map(([file, lines]) => [
      file,
      [...lines].sort(([a], [b]) => a - b).flatMap(([line, ofLine]) => sumUp(line, ofLine)),
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

function lineQueries(line: number, queries: readonly Query[]): LineQueries {
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
    time: totalOf(queries),
    statements: [...statements.values()].sort((a, b) => b.time - a.time),
  };
}

function lineSpans(line: number, kind: string, spans: readonly Span[]): LineSpans {
  const calls = new Map<string, SpanCost>();
  for (const { name, duration } of spans) {
    const { count = 0, time = 0 } = calls.get(name) ?? {};
    calls.set(name, { name, count: count + 1, time: time + duration });
  }
  return {
    line,
    kind,
    count: spans.length,
    time: totalOf(spans),
    calls: [...calls.values()].sort((a, b) => b.time - a.time),
  };
}

function totalOf(timed: readonly { readonly duration: number }[]): number {
  return timed.reduce((sum, { duration }) => sum + duration, 0);
}
