import { readJsonDump } from '../core/formats/pySpy/jsonDump';
import type { DumpedThread } from '../core/formats/pySpy/dumpedThread';
import { runShortProcess } from '../server/shortProcess';
import { dumpCommand } from './pySpy';
import { samplerEnvironment } from './samplerEnvironment';
import { failureKind, SamplerFailure } from './samplerFailure';

/** A line of a printed dump, and the place in the sources that it tells of. */
export interface DumpLine {
  readonly text: string;
  readonly place?: FramePlace;
}

/** Where a frame stands, and which part of its line tells so. */
export interface FramePlace {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Index of the first character of the file's name in the text of the line. */
  readonly start: number;
}

/** A process that hangs may be slow to stop for a look, too. */
const TIMEOUT_MS = 30_000;

const STATUSES: Readonly<Record<string, string>> = {
  'active+gil': 'active, holds the GIL',
  active: 'active',
  idle: 'idle',
};

/**
 * The stacks of a process's threads now, by py-spy.
 * @throws SamplerFailure where it cannot look
 */
export async function dumpStacks(program: string, pid: number): Promise<DumpedThread[]> {
  const { code, stdout, stderr } = await runShortProcess(dumpCommand(program, pid), {
    cwd: '/',
    environment: samplerEnvironment(),
    timeoutMs: TIMEOUT_MS,
  });
  if (code !== 0) throw new SamplerFailure(failureKind(code, stderr), stderr);
  return readJsonDump(Buffer.from(stdout));
}

/**
 * A dump as text: the thread with the GIL first, then what is active, then what waits; frames from
 * the innermost out.
 * @param title what is dumped, and when
 */
export function printedDump(title: string, threads: readonly DumpedThread[]): DumpLine[] {
  const order = Object.keys(STATUSES);
  const sorted = [...threads].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  const count = `${threads.length} ${threads.length === 1 ? 'thread' : 'threads'}`;
  return [
    { text: title },
    { text: `${count}, each with the innermost call first` },
    ...sorted.flatMap((thread) => [{ text: '' }, { text: threadTitle(thread) }, ...frames(thread)]),
    { text: '' },
  ];
}

function threadTitle({ name, id, status }: DumpedThread): string {
  const words = name === undefined ? `Thread ${id}` : `Thread ${id} “${name}”`;
  return `${words}: ${STATUSES[status] ?? status}`;
}

function frames({ frames: all }: DumpedThread): DumpLine[] {
  return all.map(({ name, file, line }) => {
    if (file === undefined) return { text: `    ${name}` };
    const before = `    ${name}  `;
    const text = `${before}${file}${line === undefined ? '' : `:${line}`}`;
    return { text, place: { file, line: line ?? 1, start: before.length } };
  });
}
