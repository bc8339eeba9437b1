/** Format of a file beside the samples: a program, what a tool reports, the source of a profile. */
export const noSample = 'none';

/** Which format the samples of a path are in; the first match counts. */
export const sampleFormats: readonly (readonly [path: RegExp, format: string])[] = [
  [/^src\/|(^|\/)\.gitattributes$|\.(py|c|h|md)$/, noSample],
  [/^callgrind\/.*\.txt$/, noSample],
  [/^callgrind\/|\.callgrind\.out$/, 'callgrind'],
  [/\.lprof\.json$/, noSample],
  [/\.lprof$/, 'lineProfiler'],
  [/^hotline\/shop\/.*\.html$/, noSample],
  [/^hotline\/.*\.json$/, 'hotline'],
  [/^speedscope\/|\/speedscope[^/]*\.json$/, 'speedscope'],
  [/^pstats\/.*\.bin$|\.prof\.json$/, noSample],
  [/\.(prof|pstats)$/, 'pstats'],
];
