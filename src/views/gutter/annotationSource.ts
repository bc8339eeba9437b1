import { window } from 'vscode';

/**
 * Which profile annotates the source: the one opened last, all of its endpoint as one, the comparison
 * opened last, each new one as it comes, or none.
 */
export type AnnotationSource = 'opened' | 'endpoint' | 'comparison' | 'latest' | 'none';

/**
 * Why a profile is to annotate: it, or a comparison, was opened, it came just now, or the user asked
 * for just this.
 */
export type AnnotationCause = 'opened' | 'compared' | 'arrived' | 'asked';

/** Whether a profile annotates while that source is chosen. */
export function isWanted(source: AnnotationSource, cause: AnnotationCause): boolean {
  if (cause === 'asked') return true;
  if (cause === 'arrived') return source === 'latest';
  if (cause === 'compared' && source === 'comparison') return true;
  return source === 'opened' || source === 'endpoint';
}

/** What people read of a source. */
export const SOURCE_LABELS: Readonly<Record<AnnotationSource, string>> = {
  opened: 'This request',
  endpoint: 'All requests of its endpoint',
  comparison: 'The comparison',
  latest: 'Follow latest',
  none: 'None',
};

/** What the profile and the comparison opened last, and all of the endpoint as one, are called; where there are any. */
export interface SourceTitles {
  readonly opened: string | undefined;
  readonly endpoint: string | undefined;
  readonly comparison: string | undefined;
}

/** *Choose which profile annotates…*; `undefined` where nothing is chosen. */
export async function askSource(
  current: AnnotationSource,
  titles: SourceTitles,
): Promise<AnnotationSource | undefined> {
  const details: Record<AnnotationSource, string> = {
    opened: `The profile that was opened last${behindColon(titles.opened)}`,
    endpoint: `The profiles of its endpoint as one${behindColon(titles.endpoint)}`,
    comparison: `How the sides of the comparison differ${behindColon(titles.comparison)}`,
    latest: 'Each new profile as it comes, whatever is open',
    none: 'No timings beside the source',
  };
  const sources: readonly AnnotationSource[] = [
    'opened',
    'endpoint',
    ...(titles.comparison === undefined ? [] : (['comparison'] as const)),
    'latest',
    'none',
  ];
  const items = sources.map((source) => ({
    source,
    label: SOURCE_LABELS[source],
    detail: details[source],
    ...(source === current ? { description: 'current' } : {}),
  }));
  const title = 'Which profile annotates the source';
  return (await window.showQuickPick(items, { title }))?.source;
}

function behindColon(title: string | undefined): string {
  return title === undefined ? '' : `: ${title}`;
}
