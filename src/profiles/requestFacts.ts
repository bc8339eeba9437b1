import type { RequestFacts, SourcedRequest } from '../core/model/request';

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
 * All that is known of a request, each fact with its source. The content wins over the name, which
 * rounds times and may be cut off; the time of the file stands in for the time of the request when
 * neither tells it.
 */
export function describeRequest(fromName: SourcedRequest, evidence: Evidence): SourcedRequest {
  const { content, modifiedMs } = evidence;
  const path = content?.path === undefined ? listedPath(fromName.facts.path, evidence) : undefined;
  if (!path && !content && modifiedMs === undefined) return fromName;
  const facts: Writable<RequestFacts> = { ...fromName.facts, ...content };
  const sources: Writable<SourcedRequest['sources']> = { ...fromName.sources };
  for (const fact of Object.keys(content ?? {}) as (keyof RequestFacts)[]) {
    sources[fact] = { from: 'content' };
  }
  if (path !== undefined) {
    facts.path = path;
    sources.path = { from: 'urlList' };
  }
  if (facts.endedMs === undefined && facts.startedMs === undefined && modifiedMs !== undefined) {
    facts.endedMs = modifiedMs;
    sources.endedMs = { from: 'modificationTime' };
  }
  return { facts, sources };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The path with slashes that a dotted one means. */
function listedPath(named: string | undefined, { resolvePath }: Evidence): string | undefined {
  return named === undefined || named.includes('/') ? undefined : resolvePath(named);
}
