import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RecordRequest, Sampler } from './sampler';
import { samplerEnvironment } from './samplerEnvironment';
import { failureKind, SamplerFailure, sawNothing } from './samplerFailure';

/** How much of the end of what a sampler writes explains a failure. */
const TAIL_LENGTH = 16 * 1024;

/** austin begins each file with these bytes even where it could attach to nothing. */
const LEAST_BYTES = 16;

/** How a sampler ended. */
interface End {
  readonly code: number | undefined;
  readonly output: string;
}

/** A sampler at work on one process. */
export class Recording {
  readonly #child: ChildProcess;
  readonly #file: string;
  readonly #killAtExit = (): void => {
    this.#child.kill('SIGKILL');
    rmSync(this.#file, { force: true });
  };
  #discarded = false;
  #stopped = false;
  #output = '';

  /**
   * Resolves to whether the file is there: it is not when the recording was discarded.
   * @throws SamplerFailure where nothing could be recorded
   */
  readonly finished: Promise<boolean>;

  /** Starts it. */
  constructor(sampler: Sampler, request: RecordRequest) {
    const [program = '', ...rest] = sampler.recordCommand(request);
    this.#file = request.file;
    this.#child = spawn(program, rest, {
      cwd: dirname(request.file),
      env: samplerEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    process.once('exit', this.#killAtExit);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-TAIL_LENGTH);
      });
    }
    this.finished = this.#end();
  }

  /** Ends it early and keeps what was recorded. Windows has no signal for that. */
  stop(): void {
    this.#stopped = true;
    this.#child.kill('SIGINT');
  }

  /** Ends it and leaves nothing. */
  discard(): void {
    this.#discarded = true;
    // A traced process goes on when the one that traces it is killed (ptrace(2)).
    this.#child.kill('SIGKILL');
  }

  async #end(): Promise<boolean> {
    try {
      const end = await this.#closed();
      if (!this.#discarded) await this.#check(end);
      return !this.#discarded;
    } catch (error) {
      this.#discarded = true;
      throw error;
    } finally {
      process.off('exit', this.#killAtExit);
      if (this.#discarded) await rm(this.#file, { force: true });
    }
  }

  #closed(): Promise<End> {
    return new Promise((resolve) => {
      this.#child.once('error', (error) => {
        resolve({ code: undefined, output: error.message });
      });
      this.#child.once('close', (code) => {
        resolve({ code: code ?? undefined, output: this.#output });
      });
    });
  }

  /** austin ends with a code of its own when it is interrupted; its file is good all the same. */
  async #check({ code, output }: End): Promise<void> {
    const size = await stat(this.#file).then(
      (stats) => stats.size,
      () => 0,
    );
    const isWritten = size > LEAST_BYTES && (code === 0 || this.#stopped);
    if (!isWritten) throw new SamplerFailure(failureKind(code, output), output);
    if (sawNothing(output)) throw new SamplerFailure('nothingRan', output);
  }
}
