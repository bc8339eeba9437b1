import type { SourcedRequest } from '../core/model/request';

/**
 * What a file of a profile directory is by its name.
 *
 * - `profile`: it is named as profilers name their files, so it is a row whether it reads or not.
 * - `other`: it may be a profile all the same; it is a row when its content is one. Directories such
 *   as `/tmp` hold thousands of files that are nobody's profile.
 * - `ignored`: hidden files, and those that editors and downloads keep for themselves.
 */
export type NameKind = 'profile' | 'other' | 'ignored';

/** Endings that profilers give to profiles. */
const PROFILE_ENDING =
  /\.(?:prof|profile|pstats?|lprof|cpuprofile|pyisession|callgrind|collapsed|folded|speedscope\.json)(?:\.gz)?$/i;

/** Names that valgrind's tools give. */
const PROFILE_START = /^(?:call|cache)grind\.out\b/;

const TEMPORARY = /^\.|~$|\.(?:tmp|temp|part|partial|crdownload|swp|lock)$/i;

/** @param request what the name tells; a name that matches a template is a profile's. */
export function nameKind(name: string, request: SourcedRequest): NameKind {
  if (TEMPORARY.test(name)) return 'ignored';
  if (PROFILE_ENDING.test(name) || PROFILE_START.test(name)) return 'profile';
  return request.facts.durationMs === undefined ? 'other' : 'profile';
}
