import type { FactSource, RequestFacts } from '../../core/model/request';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { formatDuration } from '../../profiles/requestTitle';
import { localTime } from './relativeTime';
import { costText, formatBytes, grouped } from './rowText';

/** One line of a tooltip. All of it is plain text, to be escaped by whoever shows it. */
export interface TooltipFact {
  readonly name: string;
  readonly value: string;
  /** Where a fact of the request was found. */
  readonly source?: string;
}

type Write<K extends keyof RequestFacts> = (value: NonNullable<RequestFacts[K]>) => string;

const LABELS: { readonly [K in keyof RequestFacts]-?: readonly [string, Write<K>] } = {
  method: ['Method', String],
  path: ['Path', String],
  query: ['Query', String],
  status: ['Status', String],
  durationMs: ['Duration', formatDuration],
  startedMs: ['Started', localTime],
  endedMs: ['Ended', localTime],
  cpuMs: ['CPU', formatDuration],
  waitingMs: ['Waiting', formatDuration],
  queryCount: ['SQL queries', grouped],
  queryMs: ['SQL time', formatDuration],
  route: ['Route', String],
  view: ['View', String],
  error: ['Exception', String],
  bytesSent: ['Sent', formatBytes],
  client: ['Client', String],
  remoteAddress: ['Sent from', String],
  software: ['Served by', String],
  mode: ['Mode', String],
};

/** All that is known of a profile, each fact of the request with its source. */
export function tooltipFacts(entry: ProfileEntry): TooltipFact[] {
  return [
    ...requestFacts(entry),
    ...contentFacts(entry),
    ...fileFacts(entry),
    ...templateFacts(entry),
  ];
}

function requestFacts({ request }: ProfileEntry): TooltipFact[] {
  return (Object.keys(LABELS) as (keyof RequestFacts)[]).flatMap((key) => {
    const value = request.facts[key];
    const source = request.sources[key];
    if (value === undefined) return [];
    const [name, write] = LABELS[key] as readonly [string, (value: string | number) => string];
    return [{ name, value: write(value), ...(source && { source: describeSource(source) }) }];
  });
}

function contentFacts({ state }: ProfileEntry): TooltipFact[] {
  if (state.kind === 'unreadable') return [{ name: 'Cannot be read', value: state.reason }];
  if (state.kind !== 'readable') return [];
  const { formatLabel, dataKind, functionCount, total, unit, warnings } = state.summary;
  return [
    { name: 'Format', value: formatLabel },
    { name: dataKind === 'timeline' ? 'Peak' : 'Profiled', value: costText(total, unit) },
    ...(functionCount === 0 ? [] : [{ name: 'Functions', value: grouped(functionCount) }]),
    ...warnings.map((value) => ({ name: 'Note', value })),
  ];
}

function fileFacts({ path, size, modifiedMs }: ProfileEntry): TooltipFact[] {
  return [
    { name: 'File', value: path },
    ...(size === undefined ? [] : [{ name: 'Size', value: formatBytes(size) }]),
    ...(modifiedMs === undefined ? [] : [{ name: 'Modified', value: localTime(modifiedMs) }]),
  ];
}

function describeSource(source: FactSource): string {
  switch (source.from) {
    case 'name':
      return 'file name';
    case 'urlList':
      return 'file name and URL list';
    case 'content':
      return 'content';
    case 'modificationTime':
      return 'modification time';
  }
}

/** How the name was read, once for all facts that it tells. */
function templateFacts({ request }: ProfileEntry): TooltipFact[] {
  const templates = Object.values(request.sources).flatMap((source) =>
    source.from === 'name' ? [source.template] : [],
  );
  return [...new Set(templates)].map((value) => ({ name: 'Name read by', value }));
}
