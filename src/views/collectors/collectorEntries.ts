import type { Endpoint } from '../../collector/api';

/** Where an entry of `hotline.collector.endpoints` stands. */
export type EntryOrigin = 'user' | 'workspace';

/** One text of `hotline.collector.endpoints`: an address, or several that differ in their ports. */
export interface CollectorEntry {
  readonly text: string;
  readonly origin: EntryOrigin;
  /** None where the text cannot be read. */
  readonly endpoints: readonly Endpoint[];
  /** One sentence on what is wrong with the text. */
  readonly problem?: string | undefined;
  /** Whether a person wants to collect from it: a workspace may come from anybody. */
  readonly isAllowed: boolean;
}

/** What the settings say, and what a person said to it. */
export interface CollectorTexts {
  readonly user: readonly string[];
  readonly workspace: readonly string[];
  /** Texts of the workspace that a person agreed to; none in a workspace that is not trusted. */
  readonly allowed: ReadonlySet<string>;
}

/**
 * The entries in the order in which they were added, the user's own first; what stands in both places
 * is the user's.
 * @param parse throws an error whose message is one sentence
 */
export function collectorEntries(
  { user, workspace, allowed }: CollectorTexts,
  parse: (text: string) => readonly Endpoint[],
): CollectorEntry[] {
  const own = new Set(user);
  const others = [...new Set(workspace)].filter((text) => !own.has(text));
  return [
    ...[...own].map((text) => entryOf(text, 'user', true, parse)),
    ...others.map((text) => entryOf(text, 'workspace', allowed.has(text), parse)),
  ];
}

/** What is collected from: the endpoints of all entries that are allowed, each once. */
export function allowedEndpoints(entries: readonly CollectorEntry[]): Endpoint[] {
  const allowed = entries.filter(({ isAllowed }) => isAllowed);
  const byUrl = allowed.flatMap(({ endpoints }) =>
    endpoints.map((each) => [each.url, each] as const),
  );
  return [...new Map(byUrl).values()];
}

function entryOf(
  text: string,
  origin: EntryOrigin,
  isAllowed: boolean,
  parse: (text: string) => readonly Endpoint[],
): CollectorEntry {
  try {
    return { text, origin, isAllowed, endpoints: parse(text) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { text, origin, isAllowed, endpoints: [], problem };
  }
}
