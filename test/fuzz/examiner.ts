import { gunzipSync } from 'node:zlib';
import { ReaderProcess, type Answer, type NoAnswer, type Question } from './readerProcess';

const megabyte = 1024 * 1024;

/** What the process that reads many files may allocate: enough for all that is derived of a profile. */
const heapForAll = 1024;

/** A process that reads nothing has about this much on its heap. */
const idleHeap = 12;

/** No answer within this is a hang, however busy the machine. */
const patience = 60;

/** The memory that reading a file may take, in bytes. */
export function memoryAllowed(fileSize: number): number {
  return 20 * fileSize + 64 * megabyte;
}

/** The processor time that reading a file and deriving all from it may take. */
export function secondsAllowed(fileSize: number): number {
  return 5 + fileSize * 20e-6;
}

/** What came of a file, and what is wrong with it where anything is. */
export interface Verdict {
  readonly outcome: 'read' | 'refused' | 'failed';
  readonly problem: string | undefined;
}

/**
 * Examines files in a process of its own, one after the other.
 *
 * Memory is measured as what the system gave to the process (its resident set) at its highest, which
 * counts everything and only ever grows. So a file after which it has grown by more than it may, or
 * that took too long, is a suspect only, and read again in a new process, alone, with a heap no larger
 * than allowed: V8 then throws away what is no longer used, and what remains is the file's.
 */
export class Examiner {
  readonly #program: string;
  readonly #patience: number;
  #shared: ReaderProcess | undefined;
  /** The most memory that the shared process had when it had read nothing. */
  #idleMemory: number | undefined;

  /**
   * @param program what reads, as `buildReader` makes it
   * @param patienceSeconds when to take a process that does not answer for one that hangs
   */
  constructor(program: string, patienceSeconds = patience) {
    this.#program = program;
    this.#patience = patienceSeconds;
  }

  async examine(bytes: Buffer): Promise<Verdict> {
    const size = contentSize(bytes);
    const answer = await this.#process().ask({ bytes, readOnly: false }, this.#patience);
    if (answer.outcome !== 'ended') {
      if (answer.problem !== undefined || !this.#isSuspect(answer, size)) return verdictOf(answer);
    }
    this.stop();
    return this.#examineAlone(bytes, size);
  }

  stop(): void {
    this.#shared?.stop();
    this.#shared = undefined;
    this.#idleMemory = undefined;
  }

  #process(): ReaderProcess {
    if (this.#shared?.hasEnded) this.stop();
    return (this.#shared ??= new ReaderProcess(this.#program, heapForAll));
  }

  #isSuspect({ cpuSeconds, memory }: Answer, size: number): boolean {
    this.#idleMemory ??= memory.before;
    const grown = memory.after - this.#idleMemory;
    return grown > memoryAllowed(size) || cpuSeconds > secondsAllowed(size);
  }

  /** Examines a file that has a process to itself: once with little memory, once with all that is derived. */
  async #examineAlone(bytes: Buffer, size: number): Promise<Verdict> {
    const heap = Math.ceil(memoryAllowed(size) / megabyte) + idleHeap;
    const read = await this.#askAlone({ bytes, readOnly: true }, heap);
    if (read.outcome === 'ended') return failed(read.problem);
    const grown = read.memory.after - read.memory.before;
    if (grown > memoryAllowed(size)) {
      return failed(`took ${Math.round(grown / megabyte)} MB to read ${size} bytes`);
    }
    const derived = await this.#askAlone({ bytes, readOnly: false }, heapForAll);
    if (derived.outcome !== 'ended' && derived.cpuSeconds > secondsAllowed(size)) {
      return failed(`took ${derived.cpuSeconds.toFixed(1)} seconds for ${size} bytes`);
    }
    return verdictOf(derived);
  }

  async #askAlone(question: Question, heapMegabytes: number): Promise<Answer | NoAnswer> {
    const reader = new ReaderProcess(this.#program, heapMegabytes);
    try {
      return await reader.ask(question, this.#patience);
    } finally {
      reader.stop();
    }
  }
}

function verdictOf({ outcome, problem }: Answer | NoAnswer): Verdict {
  if (outcome === 'ended' || problem !== undefined) return failed(problem);
  return { outcome, problem };
}

function failed(problem: string | undefined): Verdict {
  return { outcome: 'failed', problem };
}

/** The size of what a file holds; of a gzipped one with more in it than it may take, its own size. */
function contentSize(bytes: Buffer): number {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.length;
  try {
    return gunzipSync(bytes, { maxOutputLength: memoryAllowed(bytes.length) }).length;
  } catch {
    return bytes.length;
  }
}
