import { Uri } from 'vscode';
import type { PythonProcess } from '../../attach/pythonProcess';
import { processTitle } from './processNames';

/** Scheme of the documents that hold dumped stacks. */
export const DUMP_SCHEME = 'hotline-stacks';

/** Which process a document is of; the start tells it from a later one with the same number. */
export type DumpedProcess = Pick<PythonProcess, 'pid' | 'argv' | 'startedMs'>;

/** What cannot stand in a file's name on every system. */
const UNFIT = /[\s/\\:*?"<>|]+/g;

/** The document of a process's stacks: its path is the name to save it by. */
export function dumpUri({ pid, argv, startedMs }: DumpedProcess): Uri {
  const name = processTitle({ pid, argv }).replace(UNFIT, ' ').trim();
  return Uri.from({
    scheme: DUMP_SCHEME,
    path: `/Stacks of ${name}.txt`,
    query: JSON.stringify({ pid, argv, startedMs }),
  });
}

/** The process of a document, or `undefined` when a link made it up. */
export function dumpedProcess({ query }: Uri): DumpedProcess | undefined {
  try {
    const value = JSON.parse(query) as Record<keyof DumpedProcess, unknown> | null;
    const { pid, argv, startedMs } = value ?? {};
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
    if (!Array.isArray(argv) || !argv.every((word) => typeof word === 'string')) return undefined;
    return { pid, argv, startedMs: typeof startedMs === 'number' ? startedMs : undefined };
  } catch {
    return undefined;
  }
}
