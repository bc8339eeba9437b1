import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { commandWords, listeningPorts, socketInode, startTimeMs } from './procFiles';
import { distinctPorts, isPython, type PythonProcess } from './pythonProcess';

const PROC = '/proc';

/** The user's own Python processes, as /proc tells of them. What ends meanwhile is left out. */
export async function linuxProcesses(): Promise<PythonProcess[]> {
  const systemStat = await readFile(join(PROC, 'stat'), 'utf8');
  const names = (await readdir(PROC)).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    names.map((name) => readProcess(name, systemStat).catch(() => undefined)),
  );
  return found.filter((each) => each !== undefined);
}

async function readProcess(name: string, systemStat: string): Promise<PythonProcess | undefined> {
  const folder = join(PROC, name);
  if ((await stat(folder)).uid !== process.getuid?.()) return undefined;
  const argv = commandWords(await readFile(join(folder, 'cmdline'), 'utf8'));
  const program = (await linkIn(folder, 'exe')) ?? argv[0] ?? '';
  if (!isPython(program.replace(/ \(deleted\)$/, '')) && !isPython(argv[0] ?? '')) return undefined;
  return {
    pid: Number(name),
    argv,
    ports: await portsOf(folder),
    cwd: await linkIn(folder, 'cwd'),
    startedMs: startTimeMs(await readFile(join(folder, 'stat'), 'utf8'), systemStat),
  };
}

/** By the tables of the process's own network, which in a container is another one than ours. */
async function portsOf(folder: string): Promise<number[]> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(join(folder, 'net', name), 'utf8').catch(() => '')),
  );
  const listening = new Map(tables.flatMap((table) => [...listeningPorts(table)]));
  const descriptors = await readdir(join(folder, 'fd')).catch(() => []);
  const links = await Promise.all(descriptors.map((name) => linkIn(join(folder, 'fd'), name)));
  return distinctPorts(links.flatMap((link) => listening.get(socketInode(link ?? '') ?? '') ?? []));
}

/** `undefined` where the link may not be read, as with processes that have changed their user. */
async function linkIn(folder: string, name: string): Promise<string | undefined> {
  return readlink(join(folder, name)).catch(() => undefined);
}
