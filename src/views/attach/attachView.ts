import { join } from 'node:path';
import type { Disposable } from 'vscode';
import { diagnosed } from '../../attach/diagnosis';
import { listPythonProcesses } from '../../attach/processList';
import { dumpCommand, pySpy } from '../../attach/pySpy';
import type { PythonProcess } from '../../attach/pythonProcess';
import { place, recordingName, unfinishedName } from '../../attach/recordedFile';
import type { Sampler, SamplingOptions } from '../../attach/sampler';
import { SamplerFailure } from '../../attach/samplerFailure';
import { shortCommand } from '../../attach/shortCommand';
import { joinThreads } from '../../attach/threadsTogether';
import { registerCommands } from '../../platform/commands';
import { DisposableStore } from '../../platform/disposables';
import { UserError } from '../../platform/errors';
import { setting } from '../../platform/settings';
import type { SourceFiles } from '../../platform/sourceFiles';
import { requireTrust } from '../../platform/workspaceTrust';
import { askAction } from './askAction';
import { askProcess } from './askProcess';
import { attachFailure } from './attachFailure';
import type { DumpedProcess } from './dumpUri';
import { offerPySpy } from './offerPySpy';
import { processTitle } from './processNames';
import { Recorder } from './recorder';
import {
  installedAustin,
  installedPySpy,
  ownEnvironment,
  projectPython,
  samplingOptions,
} from './samplers';
import { StackDumps } from './stackDumps';

/** Start times are told to the second by some systems. */
const SAME_START_MS = 2000;

/** Whether a sampler can be told to end and write what it has. */
const CAN_STOP = process.platform !== 'win32';

export interface AttachOptions {
  /** Folder of the extension's own storage. */
  readonly globalStorage: string;
  readonly files: Pick<SourceFiles, 'locate'>;
  /** The directory that recordings go to, made when it is not there. */
  ensureProfileDirectory(): Promise<string>;
  /** Opens a profile as a flamegraph. */
  open(path: string): Promise<void>;
}

/** *Attach to Python process*: samples what already runs, from outside. */
export class AttachView implements Disposable {
  readonly #options: AttachOptions;
  readonly #store = new DisposableStore();
  readonly #recorder = this.#store.add(new Recorder(CAN_STOP));
  readonly #dumps: StackDumps;

  constructor(options: AttachOptions) {
    this.#options = options;
    this.#dumps = this.#store.add(new StackDumps(options.files));
    this.#store.add(
      registerCommands({
        attachToProcess: () => this.#attach(),
        stopRecording: () => {
          this.#recorder.stop();
        },
        refreshStacks: (argument: unknown) => this.#refresh(this.#dumps.chosen(argument)),
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #attach(): Promise<void> {
    requireTrust('Samplers are programs of this machine');
    const chosen = await askProcess();
    if (!chosen) return;
    const austin = await installedAustin();
    const action = await askAction({
      title: processTitle(chosen),
      austin: austin !== undefined,
      canStop: CAN_STOP,
    });
    if (!action) return;
    if (action.kind === 'dump') return this.#dump(chosen);
    const sampler = action.sampler === 'austin' ? austin : await this.#pySpyFor(chosen);
    if (sampler) await this.#record(chosen, sampler, action.seconds, samplingOptions());
  }

  async #record(
    recorded: PythonProcess,
    sampler: Sampler,
    seconds: number,
    options: SamplingOptions,
  ): Promise<void> {
    const directory = await this.#options.ensureProfileDirectory();
    const { pid } = recorded;
    const facts = { command: shortCommand(recorded.argv), pid, started: new Date() };
    const title = processTitle(recorded);
    const file = join(directory, unfinishedName(facts));
    const request = { pid, file, seconds, ...options };
    try {
      if (!(await this.#recorder.record(sampler, request, title))) return;
    } catch (error) {
      if (!(error instanceof SamplerFailure)) throw error;
      const named = { ...request, file: join(directory, recordingName(facts) + sampler.ending) };
      throw await attachFailure(await diagnosed(error, sampler, pid), {
        sampler: sampler.name,
        process: title,
        command: sampler.recordCommand(named),
        withWaiting: () => this.#record(recorded, sampler, seconds, { ...options, idle: true }),
      });
    }
    if (sampler.name === 'py-spy' && setting('attach.threads') === 'together')
      await joinThreads(file);
    const path = await place(file, directory, recordingName(facts), sampler.ending);
    await this.#options.open(path);
  }

  async #dump(dumped: PythonProcess): Promise<void> {
    const sampler = await this.#pySpyFor(dumped);
    if (!sampler) return;
    try {
      await this.#dumps.show(sampler.program, dumped);
    } catch (error) {
      if (!(error instanceof SamplerFailure)) throw error;
      throw await attachFailure(error, {
        sampler: sampler.name,
        process: processTitle(dumped),
        command: dumpCommand(sampler.program, dumped.pid),
      });
    }
  }

  /** Another process may have got the number of one that ended. */
  async #refresh(dumped: DumpedProcess): Promise<void> {
    requireTrust('Samplers are programs of this machine');
    const same = (await listPythonProcesses()).find(
      ({ pid, startedMs }) =>
        pid === dumped.pid && Math.abs((startedMs ?? 0) - (dumped.startedMs ?? 0)) < SAME_START_MS,
    );
    if (!same) throw new UserError(`${processTitle(dumped)} has ended: its stacks are gone.`);
    await this.#dump({ ...same, ...dumped });
  }

  /** `undefined` where it is not installed and shall not be. */
  async #pySpyFor(of: PythonProcess): Promise<Sampler | undefined> {
    const { globalStorage } = this.#options;
    const python = await projectPython(of);
    const installed = await installedPySpy(python, globalStorage);
    if (installed) return installed;
    const program = await offerPySpy(python, ownEnvironment(globalStorage));
    return program === undefined ? undefined : pySpy(program);
  }
}
