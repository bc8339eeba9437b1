import { posix, win32 } from 'node:path';

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

/** A path in segments, whichever system wrote it. */
interface ParsedPath {
  /** `/`, `c:`, `//server/share`, or nothing for a relative path. */
  readonly root: string;
  readonly segments: readonly string[];
  /** Windows takes upper and lower case for the same. */
  readonly isWindows: boolean;
}

/**
 * Paths at which a profiled file may be on this machine, best first: by each mapping that fits, in
 * their order, then the path itself. A relative path is tried in each workspace folder.
 *
 * @returns nothing for what is no file, such as `<string>`, `<frozen os>` and `~`
 */
export function sourceCandidates(
  profiledPath: string,
  { mappings, workspaceFolders, platform }: SourceContext,
): string[] {
  const profiled = parseSourcePath(profiledPath);
  if (!profiled) return [];
  const system = platform === 'win32' ? win32 : posix;
  const mapped = mappings.flatMap(({ from, to }) => {
    const rest = restBelow(profiled, parsePath(from));
    return rest && to !== '' ? [system.join(to, ...rest)] : [];
  });
  return [...new Set([...mapped, ...ownPaths(profiled, workspaceFolders, system)])];
}

/**
 * The one file of the workspace whose path ends like the profiled path, by as many folders as any.
 *
 * It has to be convincing, because a wrong source is worse than none. At least the folder is the
 * same too, or no other file of the workspace has that name. Of an installed package the whole path
 * within the package has to be the same, and nothing is the standard library.
 *
 * @param filesInWorkspace file system paths
 * @returns `undefined` when no file is convincing or several are alike
 */
export function bestSuffixMatch(
  profiledPath: string,
  filesInWorkspace: readonly string[],
): string | undefined {
  const profiled = parseSourcePath(profiledPath);
  if (!profiled) return undefined;
  let best: string | undefined;
  let length = 0;
  let isUnique = false;
  for (const file of filesInWorkspace) {
    const common = commonEnd(profiled, parsePath(file));
    if (common < length || common === 0) continue;
    isUnique = common > length;
    if (isUnique) best = file;
    length = common;
  }
  return isUnique && length >= convincingLength(profiled, filesInWorkspace) ? best : undefined;
}

/**
 * Whether a path is of an installed package or of the standard library, by its folders alone, or of
 * no file at all, as `<string>`.
 */
export function isLibraryPath(profiledPath: string): boolean {
  const profiled = parseSourcePath(profiledPath);
  if (!profiled) return true;
  const { segments } = profiled;
  return segments.some((segment) => PACKAGES.test(segment)) || isStandardLibrary(segments);
}

/**
 * Whether two paths are of the same file of an installed package or of the standard library of the
 * same Python, in different installations, as in a container and on this machine.
 */
export function isSameLibraryFile(profiledPath: string, file: string): boolean {
  const profiled = parseSourcePath(profiledPath);
  const within = profiled && withinLibrary(profiled.segments);
  const other = withinLibrary(parsePath(file).segments);
  if (!within || within.length !== other?.length) return false;
  return within.every((segment, index) => isSame(segment, other[index], profiled));
}

/**
 * The path of a file within the installed packages, or within the standard library of any Python;
 * `undefined` of other files.
 */
