import { runShortProcess } from '../server/shortProcess';
import { distinctPorts, isPython, type PythonProcess } from './pythonProcess';

/** A line of `ps -o pid=,etime=,command=`: the time since the start as `[[dd-]hh:]mm:ss`. */
const PS_LINE = /^\s*(\d+)\s+(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+)\s+(.+)$/;

const TIMEOUT_MS = 10_000;

/** The user's own Python processes, as `ps` and `lsof` tell of them. */
export async function macProcesses(): Promise<PythonProcess[]> {
  const user = String(process.getuid?.());
  const [list, ports, directories] = await Promise.all([
    output(['ps', '-x', '-ww', '-U', user, '-o', 'pid=,etime=,command=']),
    output(['lsof', '-a', '-u', user, '-nP', '-iTCP', '-sTCP:LISTEN', '-Fpn']),
    output(['lsof', '-a', '-u', user, '-d', 'cwd', '-Fpn']),
  ]);
  return pythonProcessesOf({ list, ports, directories, nowMs: Date.now() });
}

export interface MacListings {
  /** What `ps` writes. */
  readonly list: string;
  /** What `lsof -Fpn` writes of listening sockets. */
  readonly ports: string;
  /** What `lsof -Fpn` writes of working directories. */
  readonly directories: string;
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: number;
}

/** The Python processes among those listed. */
export function pythonProcessesOf({
  list,
  ports,
  directories,
  nowMs,
}: MacListings): PythonProcess[] {
  const portsOf = namesByProcess(ports);
  const directoryOf = namesByProcess(directories);
  return list.split('\n').flatMap((line) => {
    const [, pid, days, hours, minutes, seconds, command = ''] = PS_LINE.exec(line) ?? [];
    const argv = wordsOf(command);
    if (pid === undefined || !isPython(argv[0] ?? '')) return [];
    const [d, h, m, s] = [days, hours, minutes, seconds].map((part) => Number(part ?? 0));
    const ageSeconds = (((d ?? 0) * 24 + (h ?? 0)) * 60 + (m ?? 0)) * 60 + (s ?? 0);
    return {
      pid: Number(pid),
      argv,
      ports: distinctPorts(
        (portsOf.get(pid) ?? []).map((name) => Number(/:(\d+)$/.exec(name)?.[1])),
      ),
      cwd: directoryOf.get(pid)?.[0],
      startedMs: nowMs - ageSeconds * 1000,
    };
  });
}

/** `ps` parts words by blanks and quotes nothing; only the interpreter's own path can be told whole. */
function wordsOf(command: string): string[] {
  const interpreter = /^\/.*?\/python[\d.]*[dt]?(?=\s|$)/i.exec(command)?.[0];
  const rest = command.slice(interpreter?.length ?? 0).trim();
  const words = rest === '' ? [] : rest.split(/\s+/);
  return interpreter === undefined ? words : [interpreter, ...words];
}

/** Fields of `lsof -F`: `p` and a process begin what belongs to it, `n` is a name. */
function namesByProcess(fields: string): Map<string, string[]> {
  const names = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of fields.split('\n')) {
    if (line.startsWith('p')) {
      current = [];
      names.set(line.slice(1), current);
    } else if (line.startsWith('n')) current.push(line.slice(1));
  }
  return names;
}

/** `lsof` ends with code 1 where it found nothing, too. */
async function output(argv: readonly string[]): Promise<string> {
  const options = { cwd: '/', environment: process.env, timeoutMs: TIMEOUT_MS };
  return (await runShortProcess(argv, options)).stdout;
}
