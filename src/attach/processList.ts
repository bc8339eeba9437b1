import { linuxProcesses } from './linuxProcesses';
import { macProcesses } from './macProcesses';
import type { PythonProcess } from './pythonProcess';
import { windowsProcesses } from './windowsProcesses';

/** The user's own Python processes on this machine, in no particular order. */
export function listPythonProcesses(): Promise<PythonProcess[]> {
  if (process.platform === 'win32') return windowsProcesses();
  return process.platform === 'darwin' ? macProcesses() : linuxProcesses();
}