export function libraryPath(profiledPath: string): string | undefined {
  const within = withinLibrary(parseSourcePath(profiledPath)?.segments ?? []);
  return within?.join('/').replace(/^python\d\.\d+\//, 'python/');
}

/** The part of a path within the installed packages, or within a standard library with its version. */
function withinLibrary(segments: readonly string[]): readonly string[] | undefined {
  const packages = segments.findLastIndex((segment) => /^(?:site|dist)-packages$/.test(segment));
  if (packages >= 0) return segments.slice(packages + 1);
  const library = segments.findLastIndex(
    (segment, index) => /^python\d\.\d+$/.test(segment) && /^lib/.test(segments[index - 1] ?? ''),
  );
  return library < 0 ? undefined : segments.slice(library);
}

/** A profiled path, normalised and with the source in place of compiled code; `undefined` for no file. */
function parseSourcePath(path: string): ParsedPath | undefined {
  if (path === '~' || /^<.*>$/s.test(path) || path.includes('\0')) return undefined;
  const { segments, ...parsed } = parsePath(path);
  const name = segments.at(-1);
  if (name === undefined) return undefined;
  return { ...parsed, segments: sourceSegments(segments.slice(0, -1), name) };
}

/** `pkg/__pycache__/mod.cpython-311.pyc` and `pkg/mod.pyo` are compiled from `pkg/mod.py`. */
function sourceSegments(folders: readonly string[], name: string): string[] {
  const [, base] = /^(.+)\.py[co]$/.exec(name) ?? [];
  if (base === undefined) return [...folders, name];
  return folders.at(-1) === '__pycache__'
    ? [...folders.slice(0, -1), `${base.replace(/\.[^.]+$/, '')}.py`]
    : [...folders, `${base}.py`];
}

function parsePath(path: string): ParsedPath {
  // A backslash is an ordinary character in the name of a file on a POSIX system.
  const isWindows = /^(?:[a-zA-Z]:|\\\\)|^[^/]*\\/.test(path);
  if (!isWindows) {
    const normal = posix.normalize(path);
    const root = posix.isAbsolute(normal) ? '/' : '';
    return { root, segments: segmentsOf(normal), isWindows };
  }
  const normal = win32.normalize(path).replaceAll('\\', '/');
  const [root = ''] = /^(?:[a-zA-Z]:|\/\/[^/]+\/[^/]+)?/.exec(normal) ?? [];
  return { root: root.toLowerCase(), segments: segmentsOf(normal.slice(root.length)), isWindows };
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}

/** The segments of a path below a folder; `undefined` when it is not below it. */
function restBelow(path: ParsedPath, folder: ParsedPath): readonly string[] | undefined {
  const isAny = folder.root === '' && folder.segments.length === 0;
  const isBelow =
    !isAny &&
    path.root === folder.root &&
    folder.segments.every((segment, index) => isSame(segment, path.segments[index], path));
  return isBelow ? path.segments.slice(folder.segments.length) : undefined;
}

function ownPaths(
  { root, segments, isWindows }: ParsedPath,
  workspaceFolders: readonly string[],
  system: typeof posix,
): string[] {
  if (root === '') return workspaceFolders.map((folder) => system.join(folder, ...segments));
  if (isWindows !== (system === win32)) return [];
  return [
    isWindows ? win32.normalize(`${root}\\${segments.join('\\')}`) : `/${segments.join('/')}`,
  ];
}

/** How many segments two paths have in common at their ends. */
function commonEnd(a: ParsedPath, b: ParsedPath): number {
  const most = Math.min(a.segments.length, b.segments.length);
  let common = 0;
  while (common < most && isSame(a.segments.at(-1 - common), b.segments.at(-1 - common), a)) {
    common += 1;
  }
  return common;
}

function isSame(a: string | undefined, b: string | undefined, { isWindows }: ParsedPath): boolean {
  return isWindows ? a?.toLowerCase() === b?.toLowerCase() : a === b;
}

/** Names that any package has, so that they tell nothing alone. */
const COMMON_NAMES: ReadonlySet<string> = new Set(['__init__.py', '__main__.py']);

/** The folder of installed packages. */
const PACKAGES = /^(?:site|dist)-packages$/;

/** How many segments have to be the same. */
function convincingLength(profiled: ParsedPath, filesInWorkspace: readonly string[]): number {
  const { segments } = profiled;
  const packages = segments.findLastIndex((segment) => PACKAGES.test(segment));
  if (packages >= 0) return Math.max(2, segments.length - packages - 1);
  if (isStandardLibrary(segments)) return Infinity;
  const name = segments.at(-1) ?? '';
  const namesakes = filesInWorkspace.filter((file) =>
    isSame(name, parsePath(file).segments.at(-1), profiled),
  );
  return namesakes.length === 1 && !COMMON_NAMES.has(name) ? 1 : 2;
}

/** `…/lib/python3.11/…`, and `…\Python311\Lib\…` on Windows. */
function isStandardLibrary(segments: readonly string[]): boolean {
  return segments.some((segment, index) => {
    const next = segments[index + 1] ?? '';
    return (
      (/^lib(?:64)?$/.test(segment) && /^(?:python|pypy)\d(?:\.\d+)?$/.test(next)) ||
      (/^python\d+$/i.test(segment) && /^lib$/i.test(next))
    );
  });
}
