import { readFile, stat } from 'node:fs/promises';

/** What decides whether a process of the same user may be sampled. */
export interface TracingFacts {
  readonly platform: NodeJS.Platform;
  /** Linux' `kernel.yama.ptrace_scope`, 0 to 3; `undefined` where the kernel has no such limit. */
  readonly ptraceScope: number | undefined;
  readonly inContainer: boolean;
}

export interface PermissionRemedy {
  /** What to do, for a person. */
  readonly sentence: string;
  /** A command that takes the limit away, where one does. */
  readonly command: string | undefined;
  /** Whether the sampler works under `sudo`. */
  readonly sudo: boolean;
}

const SYSCTL = 'sudo sysctl kernel.yama.ptrace_scope=0';

/** How a sampler gets to see the process. */
export function permissionRemedy({
  platform,
  ptraceScope = 0,
  inContainer,
}: TracingFacts): PermissionRemedy {
  if (platform === 'win32') {
    return {
      sentence: 'Start VS Code as the user whose process it is, or as administrator.',
      command: undefined,
      sudo: false,
    };
  }
  if (platform === 'darwin') {
    return {
      sentence:
        'macOS lets only root look into another process: run the command with sudo in a terminal. Apple’s own Python in /usr/bin stays closed even then.',
      command: undefined,
      sudo: true,
    };
  }
  if (ptraceScope >= 3) {
    return {
      sentence:
        'kernel.yama.ptrace_scope is 3, which forbids it to everybody until the system is started with another value.',
      command: undefined,
      sudo: false,
    };
  }
  if (inContainer) {
    return {
      sentence:
        'Start the container with --cap-add SYS_PTRACE (cap_add: [SYS_PTRACE] in a compose file, "capAdd": ["SYS_PTRACE"] in devcontainer.json).',
      command: undefined,
      sudo: false,
    };
  }
  if (ptraceScope > 0) {
    return {
      sentence: `kernel.yama.ptrace_scope is ${ptraceScope}, which lets ${ptraceScope === 1 ? 'only the parent of a process' : 'only root'} look into it: run “${SYSCTL}”, which lasts until the next start of the system, or sample with sudo.`,
      command: SYSCTL,
      sudo: true,
    };
  }
  return { sentence: 'Sample it with sudo in a terminal.', command: undefined, sudo: true };
}

/** The facts of this machine. */
export async function tracingFacts(): Promise<TracingFacts> {
  const [scope, ...markers] = await Promise.all([
    readFile('/proc/sys/kernel/yama/ptrace_scope', 'utf8').catch(() => undefined),
    ...['/.dockerenv', '/run/.containerenv'].map(isThere),
    readFile('/proc/1/cgroup', 'utf8').then(
      (text) => /docker|kubepods|containerd|libpod|lxc/.test(text),
      () => false,
    ),
  ]);
  return {
    platform: process.platform,
    ptraceScope: scope === undefined ? undefined : Number(scope),
    inContainer: markers.includes(true),
  };
}

/** A command for a shell that makes it root; every word is one word there, too. */
export function sudoCommand(argv: readonly string[]): string {
  const quoted = argv.map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`,
  );
  return ['sudo', ...quoted].join(' ');
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
