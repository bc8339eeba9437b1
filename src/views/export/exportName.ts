import { sourceName, type ProfileSource } from '../../core/profileSource';

/** Endings that profiles have; longer ones first. */
const endings =
  /(\.speedscope\.json|\.pb\.gz|\.folded\.txt|\.(prof|pstats|lprof|json|cpuprofile|pprof|speedscope|pyisession|html|txt|dat|mojo|austin|vmprof|svg|gz|out|log|db))$/i;

/** What cannot stand in a file's name on every system; a merged profile is named by its title. */
const unfit = /[\s/\\:*?"<>|{}]+/g;

/** The name of a profile's export: its own, with the ending of the format. */
export function exportName(source: ProfileSource, extension: string): string {
  const name =
    typeof source === 'string'
      ? sourceName(source)
      : source.title.replace(unfit, '_').replace(/^_|_$/g, '') || 'merged';
  const stem = name.replace(endings, '') || name;
  // Two endings that are the same would name the profile itself.
  const exported = `${stem}${extension}`;
  return exported === name ? `${stem}.exported${extension}` : exported;
}
