import {
  commands,
  ConfigurationTarget,
  env,
  Position,
  ProcessExecution,
  Selection,
  Task,
  tasks,
  TaskScope,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Remedy } from '../platform/errors';
import { nextFreePort, type Address } from './address';
import { shownCommand } from './commandLine';
import type { ServerFailure } from './failures';
import { hasPythonExtension } from './pythonExtension';
import { isPort, taskType, type ServerDefinition } from './serverDefinition';

/** What a remedy may do with the server. */
export interface ServerActions {
  readonly start: (definition: ServerDefinition) => Promise<void>;
  readonly restart: (definition: ServerDefinition) => Promise<void>;
  readonly showTerminal: () => void;
}

/** What is offered beside the sentence of a failure. */
export async function remediesFor(
  { kind, details }: ServerFailure,
  definition: ServerDefinition,
  actions: ServerActions,
): Promise<Remedy[]> {
  const { file, setting, python = [], address, distribution = '' } = details;
  const showTerminal = { title: 'Show Terminal', run: actions.showTerminal };
  const startAgain = { title: 'Start Again', run: () => actions.start(definition) };
  switch (kind) {
    case 'alreadyRunning':
      return [{ title: 'Restart', run: () => actions.restart(definition) }, showTerminal];
    case 'portInUse':
      return address ? portRemedies(address, definition, actions) : [];
    case 'interpreterMissing':
      return [...selectInterpreter(), startAgain];
    case 'djangoMissing':
      return [...selectInterpreter(), copyInstallCommand(python, 'Django')];
    case 'extensionsMissing':
      return [
        install('django-extensions', python, startAgain),
        copyInstallCommand(python, 'django-extensions'),
        ...selectInterpreter(),
      ];
    case 'serverMissing':
      return [
        install(distribution, python, startAgain),
        copyInstallCommand(python, distribution),
        ...selectInterpreter(),
      ];
    case 'pythonTooOld':
      return [...selectInterpreter(), ...(setting === undefined ? [] : [openSetting(setting)])];
    case 'notProfiled':
      return [showTerminal, ...(python.length > 0 ? selectInterpreter() : [])];
    case 'extensionsNotInstalled':
      return file === undefined ? [] : [openInstalledApps(file)];
    case 'addressRefused':
    case 'settingInvalid':
      return setting === undefined ? [] : [openSetting(setting)];
    case 'applicationMissing':
      return [startAgain];
    case 'waiting':
      return [showTerminal];
    case 'crashed':
    case 'exited':
      return [showTerminal, startAgain];
  }
}

async function portRemedies(
  address: Address,
  definition: ServerDefinition,
  { start }: ServerActions,
): Promise<Remedy[]> {
  const free = await nextFreePort(address);
  const chooseAnother = {
    title: 'Choose Another Port…',
    run: async () => {
      const port = await askPort(free ?? address.port);
      if (port !== undefined) await start({ ...definition, port });
    },
  };
  if (free === undefined) return [chooseAnother];
  return [
    { title: `Use Port ${free}`, run: () => start({ ...definition, port: free }) },
    chooseAnother,
  ];
}

/** Keeps the answer as a setting of the workspace. */
async function askPort(suggested: number): Promise<number | undefined> {
  const answer = await window.showInputBox({
    title: 'Port of the profiled server',
    value: String(suggested),
    prompt: 'Kept as hotline.server.port of this workspace.',
    validateInput: (text) =>
      isPort(Number(text)) ? undefined : 'A port is a whole number from 1 to 65535.',
  });
  if (answer === undefined) return undefined;
  const port = Number(answer);
  const configuration = workspace.getConfiguration('hotline');
  await configuration.update('server.port', port, ConfigurationTarget.Workspace);
  return port;
}

function selectInterpreter(): Remedy[] {
  if (!hasPythonExtension()) return [];
  const run = (): unknown => commands.executeCommand('python.setInterpreter');
  return [{ title: 'Select Interpreter', run }];
}

function installArguments(distribution: string): string[] {
  return ['-m', 'pip', 'install', distribution];
}

function copyInstallCommand(python: readonly string[], distribution: string): Remedy {
  const command = shownCommand([...python, ...installArguments(distribution)]);
  return { title: 'Copy Install Command', run: () => env.clipboard.writeText(command) };
}

/** Asks, because it changes an environment that is not ours; then starts the server again. */
function install(
  distribution: string,
  [program = '', ...rest]: readonly string[],
  then: Remedy,
): Remedy {
  const argv = [...rest, ...installArguments(distribution)];
  const run = async (): Promise<void> => {
    const answer = await window.showInformationMessage(
      `Install ${distribution}?`,
      { modal: true, detail: shownCommand([program, ...argv]) },
      'Install',
    );
    if (answer !== 'Install') return;
    const name = `Install ${distribution}`;
    if ((await runInTerminal(name, program, argv)) === 0) await then.run();
  };
  return { title: `Install ${distribution}`, run };
}

/** Gives the exit code; the task is run without a shell. */
async function runInTerminal(
  name: string,
  program: string,
  argv: string[],
): Promise<number | undefined> {
  const task = new Task(
    { type: 'process' },
    TaskScope.Workspace,
    name,
    taskType,
    new ProcessExecution(program, argv),
  );
  const execution = await tasks.executeTask(task);
  return new Promise((resolve) => {
    const listener = tasks.onDidEndTaskProcess((event) => {
      if (event.execution !== execution) return;
      listener.dispose();
      resolve(event.exitCode);
    });
  });
}

function openInstalledApps(file: string): Remedy {
  const open = async (): Promise<void> => {
    const document = await workspace.openTextDocument(Uri.file(file));
    const editor = await window.showTextDocument(document);
    const offset = document.getText().search(/^\s*INSTALLED_APPS\b/m);
    if (offset < 0) return;
    const { line } = document.positionAt(offset);
    editor.selections = [new Selection(new Position(line + 1, 0), new Position(line + 1, 0))];
    editor.revealRange(document.lineAt(line).range, TextEditorRevealType.InCenter);
  };
  return { title: 'Open Settings File', run: open };
}

function openSetting(name: string): Remedy {
  const run = (): unknown => commands.executeCommand('workbench.action.openSettings', name);
  return { title: 'Open Setting', run };
}
