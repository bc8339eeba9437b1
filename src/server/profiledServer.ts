import { commands, env, tasks, Uri, window, type Disposable, type Memento } from 'vscode';
import { registerCommands, setContext } from '../platform/commands';
import { DisposableStore } from '../platform/disposables';
import { UserError, withErrorHandling } from '../platform/errors';
import { log } from '../platform/log';
import { requireTrust } from '../platform/workspaceTrust';
import type { Profiler } from '../profiler/profiler';
import { browserUrl, portState } from './address';
import { ApplicationPicker } from './applicationPicker';
import { ArrivalWatch } from './arrivalWatch';
import { portInUse, ServerFailure } from './failures';
import { LaunchPlanner } from './launchPlanner';
import { remediesFor, type ServerActions } from './remedies';
import { taskType, toTaskDefinition, type ServerDefinition } from './serverDefinition';
import { showServerMenu } from './serverMenu';
import type { ServerPlan } from './serverPlan';
import { ServerStatus } from './serverStatus';
import { defaultName, serverTask, ServerTaskProvider, taskEnded } from './serverTask';
import { ServerTerminal } from './serverTerminal';
import { readUrlTemplates } from './urlList';

export interface ProfiledServerOptions {
  /** Remembers which of several applications is served. */
  readonly workspaceState: Memento;
  readonly profiler: Profiler;
  /** Fires when a request has left a profile. */
  readonly onProfile: (listener: () => void) => { dispose(): void };
  /** Gives the directory the server writes profiles to, which exists then. */
  ensureProfileDirectory(): Promise<string>;
  /** Takes the URL patterns of the application once its server answers, for example `/items/<int:pk>/`. */
  onUrlTemplates(templates: readonly string[]): void;
}

/** The one server that is open, from the opening of its terminal to its end. */
interface Run {
  readonly terminal: ServerTerminal;
  /** Ends what is still being asked about it. */
  readonly questions: AbortController;
  plan: ServerPlan | undefined;
  /** Looks whether our own profiler got in, once it is known that it should. */
  arrivals: ArrivalWatch | undefined;
}

