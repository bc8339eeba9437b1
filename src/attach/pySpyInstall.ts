import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { disk, pathsOn } from '../server/fileSystem';
import { runShortProcess } from '../server/shortProcess';
import { programIn } from './pySpy';
import { samplerEnvironment } from './samplerEnvironment';

/** Making an environment and downloading two megabytes; slow machines and networks included. */
const TIMEOUT_MS = 5 * 60_000;

/** py-spy could not be installed. The message is one sentence for a person. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}

export interface Installation {
  /** The interpreter that the environment is made of, as it is started. */
  readonly python: readonly string[];
  /** Folder of the environment; made anew. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * Makes a virtual environment with py-spy in it.
 * @returns the program
 * @throws InstallError where Python or pip refuses
 */
export async function installPySpy({ python, folder, signal }: Installation): Promise<string> {
  const run = async (argv: readonly string[], explain: (output: string) => string) => {
    const { code, stdout, stderr } = await runShortProcess(argv, {
      cwd: dirname(folder),
      environment: samplerEnvironment(),
      timeoutMs: TIMEOUT_MS,
      signal,
    });
    if (code !== 0) throw new InstallError(explain(`${stdout}\n${stderr}`), { cause: stderr });
  };
  await mkdir(dirname(folder), { recursive: true });
  try {
    await run([...python, '-m', 'venv', '--clear', folder], venvRefused);
    // Of the source, which pip would take where there is no wheel, it could be built with Rust only.
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--only-binary', ':all:'];
    await run([pythonIn(folder), ...pip, 'py-spy'], pipRefused);
    const program = programIn(folder, process.platform);
    if (await disk.isFile(program)) return program;
    throw new InstallError(`pip installed py-spy, but ${program} is not there.`);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function pythonIn(folder: string): string {
  const windows = process.platform === 'win32';
  return pathsOn(process.platform).join(
    folder,
    ...(windows ? ['Scripts', 'python.exe'] : ['bin', 'python']),
  );
}

/** Why no environment could be made. */
export function venvRefused(output: string): string {
  if (/ensurepip|No module named '?venv/.test(output))
    return 'This Python makes no environments: install its venv module (on Debian and Ubuntu “apt install python3-venv”), and try again.';
  return `No environment for py-spy could be made: ${lastLine(output)}.`;
}

/** Why pip installed nothing. */
export function pipRefused(output: string): string {
  // Without a network pip concludes that there is no distribution, too.
  if (/NewConnectionError|name resolution|ConnectTimeout|ProxyError/.test(output))
    return 'pip could not reach the package index: check the network, or install py-spy yourself.';
  if (/No matching distribution|Could not find a version/.test(output))
    return 'pip finds no py-spy for this system: install it yourself and set hotline.attach.pySpy.';
  return `pip could not install py-spy: ${lastLine(output)}.`;
}

function lastLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  return (lines.findLast((line) => line !== '') ?? 'it said nothing').replace(/\.$/, '');
}
