import {
  CustomExecution,
  Task,
  TaskPanelKind,
  TaskRevealKind,
  TaskScope,
  tasks,
  type Pseudoterminal,
  type TaskDefinition,
  type TaskProvider,
  type WorkspaceFolder,
} from 'vscode';
import {
  readDefinition,
  taskType,
  toTaskDefinition,
  type ServerDefinition,
} from './serverDefinition';

/** Makes the terminal for a definition; throws when the definition is not one. */
export type OpenTerminal = (definition: ServerDefinition, taskName: string) => Pseudoterminal;

/** The name under which *Run Task* offers the server; the terminal has it, too. */
export const defaultName = 'Profiled server';

/** A task that runs a server in the terminal it is given. */
export function serverTask(
  definition: TaskDefinition,
  open: OpenTerminal,
  name: string,
  scope: WorkspaceFolder | TaskScope.Workspace = TaskScope.Workspace,
): Task {
  const execution = new CustomExecution((resolved) =>
    Promise.resolve(open(readDefinition(resolved), name)),
  );
  const task = new Task(definition, scope, name, taskType, execution);
  task.isBackground = true;
  task.presentationOptions = {
    reveal: TaskRevealKind.Always,
    panel: TaskPanelKind.Dedicated,
    clear: true,
    echo: false,
    showReuseMessage: false,
  };
  return task;
}

/** Offers the server in *Run Task* and understands it in tasks.json. */
export class ServerTaskProvider implements TaskProvider {
  readonly #open: OpenTerminal;

  constructor(open: OpenTerminal) {
    this.#open = open;
  }

  provideTasks(): Task[] {
    return [serverTask(toTaskDefinition({}), this.#open, defaultName)];
  }

  resolveTask({ definition, name, scope }: Task): Task {
    const where = scope === TaskScope.Global ? TaskScope.Workspace : scope;
    return serverTask(definition, this.#open, name, where);
  }
}

/** Resolves when no server task is being executed, so that the next one does not meet the last. */
export function taskEnded(): Promise<void> {
  const running = tasks.taskExecutions.find(({ task }) => task.definition.type === taskType);
  if (!running) return Promise.resolve();
  return new Promise((resolve) => {
    const listener = tasks.onDidEndTask(({ execution }) => {
      if (execution !== running) return;
      listener.dispose();
      resolve();
    });
  });
}