/** *Start profiled server*: one server at a time, in the terminal of a task. */
export class ProfiledServer implements Disposable {
  readonly #options: ProfiledServerOptions;
  readonly #store = new DisposableStore();
  readonly #picker: ApplicationPicker;
  readonly #planner: LaunchPlanner;
  readonly #status: ServerStatus;
  readonly #actions: ServerActions = {
    start: (definition) => this.#start(definition),
    restart: (definition) => this.#restart(definition),
    showTerminal: () => {
      this.#showTerminal();
    },
  };
  #run: Run | undefined;
  #planning = false;
  /** Its name is that of the terminal, which outlives the server and may tell why it ended. */
  #lastTask: string | undefined;

  constructor(options: ProfiledServerOptions) {
    this.#options = options;
    this.#picker = new ApplicationPicker(options.workspaceState);
    this.#planner = new LaunchPlanner(
      () => options.ensureProfileDirectory(),
      this.#picker,
      options.profiler,
    );
    this.#status = this.#store.add(new ServerStatus('hotline.showServerMenu'));
    this.#store.add(
      options.onProfile(() => {
        this.#run?.arrivals?.arrived();
      }),
    );
    this.#store.add(
      tasks.registerTaskProvider(
        taskType,
        new ServerTaskProvider((definition, name) => this.#openTerminal(definition, name)),
      ),
    );
    this.#store.add(
      registerCommands({
        startServer: () => this.#start({}),
        stopServer: () => this.#stop(),
        openServer: () => this.#openInBrowser(),
        showServerMenu: () => this.#showMenu(),
      }),
    );
  }

  dispose(): void {
    this.#run?.questions.abort();
    this.#run?.arrivals?.dispose();
    this.#run?.terminal.terminate();
    this.#store.dispose();
  }

  async #start(definition: ServerDefinition): Promise<void> {
    requireTrust('The profiled server runs code of this workspace');
    if (this.#planning) return;
    if (this.#run) {
      await this.#offerRestart(this.#run, definition);
      return;
    }
    this.#planning = true;
    this.#status.starting();
    try {
      let prepared: ServerPlan | undefined = await this.#plan(definition);
      const name = `${defaultName} on ${prepared.host}:${prepared.port}`;
      const open = (): ServerTerminal => {
        const terminal = this.#openTerminal(definition, name, prepared);
        prepared = undefined;
        return terminal;
      };
      await tasks.executeTask(serverTask(toTaskDefinition(definition), open, name));
    } catch (error) {
      this.#status.stopped();
      throw await this.#explained(error, definition);
    } finally {
      this.#planning = false;
    }
  }

  async #plan(definition: ServerDefinition): Promise<ServerPlan> {
    const plan = await this.#planner.plan(definition);
    if ((await portState(plan)) === 'inUse') throw portInUse(plan);
    return plan;
  }

  /** @param prepared What is run; without it, as for a task of tasks.json or one run again, it is planned on opening. */
  #openTerminal(
    definition: ServerDefinition,
    taskName: string,
    prepared?: ServerPlan,
  ): ServerTerminal {
    const plan = (): Promise<ServerPlan> => {
      requireTrust('The profiled server runs code of this workspace');
      if (this.#run) throw alreadyRunning(this.#run);
      this.#run = run;
      this.#lastTask = taskName;
      setContext('serverRunning', true);
      this.#status.starting();
      return prepared ? Promise.resolve(prepared) : this.#plan(definition);
    };
    const terminal = new ServerTerminal(plan, {
      onStart: (started) => {
        run.plan = started;
        run.arrivals = this.#watchArrivals(run, started);
      },
      onOutput: (text) => {
        run.arrivals?.take(text);
      },
      onAnswer: (answering) => {
        this.#answers(run, answering);
      },
      onStandstill: (failure) => {
        this.#status.waiting(failure.message);
        this.#show(failure, definition);
      },
      onEnd: (reason) => {
        this.#ended(run);
        if (reason !== undefined) this.#show(reason, definition);
      },
    });
    const run: Run = {
      terminal,
      questions: new AbortController(),
      plan: undefined,
      arrivals: undefined,
    };
    return terminal;
  }

  #watchArrivals(run: Run, plan: ServerPlan): ArrivalWatch | undefined {
    if (!plan.profiling) return undefined;
    return new ArrivalWatch(plan.profiling, plan.profileDirectory, {
      onMissing: (failure) => {
        this.#status.running(run.plan ?? plan, failure.message);
        this.#show(failure, plan.definition);
      },
      onFound: () => {
        this.#status.running(run.plan ?? plan);
      },
    });
  }

  #answers(run: Run, plan: ServerPlan): void {
    run.plan = plan;
    this.#status.running(plan);
    run.arrivals?.answers();
    void withErrorHandling('Reading the URLs of the application', () => this.#askUrls(run, plan));
  }

  /** Nothing depends on the answer: without it paths are shown as the profiles name them. */
  async #askUrls({ questions }: Run, plan: ServerPlan): Promise<void> {
    if (plan.manageFile === undefined) return;
    const { python, manageFile, plainEnvironment: environment } = plan;
    const { signal } = questions;
    const templates = await readUrlTemplates({ python, manageFile, environment, signal });
    if (signal.aborted) return;
    if (templates) this.#options.onUrlTemplates(templates);
    else log().warn('The project does not list its URLs.');
  }

  #ended(run: Run): void {
    run.questions.abort();
    run.arrivals?.dispose();
    if (this.#run !== run) return;
    this.#run = undefined;
    setContext('serverRunning', false);
    this.#status.stopped();
  }

  async #stop(): Promise<void> {
    if (!this.#run) return;
    this.#status.stopping();
    await this.#run.terminal.stop();
  }

  async #restart(definition: ServerDefinition): Promise<void> {
    const ended = taskEnded();
    await this.#stop();
    await ended;
    await this.#start(definition);
  }

  async #offerRestart(run: Run, definition: ServerDefinition): Promise<void> {
    const { message } = alreadyRunning(run);
    const answer = await window.showInformationMessage(message, 'Restart', 'Show Terminal');
    if (answer === 'Restart') await this.#restart(definition);
    if (answer === 'Show Terminal') this.#showTerminal();
  }

  async #openInBrowser(): Promise<void> {
    const plan = this.#run?.plan;
    if (!plan) {
      throw new UserError('No profiled server is running: start it first.', [
        { title: 'Start Profiled Server', run: () => this.#start({}) },
      ]);
    }
    await env.openExternal(await env.asExternalUri(Uri.parse(browserUrl(plan))));
  }

  async #showMenu(): Promise<void> {
    if (!this.#run) return;
    const { plan } = this.#run;
    const definition = plan?.definition ?? {};
    await showServerMenu(plan, {
      openInBrowser: () => this.#openInBrowser(),
      showTerminal: () => {
        this.#showTerminal();
      },
      stop: () => this.#stop(),
      restart: () => this.#restart(definition),
      serveAnother: () => this.#serveAnother(definition),
    });
  }

  async #serveAnother(definition: ServerDefinition): Promise<void> {
    await this.#picker.pickAnother();
    await this.#restart(definition);
  }

  /** Brings the server's terminal to the front; the terminals of all where it is gone. */
  #showTerminal(): void {
    const task = this.#lastTask;
    const terminal = window.terminals.find(({ name }) => task !== undefined && name.includes(task));
    if (terminal) terminal.show();
    else void commands.executeCommand('workbench.action.terminal.focus');
  }

  #show(reason: unknown, definition: ServerDefinition): void {
    void withErrorHandling('Profiled server', async () => {
      throw await this.#explained(reason, definition);
    });
  }

  /** A failure with its remedies; any other error as it is. */
  async #explained(reason: unknown, definition: ServerDefinition): Promise<unknown> {
    if (!(reason instanceof ServerFailure)) return reason;
    const remedies = await remediesFor(reason, definition, this.#actions);
    return new UserError(reason.message, remedies, { cause: reason.cause });
  }
}

function alreadyRunning({ plan }: Run): ServerFailure {
  const where = plan ? ` at ${browserUrl(plan)}` : '';
  return new ServerFailure(
    'alreadyRunning',
    `The profiled server is already running${where}: restart it, or stop it before you start another one.`,
  );
}
