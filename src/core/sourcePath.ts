/** Where files whose profiled path begins with `from` are on this machine. */
export interface PathMapping {
  readonly from: string;
  readonly to: string;
}

/** What turns a profiled path into paths of this machine. */
export interface SourceContext {
  readonly mappings: readonly PathMapping[];
  /** File system paths. */
  readonly workspaceFolders: readonly string[];
  /** The platform this runs on, as in `process.platform`. */
  readonly platform: NodeJS.Platform;
}

/** Paths at which a profiled file may be, best first; empty for what is no file, such as `<string>`. */
export function sourceCandidates(profiledPath: string, context: SourceContext): string[] {
  throw new Error(`being written ${profiledPath} ${context.platform}`);
}

/** The one workspace file whose path ends like the profiled path; `undefined` when that is not sure. */
export function bestSuffixMatch(
  profiledPath: string,
  filesInWorkspace: readonly string[],
): string | undefined {
  throw new Error(`being written ${profiledPath} ${filesInWorkspace.length}`);
}
