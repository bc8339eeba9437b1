import { execFileSync } from 'node:child_process';

/** Process ids of everything that a process started and that still runs, deepest first. */
export function descendants(ancestor: number): number[] {
  const childrenOf = new Map<number, number[]>();
  for (const line of execFileSync('ps', ['-A', '-o', 'pid=,ppid=']).toString().trim().split('\n')) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    if (pid === undefined || parent === undefined) continue;
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid]);
  }
  const found: number[] = [];
  const visit = (pid: number): void => {
    for (const child of childrenOf.get(pid) ?? []) {
      visit(child);
      found.push(child);
    }
  };
  visit(ancestor);
  return found;
}

/** Sends a signal; a process that has already gone is what was wanted. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
