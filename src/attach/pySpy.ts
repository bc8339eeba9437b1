import { pathsOn, type FileSystem } from '../server/fileSystem';
import type { Sampler } from './sampler';

/** py-spy 0.3 or later (`src/config.rs` has its options). */
export function pySpy(program: string): Sampler {
  return {
    name: 'py-spy',
    program,
    ending: '.speedscope.json',
    recordCommand: ({ pid, file, seconds, rate, idle, native, subprocesses }) => [
      program,
      'record',
      ...['--pid', String(pid), '--format', 'speedscope', '--output', file],
      ...['--rate', String(rate), '--duration', String(seconds)],
      ...(idle ? ['--idle'] : []),
      ...(native ? ['--native'] : []),
      ...(subprocesses ? ['--subprocesses'] : []),
    ],
  };
}

/** Program and arguments that print the stacks of a process now. Without its locals, which may be secrets. */
export function dumpCommand(program: string, pid: number): string[] {
  return [program, 'dump', '--pid', String(pid), '--json'];
}

export interface PySpySearch {
  /** The setting; empty where it says nothing. */
  readonly configured: string;
  /** The project's interpreter, beside which its environment has its programs. */
  readonly python: string | undefined;
  /** Folder of Hotline's own environment. */
  readonly ownEnvironment: string;
  readonly platform: NodeJS.Platform;
  readonly files: Pick<FileSystem, 'isFile'>;
  /** Looks for a program on PATH. */
  onPath(name: string): Promise<string | undefined>;
}

/** py-spy as the setting says, in the project's environment, on PATH, or in our own environment. */
export async function findPySpy(search: PySpySearch): Promise<string | undefined> {
  const { configured, python, files, platform } = search;
  if (configured !== '') return configured;
  const paths = pathsOn(platform);
  if (python !== undefined && paths.isAbsolute(python)) {
    const beside = paths.join(paths.dirname(python), programName(platform));
    if (await files.isFile(beside)) return beside;
  }
  const own = programIn(search.ownEnvironment, platform);
  return (await search.onPath('py-spy')) ?? ((await files.isFile(own)) ? own : undefined);
}

/** Where py-spy is in a virtual environment that has it. */
export function programIn(environment: string, platform: NodeJS.Platform): string {
  const folder = platform === 'win32' ? 'Scripts' : 'bin';
  return pathsOn(platform).join(environment, folder, programName(platform));
}

function programName(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'py-spy.exe' : 'py-spy';
}
