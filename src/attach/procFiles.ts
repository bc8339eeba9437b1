/** What the files below Linux's /proc say (proc(5)); pure, so that it is tested on their texts. */

/** Clock ticks of a second in /proc, on every architecture that editors run on. */
const TICKS_PER_SECOND = 100;

/** State of a socket in /proc/net/tcp that listens. */
const LISTEN = '0A';

/** The words of /proc/PID/cmdline, of which each ends in a NUL. */
export function commandWords(cmdline: string): string[] {
  return cmdline.replace(/\0+$/, '').split('\0');
}

/**
 * When a process was started, milliseconds since the Unix epoch.
 * @param stat text of /proc/PID/stat
 * @param systemStat text of /proc/stat
 */
export function startTimeMs(stat: string, systemStat: string): number | undefined {
  // The second field is the program's name in brackets, with any characters; the 22nd the ticks.
  const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  const bootSeconds = Number(/^btime (\d+)$/m.exec(systemStat)?.[1]);
  const milliseconds = (bootSeconds + ticks / TICKS_PER_SECOND) * 1000;
  return Number.isFinite(milliseconds) ? milliseconds : undefined;
}

/**
 * Listening sockets by their inode, which a process's file descriptors name.
 * @param table text of /proc/PID/net/tcp or tcp6
 */
export function listeningPorts(table: string): Map<string, number> {
  const ports = new Map<string, number>();
  for (const line of table.split('\n').slice(1)) {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    if (state !== LISTEN || local === undefined || inode === undefined) continue;
    ports.set(inode, Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16));
  }
  return ports;
}

/** The inode that a link of /proc/PID/fd names; `undefined` where it is no socket. */
export function socketInode(link: string): string | undefined {
  return /^socket:\[(\d+)\]$/.exec(link)?.[1];
}
