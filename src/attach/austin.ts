import type { Sampler } from './sampler';

/** The first version with the binary format, and the first that has no other and names options anew. */
const BINARY = [3, 4] as const;
const BINARY_ONLY = [4, 0] as const;

const MICROSECONDS = 1_000_000;

/** The version that `austin --version` tells, major and minor; `undefined` where it tells none. */
export function austinVersion(output: string): readonly [number, number] | undefined {
  const [, major, minor] = /\baustin (\d+)\.(\d+)/.exec(output) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor)];
}

/** austin 3 or 4 (`src/argparse.c` has its options). It knows nothing of C extensions. */
export function austin(program: string, version: readonly [number, number]): Sampler {
  const isBinary = isAtLeast(version, BINARY);
  const isFourth = isAtLeast(version, BINARY_ONLY);
  return {
    name: 'austin',
    program,
    ending: isBinary ? '.mojo' : '.austin',
    recordCommand: ({ pid, file, seconds, rate, idle, subprocesses }) => [
      program,
      ...['--pid', String(pid), '--output', file],
      ...['--interval', String(Math.round(MICROSECONDS / rate)), '--exposure', String(seconds)],
      ...(isBinary && !isFourth ? ['--binary'] : []),
      ...(idle ? [] : [isFourth ? '--cpu' : '--sleepless']),
      ...(subprocesses ? ['--children'] : []),
    ],
  };
}

function isAtLeast(
  [major, minor]: readonly [number, number],
  [leastMajor, leastMinor]: readonly [number, number],
): boolean {
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
