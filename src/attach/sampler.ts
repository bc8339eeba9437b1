/** How a process is sampled; what of it a sampler does not know is left out. */
export interface SamplingOptions {
  /** Samples a second. */
  readonly rate: number;
  /** Threads that wait as well, which shows waiting for a database or another server. */
  readonly idle: boolean;
  /** Stacks of C extensions, too. */
  readonly native: boolean;
  /** The process's Python children as well, such as the workers of gunicorn. */
  readonly subprocesses: boolean;
}

export interface RecordRequest extends SamplingOptions {
  readonly pid: number;
  /** Path of the file to write. */
  readonly file: string;
  /** How long, unless it is interrupted; there is always an end, lest a sampler outlive the editor. */
  readonly seconds: number;
}

/** A program that samples a running Python process from outside. */
export interface Sampler {
  readonly name: 'py-spy' | 'austin';
  /** Path of the program. */
  readonly program: string;
  /** Ending of the files that it writes. */
  readonly ending: string;
  /** Program and arguments that record a process. */
  recordCommand(request: RecordRequest): string[];
}
