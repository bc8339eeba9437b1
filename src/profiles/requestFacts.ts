import type { FactSource, RequestFacts, SourcedRequest } from '../core/model/request';

/** What is known of a request besides the name of its profile. */
export interface Evidence {
  /** What the profile's content tells. */
  readonly content?: RequestFacts | undefined;
  /** When the file was last written, milliseconds since the Unix epoch. */
  readonly modifiedMs?: number | undefined;
  /** The path with slashes that a dotted one means, where the server's URLs leave no doubt. */
  readonly resolvePath: (dotted: string) => string | undefined;
}

/**
 * All that is known of a request, each fact with its source. The name wins over the content, except
 * where the content has the name's very path with its slashes; the time of the file stands in for
 * the time of the request when neither tells it.
 */
export function describeRequest(fromName: SourcedRequest, evidence: Evidence): SourcedRequest {
  const path = slashedPath(fromName.facts.path, evidence);
  const { content, modifiedMs } = evidence;
  if (!path && !content && modifiedMs === undefined) return fromName;
  const facts: Writable<RequestFacts> = { ...content, ...fromName.facts };
  const sources: Writable<SourcedRequest['sources']> = { ...fromName.sources };
  for (const fact of Object.keys(content ?? {}) as (keyof RequestFacts)[]) {
    sources[fact] ??= { from: 'content' };
  }
  if (path) {
    facts.path = path.path;
    sources.path = path.source;
  }
  if (facts.endedMs === undefined && facts.startedMs === undefined && modifiedMs !== undefined) {
    facts.endedMs = modifiedMs;
    sources.endedMs = { from: 'modificationTime' };
  }
  return { facts, sources };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function slashedPath(
  named: string | undefined,
  { content, resolvePath }: Evidence,
): { path: string; source: FactSource } | undefined {
  if (named === undefined || named.includes('/')) return undefined;
  if (content?.path !== undefined && dotted(content.path) === named) {
    return { path: content.path, source: { from: 'content' } };
  }
  const path = resolvePath(named);
  return path === undefined ? undefined : { path, source: { from: 'urlList' } };
}

/** A path as `runprofileserver` puts it into a name. */
function dotted(path: string): string {
  return path.replace(/^\/+|\/+$/g, '').replaceAll('/', '.');
}
