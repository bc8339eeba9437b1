import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';

/** A file to read. */
export interface Question {
  readonly bytes: Uint8Array;
  /** Whether to leave out what is derived of the profile. */
  readonly readOnly: boolean;
}

/** What came of a file. */
export interface Answer {
  readonly outcome: 'read' | 'refused';
  /** What is wrong with the profile or the refusal; `undefined` where nothing is. */
  readonly problem: string | undefined;
  /** Processor time for all of it. */
  readonly cpuSeconds: number;
  /** The most memory, in bytes, that the process ever had before the file was read, and after. */
  readonly memory: { readonly before: number; readonly after: number };
}

/** A process that did not answer, and why. */
export interface NoAnswer {
  readonly outcome: 'ended';
  readonly problem: string;
}

/** Programs that this process has bundled. */
const programs = new Map<string, string>();

/**
 * Bundles the program that reads, once: a process with one file to load starts in a tenth of a second.
 * @param name its source, in this folder
 * @returns the path of the program
 */
export function buildReader(name = 'reader'): string {
  const known = programs.get(name);
  if (known !== undefined) return known;
  const outfile = join(import.meta.dirname, `../../.cache/fuzz/${name}-${process.pid}.cjs`);
  mkdirSync(dirname(outfile), { recursive: true });
  buildSync({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    keepNames: true,
  });
  process.once('exit', () => {
    rmSync(outfile, { force: true });
  });
  programs.set(name, outfile);
  return outfile;
}

/** One process that reads files, one after the other. It is killed when it takes too long. */
export class ReaderProcess {
  readonly #child: ChildProcess;
  /** The last words of the process. */
  #errors = '';

  /**
   * @param program answers each `Question` that it is sent with an `Answer`
   * @param heapMegabytes what the process may allocate on the heap
   */
  constructor(program: string, heapMegabytes: number) {
    this.#child = fork(program, [], {
      execArgv: [`--max-old-space-size=${heapMegabytes}`, '--max-semi-space-size=4'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', (text: Buffer) => {
      this.#errors = (this.#errors + text.toString()).slice(-4000);
    });
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  /** Has a file read; never rejects. */
  ask(question: Question, seconds: number): Promise<Answer | NoAnswer> {
    return new Promise((resolve) => {
      const finish = (answer: Answer | NoAnswer): void => {
        clearTimeout(watchdog);
        this.#child.removeAllListeners('message').removeAllListeners('exit');
        resolve(answer);
      };
      const watchdog = setTimeout(() => {
        this.stop();
        finish({ outcome: 'ended', problem: `gave no answer in ${seconds} seconds` });
      }, seconds * 1000);
      this.#child.once('message', (answer) => {
        finish(answer as Answer);
      });
      this.#child.once('exit', () => {
        finish({ outcome: 'ended', problem: this.#lastWords() });
      });
      this.#child.send(question, (error) => {
        if (error) finish({ outcome: 'ended', problem: this.#lastWords() });
      });
    });
  }

  #lastWords(): string {
    return /heap out of memory/i.test(this.#errors)
      ? 'ran out of memory'
      : `ended the process: ${this.#errors.trim()}`;
  }
}
