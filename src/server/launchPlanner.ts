import { dirname } from 'node:path';
import type { WorkspaceFolder } from 'vscode';
import { log } from '../platform/log';
import { setting } from '../platform/settings';
import { openFolders, type Application, type ApplicationPicker } from './applicationPicker';
import { profiledServerCommand } from './commandLine';
import { customCommand } from './customCommand';
import { serverEnvironment } from './environment';
import { noInterpreter } from './failures';
import { disk } from './fileSystem';
import { missingFrom, probeProject } from './probe';
import { selectedInterpreter } from './pythonExtension';
import { directoriesUpTo, findInterpreter } from './pythonInterpreter';
import { completeDefinition, type ServerDefinition } from './serverDefinition';
import type { Launch } from './serverProcess';

/** A launch with what the user is told of it. */
export interface ServerPlan extends Launch {
  /** The task it was made from, to make it again. */
  readonly definition: ServerDefinition;
  readonly profileDirectory: string;
  /** What was added to the command line or left out, and why. */
  readonly notes: readonly string[];
  /** The project's manage.py; `undefined` for a custom command. */
  readonly manageFile: string | undefined;
}

type CompleteDefinition = Required<ServerDefinition>;

/** Turns a task, or nothing but the settings, into what can be run. */
export class LaunchPlanner {
  readonly #ensureProfileDirectory: () => Promise<string>;
  readonly #picker: ApplicationPicker;

  constructor(ensureProfileDirectory: () => Promise<string>, picker: ApplicationPicker) {
    this.#ensureProfileDirectory = ensureProfileDirectory;
    this.#picker = picker;
  }

  /**
   * @throws ServerFailure when it is known beforehand that the server cannot run.
   * @throws CancellationError when the user, asked for the application, decides for none.
   */
  async plan(definition: ServerDefinition): Promise<ServerPlan> {
    const complete = completeDefinition(definition, {
      command: setting('server.command'),
      arguments: setting('server.arguments'),
      host: setting('server.host'),
      port: setting('server.port'),
      environment: setting('server.environment'),
    });
    const command = complete.command.trim();
    const application: Application = command
      ? { kind: 'command', command, folder: openFolders()[0] }
      : await this.#picker.pick();
    const plan =
      application.kind === 'django'
        ? await this.#planDjango(application, complete)
        : await this.#planCommand(application, complete);
    log().info(`Profiled server in ${plan.cwd}: ${JSON.stringify(plan.argv)}`);
    return { ...plan, definition };
  }

  async #planDjango(
    { manageFile, folder }: Application & { readonly kind: 'django' },
    definition: CompleteDefinition,
  ): Promise<Omit<ServerPlan, 'definition'>> {
    const cwd = dirname(manageFile);
    const python = await interpreterFor(folder, cwd);
    if (!python) throw noInterpreter();
    const environment = environmentFor(python, definition);
    const probe = await probeProject(python, manageFile, environment);
    log().info(`${python.join(' ')}: ${JSON.stringify({ ...probe, options: undefined })}`);
    const missing = missingFrom(probe, python);
    if (missing) throw missing;
    const { host, port } = definition;
    const profileDirectory = await this.#ensureProfileDirectory();
    const commandLine = profiledServerCommand({
      python,
      manageFile,
      profileDirectory,
      template: setting('fileNameTemplate', folder),
      host,
      port,
      noMedia: setting('server.noMedia'),
      kcachegrind: setting('server.kcachegrind'),
      threading: setting('server.threading'),
      furtherArguments: definition.arguments,
      probe,
    });
    return { ...commandLine, cwd, environment, host, port, python, profileDirectory, manageFile };
  }

  async #planCommand(
    { command, folder }: Application & { readonly kind: 'command' },
    definition: CompleteDefinition,
  ): Promise<Omit<ServerPlan, 'definition'>> {
    const cwd = folder.uri.fsPath;
    const python = (await interpreterFor(folder, cwd)) ?? [];
    const { host, port } = definition;
    const profileDirectory = await this.#ensureProfileDirectory();
    const argv = customCommand(command, {
      profileDirectory,
      profileTemplate: setting('fileNameTemplate', folder),
      python,
      host,
      port,
    });
    return {
      argv: [...argv, ...definition.arguments],
      python: python.length > 0 ? python : argv.slice(0, 1),
      cwd,
      environment: environmentFor(python, definition),
      host,
      port,
      profileDirectory,
      notes: [],
      manageFile: undefined,
    };
  }
}

async function interpreterFor(
  folder: WorkspaceFolder,
  directory: string,
): Promise<readonly string[] | undefined> {
  const interpreter = await findInterpreter({
    selected: await selectedInterpreter(folder.uri),
    directories: directoriesUpTo(folder.uri.fsPath, directory, process.platform),
    environment: process.env,
    platform: process.platform,
    files: disk,
  });
  if (interpreter)
    log().info(`Interpreter (${interpreter.origin}): ${interpreter.command.join(' ')}`);
  return interpreter?.command;
}

function environmentFor(
  [python]: readonly string[],
  { environment }: CompleteDefinition,
): NodeJS.ProcessEnv {
  return serverEnvironment({
    base: process.env,
    python,
    overrides: environment,
    platform: process.platform,
  });
}
