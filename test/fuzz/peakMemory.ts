import { existsSync, readFileSync } from 'node:fs';

const status = '/proc/self/status';

/**
 * The most memory that this process ever had, in bytes. On Linux `resourceUsage` counts what the
 * process that started this one had, too.
 */
export function peakMemory(): number {
  if (!existsSync(status)) return process.resourceUsage().maxRSS * 1024;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, 'latin1'))?.[1]) * 1024;
}
