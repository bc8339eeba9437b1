import { dirname } from 'node:path';
import { log } from '../platform/log';
import { setting } from '../platform/settings';
import { openFolders } from '../platform/workspaceFolders';
import { obstacleInCommand } from '../profiler/obstacles';
import type { Profiler } from '../profiler/profiler';
import { selectionNotes, type ProfilerVariables } from '../profiler/profilerVariables';
import type { Application, ApplicationPicker } from './applicationPicker';
import { profiledServerCommand } from './commandLine';
import { customCommand, profilesByItself } from './customCommand';
import { developmentServer, packageOf, servedApplication } from './developmentServer';
import { profiledEnvironment } from './environment';
import { pythonTooOld, settingInvalid } from './failures';
import { disk } from './fileSystem';
import { missingFromInterpreter, probeInterpreter } from './interpreterProbe';
import { missingFrom, probeProject } from './probe';
import { completeDefinition, type ServerDefinition } from './serverDefinition';
import type { PlanParts, ServerPlan } from './serverPlan';
import { findWorkplace, requireInterpreter, type Workplace } from './workplace';

type CompleteDefinition = Required<ServerDefinition>;
type Of<Kind> = Extract<Application, { readonly kind: Kind }>;

/** Turns a task, or nothing but the settings, into what can be run. */
export class LaunchPlanner {
  readonly #ensureProfileDirectory: () => Promise<string>;
  readonly #picker: ApplicationPicker;
  readonly #profiler: Profiler;

  constructor(
    ensureProfileDirectory: () => Promise<string>,
    picker: ApplicationPicker,
    profiler: Profiler,
  ) {
    this.#ensureProfileDirectory = ensureProfileDirectory;
    this.#picker = picker;
    this.#profiler = profiler;
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
      profiler: setting('server.profiler'),
      mode: setting('profiler.mode'),
    });
    const command = complete.command.trim();
    const application: Application = command
      ? { kind: 'command', command, folder: openFolders()[0] }
      : await this.#picker.pick();
    const parts = await this.#planFor(application, complete);
    log().info(`Profiled server in ${parts.cwd}: ${JSON.stringify(parts.argv)}`);
    const { host, port } = complete;
    const profileDirectory = await this.#ensureProfileDirectory();
    const isCommand = application.kind === 'command';
    return { ...parts, host, port, isCommand, profileDirectory, definition };
  }

  #planFor(application: Application, definition: CompleteDefinition): Promise<PlanParts> {
    if (application.kind === 'command') return this.#planCommand(application, definition);
    if (definition.profiler === 'hotline') return this.#planProfiled(application, definition);
    if (application.kind === 'django') return this.#planRunprofileserver(application, definition);
    throw settingInvalid(
      'hotline.server.profiler',
      'is runprofileserver, which serves Django projects only: set it to hotline',
    );
  }

  /** A development server that knows nothing of our profiler, which gets in by the environment. */
  async #planProfiled(
    application: Exclude<Application, Of<'command'>>,
    definition: CompleteDefinition,
  ): Promise<PlanParts> {
    const { folder } = application;
    const served = await servedApplication(application, disk, process.platform);
    const workplace = await findWorkplace(folder, served.cwd, definition.environment);
    requireInterpreter(workplace);
    const { python, cwd } = workplace;
    const profiler = await this.#variables(workplace, definition);
    const environment = profiledEnvironment(workplace.environment, profiler, process.platform);
    const notes = selectionNotes(profiler);
    const facts = await probeInterpreter({ python, cwd, environment });
    const failure = missingFromInterpreter(facts, packageOf(served), python);
    if (failure?.kind === 'pythonTooOld' && application.kind === 'django') {
      return this.#planRunprofileserver(application, definition, facts.version);
    }
    if (failure) throw failure;
    const { host, port, arguments: furtherArguments } = definition;
    const { argv, variables } = developmentServer(served, {
      python,
      host,
      port,
      furtherArguments,
      flask: facts.flask,
    });
    return {
      argv,
      python,
      cwd,
      environment: { ...environment, ...variables },
      plainEnvironment: workplace.environment,
      notes,
      manageFile: served.kind === 'django' ? served.manageFile : undefined,
      profiling: { obstacle: undefined, selective: notes.length > 0 },
    };
  }

  /** @param tooOld The version of Python for which it stands in for our own profiler. */
  async #planRunprofileserver(
    { file, folder }: Of<'django'>,
    definition: CompleteDefinition,
    tooOld?: readonly [number, number],
  ): Promise<PlanParts> {
    const workplace = await findWorkplace(folder, dirname(file), definition.environment);
    requireInterpreter(workplace);
    const { python, environment, cwd } = workplace;
    const probe = await probeProject(python, file, environment);
    log().info(`${python.join(' ')}: ${JSON.stringify({ ...probe, options: undefined })}`);
    const missing = missingFrom(probe, python);
    if (missing) throw tooOld ? pythonTooOld(tooOld, python) : missing;
    const { argv, notes } = profiledServerCommand({
      python,
      manageFile: file,
      profileDirectory: await this.#ensureProfileDirectory(),
      template: setting('fileNameTemplate', folder),
      host: definition.host,
      port: definition.port,
      noMedia: setting('server.noMedia'),
      kcachegrind: setting('server.kcachegrind'),
      threading: setting('server.threading'),
      furtherArguments: definition.arguments,
      probe,
    });
    const standIn = tooOld
      ? [
          `Python ${tooOld.join('.')} is too old for Hotline's profiler: this is django-extensions' runprofileserver.`,
        ]
      : [];
    return {
      argv,
      python,
      cwd,
      environment,
      plainEnvironment: environment,
      notes: [...standIn, ...notes],
      manageFile: file,
      profiling: undefined,
    };
  }

  async #planCommand(
    { command, folder }: Of<'command'>,
    definition: CompleteDefinition,
  ): Promise<PlanParts> {
    const workplace = await findWorkplace(folder, folder.uri.fsPath, definition.environment);
    const { python, cwd } = workplace;
    const words = customCommand(command, {
      profileDirectory: await this.#ensureProfileDirectory(),
      profileTemplate: setting('fileNameTemplate', folder),
      python,
      host: definition.host,
      port: definition.port,
    });
    const argv = [...words, ...definition.arguments];
    const shared = {
      argv,
      python: python.length > 0 ? python : argv.slice(0, 1),
      cwd,
      plainEnvironment: workplace.environment,
      manageFile: undefined,
    };
    if (definition.profiler === 'runprofileserver' || profilesByItself(command)) {
      const notes = ["Hotline's profiler is left out: the command brings its own."];
      return { ...shared, environment: workplace.environment, notes, profiling: undefined };
    }
    const profiler = await this.#variables(workplace, definition);
    const notes = selectionNotes(profiler);
    return {
      ...shared,
      environment: profiledEnvironment(workplace.environment, profiler, process.platform),
      notes,
      profiling: {
        obstacle: obstacleInCommand(argv, process.platform),
        selective: notes.length > 0,
      },
    };
  }

  #variables({ folder, cwd }: Workplace, { mode }: CompleteDefinition): Promise<ProfilerVariables> {
    return this.#profiler.variables({ folder, overrides: { mode }, applicationFolder: cwd });
  }
}
