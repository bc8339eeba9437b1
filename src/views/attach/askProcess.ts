import { window, workspace, type QuickPickItem } from 'vscode';
import { listPythonProcesses } from '../../attach/processList';
import { inOrder } from '../../attach/processOrder';
import type { PythonProcess } from '../../attach/pythonProcess';
import { shortCommand } from '../../attach/shortCommand';
import { UserError } from '../../platform/errors';
import { relativeTime } from '../explorer/relativeTime';
import { plainLabel } from './processNames';

interface ProcessItem extends QuickPickItem {
  readonly process: PythonProcess;
}

/** Asks for one of the user's own Python processes; `undefined` where none was chosen. */
export async function askProcess(): Promise<PythonProcess | undefined> {
  const chosen = await window.showQuickPick(processItems(), {
    title: 'Attach to Python process',
    placeHolder: 'Type a command, a port, a process id or a directory',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.process;
}

async function processItems(): Promise<ProcessItem[]> {
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const processes = inOrder(await listPythonProcesses(), folders);
  if (processes.length > 0) return processes.map((each) => processItem(each, Date.now()));
  throw new UserError('You run no Python process on this machine: start your server first.');
}

/** How a process is offered. */
export function processItem(process: PythonProcess, nowMs: number): ProcessItem {
  const { argv, pid, ports, cwd, startedMs } = process;
  const facts = [
    ...ports.map((port) => `:${port}`),
    `pid ${pid}`,
    ...(startedMs === undefined ? [] : [`started ${relativeTime(startedMs, nowMs)}`]),
  ];
  return {
    label: plainLabel(shortCommand(argv)),
    description: facts.join(' · '),
    detail: cwd ?? '',
    process,
  };
}
