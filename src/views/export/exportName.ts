import { basename } from 'node:path';

/** Endings that profiles have; longer ones first. */
const endings =
  /(\.speedscope\.json|\.pb\.gz|\.folded\.txt|\.(prof|pstats|lprof|json|cpuprofile|pprof|speedscope|pyisession|html|txt|dat|mojo|austin|vmprof|svg|gz|out|log|db))$/i;

/** The name of a profile's export: its own, with the ending of the format. */
export function exportName(path: string, extension: string): string {
  const name = basename(path);
  const stem = name.replace(endings, '') || name;
  // Two endings that are the same would name the profile itself.
  const exported = `${stem}${extension}`;
  return exported === name ? `${stem}.exported${extension}` : exported;
}
