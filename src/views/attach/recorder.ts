import {
  ProgressLocation,
  StatusBarAlignment,
  window,
  type CancellationToken,
  type Disposable,
  type Progress,
} from 'vscode';
import { Recording } from '../../attach/recording';
import type { RecordRequest, Sampler } from '../../attach/sampler';
import { setContext } from '../../platform/commands';
import { UserError } from '../../platform/errors';
import { plainLabel } from './processNames';

const SECOND_MS = 1000;

/** Runs one recording at a time, in sight and within reach of whoever wants to end it. */
export class Recorder implements Disposable {
  readonly #canStop: boolean;
  readonly #status = window.createStatusBarItem('hotline.recording', StatusBarAlignment.Left);
  #recording: Recording | undefined;

  /** @param canStop whether a recording can be ended and kept */
  constructor(canStop: boolean) {
    this.#canStop = canStop;
    this.#status.name = 'Hotline: recording';
    this.#status.command = 'hotline.stopRecording';
    this.#status.tooltip = 'Stop the recording and open it';
  }

  /**
   * Records into the file of the request.
   * @param title the process, for people
   * @returns whether there is a recording: it may have been cancelled
   * @throws SamplerFailure where nothing could be recorded
   */
  async record(sampler: Sampler, request: RecordRequest, title: string): Promise<boolean> {
    if (this.#recording) throw alreadyRecording(this.#canStop);
    const recording = new Recording(sampler, request);
    this.#show(recording, title);
    const options = {
      location: ProgressLocation.Notification,
      title: `Recording ${title} with ${sampler.name}`,
      cancellable: true,
    };
    try {
      return await window.withProgress(options, (progress, token) =>
        this.#follow(recording, request.seconds, progress, token),
      );
    } finally {
      this.#show(undefined, title);
    }
  }

  /** Ends the recording that runs and keeps it. */
  stop(): void {
    this.#recording?.stop();
  }

  dispose(): void {
    this.#recording?.discard();
    this.#status.dispose();
  }

  async #follow(
    recording: Recording,
    seconds: number,
    progress: Progress<{ message: string; increment?: number }>,
    token: CancellationToken,
  ): Promise<boolean> {
    token.onCancellationRequested(() => {
      recording.discard();
    });
    const stop = this.#canStop ? ' · [Stop and open](command:hotline.stopRecording)' : '';
    let passed = 0;
    const tell = (increment: number): void => {
      progress.report({ message: `${passed} of ${seconds} s${stop}`, increment });
    };
    tell(0);
    const timer = setInterval(() => {
      passed = Math.min(passed + 1, seconds);
      tell(100 / seconds);
    }, SECOND_MS);
    try {
      return await recording.finished;
    } finally {
      clearInterval(timer);
    }
  }

  #show(recording: Recording | undefined, title: string): void {
    this.#recording = recording;
    const canStop = recording !== undefined && this.#canStop;
    setContext('recording', canStop);
    this.#status.text = `$(record) Recording ${plainLabel(title)}`;
    if (canStop) this.#status.show();
    else this.#status.hide();
  }
}

function alreadyRecording(canStop: boolean): UserError {
  const advice = canStop ? 'stop it first' : 'wait for its end';
  return new UserError(`A process is being recorded already: ${advice}.`);
}
