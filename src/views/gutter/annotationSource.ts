import { window } from 'vscode';

/** Which profile annotates the source: the one opened last, each new one as it comes, or none. */
export type AnnotationSource = 'opened' | 'latest' | 'none';

/** Why a profile is to annotate: it was opened, it came just now, or the user asked for just this. */
export type AnnotationCause = 'opened' | 'arrived' | 'asked';

/** Whether a profile annotates while that source is chosen. */
export function isWanted(source: AnnotationSource, cause: AnnotationCause): boolean {
  if (cause === 'asked') return true;
  return source === (cause === 'opened' ? 'opened' : 'latest');
}

/** What people read of a source. */
export const SOURCE_LABELS: Readonly<Record<AnnotationSource, string>> = {
  opened: 'This request',
  latest: 'Follow latest',
  none: 'None',
};

/** *Choose which profile annotates…*; `undefined` where nothing is chosen. */
export async function askSource(
  current: AnnotationSource,
  openedTitle: string | undefined,
): Promise<AnnotationSource | undefined> {
  const details: Record<AnnotationSource, string> = {
    opened: `The profile that was opened last${openedTitle === undefined ? '' : `: ${openedTitle}`}`,
    latest: 'Each new profile as it comes, whatever is open',
    none: 'No timings beside the source',
  };
  const items = (['opened', 'latest', 'none'] as const).map((source) => ({
    source,
    label: SOURCE_LABELS[source],
    detail: details[source],
    ...(source === current ? { description: 'current' } : {}),
  }));
  const title = 'Which profile annotates the source';
  return (await window.showQuickPick(items, { title }))?.source;
}
