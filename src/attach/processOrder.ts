import { sep } from 'node:path';
import type { PythonProcess } from './pythonProcess';

/**
 * Those of the workspace first, servers before what does not listen, the newest before the older.
 * @param folders absolute paths of the workspace's folders
 */
export function inOrder(
  processes: readonly PythonProcess[],
  folders: readonly string[],
): PythonProcess[] {
  const rank = (each: PythonProcess): number =>
    (belongsTo(each, folders) ? 0 : 2) + (each.ports.length > 0 ? 0 : 1);
  return [...processes].sort(
    (a, b) => rank(a) - rank(b) || (b.startedMs ?? 0) - (a.startedMs ?? 0) || a.pid - b.pid,
  );
}

/** Whether a process works in one of these folders, or was started with a path in one. */
export function belongsTo({ cwd, argv }: PythonProcess, folders: readonly string[]): boolean {
  const paths = cwd === undefined ? argv : [cwd, ...argv];
  return folders.some((folder) => paths.some((path) => isInside(path, folder)));
}

/** Whether an absolute path is a folder, or is in it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
