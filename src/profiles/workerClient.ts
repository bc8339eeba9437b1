import { Worker, type WorkerOptions } from 'node:worker_threads';
import { ProfileError } from '../core/model/errors';
import type {
  Answer,
  Arguments,
  Call,
  Method,
  ProgressReport,
  ReadProgress,
  Result,
  WorkerSettings,
} from './workerProtocol';

/** Beyond this a profile is refused, instead of the editor going down. */
const HEAP_MEBIBYTES = 2 * 1024;

interface Job {
  readonly call: Call;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: ReadProgress) => void) | undefined;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  /** Stops listening to the signal. */
  settled(): void;
}

/**
 * Calls the methods of an API that one worker thread answers, one after another.
 *
 * The thread starts with the first call and again after it crashed or was stopped in the middle of
 * a cancelled call: a crash fails the call that caused it and no other.
 */
export class WorkerClient<Api> {
  readonly #path: string;
  readonly #options: WorkerOptions;
  readonly #waiting: Job[] = [];
  #running: Job | undefined;
  #worker: Worker | undefined;
  #disposed = false;

  /**
   * @param path the worker's bundled script
   * @param heapMebibytes what the worker may take for its objects
   */
  constructor(path: string, settings: WorkerSettings, heapMebibytes = HEAP_MEBIBYTES) {
    this.#path = path;
    this.#options = {
      workerData: settings,
      resourceLimits: { maxOldGenerationSizeMb: heapMebibytes },
    };
  }

  /**
   * Calls a method in the worker.
   * @throws ProfileError as the method threw it, or saying that the worker did not survive the file.
   * @throws the signal's reason when it is aborted; a call that already runs is stopped at once.
   * @param onProgress called while the method reads several files
   */
  call<M extends Method<Api>>(
    method: M,
    args: Arguments<Api, M>,
    signal?: AbortSignal,
    onProgress?: (progress: ReadProgress) => void,
  ): Promise<Result<Api, M>> {
    return new Promise((resolve, reject) => {
      if (this.#disposed) throw new Error('The importer was disposed of.');
      signal?.throwIfAborted();
      const abort = (): void => {
        this.#cancel(job);
      };
      const job: Job = {
        call: { method, args },
        signal,
        onProgress,
        resolve,
        reject,
        settled: () => signal?.removeEventListener('abort', abort),
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.push(job);
      this.#next();
    });
  }

  /** Stops the worker; calls that have no answer yet are rejected. */
  dispose(): void {
    this.#disposed = true;
    this.#stopWorker();
    const running = this.#running;
    this.#running = undefined;
    for (const job of [...(running ? [running] : []), ...this.#waiting.splice(0)]) {
      job.settled();
      job.reject(new Error('The importer was disposed of.'));
    }
  }

  #next(): void {
    if (this.#running || this.#disposed) return;
    this.#running = this.#waiting.shift();
    if (!this.#running) return;
    this.#worker ??= this.#startWorker();
    this.#worker.postMessage(this.#running.call);
  }

  #startWorker(): Worker {
    const worker = new Worker(this.#path, this.#options);
    worker.on('message', (message: Answer | ProgressReport) => {
      if (worker !== this.#worker) return;
      if ('progress' in message) this.#running?.onProgress?.(message.progress);
      else this.#answered(message);
    });
    worker.on('error', (error: Error) => {
      this.#crashed(worker, error);
    });
    worker.on('exit', () => {
      this.#crashed(worker, undefined);
    });
    return worker;
  }

  #answered(answer: Answer): void {
    this.#settle((job) => {
      if (answer.ok) job.resolve(answer.value);
      else job.reject(toError(answer));
    });
  }

  #crashed(worker: Worker, error: Error | undefined): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    this.#settle((job) => {
      job.reject(crashError(error));
    });
  }

  #cancel(job: Job): void {
    const waiting = this.#waiting.indexOf(job);
    if (waiting >= 0) {
      this.#waiting.splice(waiting, 1);
      job.reject(job.signal?.reason);
    } else if (job === this.#running) {
      this.#stopWorker();
      this.#settle(() => {
        job.reject(job.signal?.reason);
      });
    }
  }

  #settle(conclude: (job: Job) => void): void {
    const job = this.#running;
    this.#running = undefined;
    if (job) {
      job.settled();
      conclude(job);
    }
    this.#next();
  }

  #stopWorker(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }
}

function toError(answer: Answer & { ok: false }): Error {
  if (answer.reason) return new ProfileError(answer.message, answer.reason);
  const error = new Error(answer.message);
  if (answer.stack !== undefined) error.stack = answer.stack;
  return error;
}

function crashError(cause: Error | undefined): ProfileError {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new ProfileError(
        'Reading it takes more memory than Hotline allows itself (2 GiB).',
        'tooLarge',
        { cause },
      )
    : new ProfileError('Reading it stopped unexpectedly.', 'broken', { cause });
}
