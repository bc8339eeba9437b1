import { spawn, type ChildProcess } from 'node:child_process';

/** Options of `spawn` with which `signalTree` reaches all descendants. */
export const treeOptions = {
  // A group of its own: Django's autoreloader runs the server in a child.
  detached: process.platform !== 'win32',
  windowsHide: true,
} as const;

/** Sends a signal to a process and all its descendants; on Windows, which has none, ends them. */
export function signalTree(child: ChildProcess, signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true, stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has ended already.
  }
}

/** Whether any process of the tree lives; `false` on Windows, where ending it is final. */
export function treeLives({ pid }: ChildProcess): boolean {
  if (pid === undefined || process.platform === 'win32') return false;
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}
