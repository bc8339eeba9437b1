import { isObject, type JsonObject } from '../encoding/json';
import { threadOf, type ThreadId } from './threads';

/** The names that a trace's metadata events (phase M) give to its processes and threads. */
export class ThreadNames {
  readonly #processes = new Map<string, string>();
  readonly #threads = new Map<string, string>();
  readonly #hasProcesses: boolean;

  constructor(events: readonly JsonObject[]) {
    const processes = new Set<string>();
    for (const event of events) {
      const thread = threadOf(event);
      if (event['ph'] === 'M') this.#add(event, thread);
      else processes.add(thread.pid);
    }
    this.#hasProcesses = processes.size > 1;
  }

  /** What people read; with the process where there are several. */
  nameOf({ pid, tid }: ThreadId): string {
    const thread = this.#threads.get(`${pid}\0${tid}`) ?? `Thread ${tid}`;
    if (!this.#hasProcesses) return thread;
    return `${this.#processes.get(pid) ?? 'Process'} ${pid}: ${thread}`;
  }

  #add({ name, args }: JsonObject, { pid, tid }: ThreadId): void {
    const given = isObject(args) ? args['name'] : undefined;
    if (typeof given !== 'string' || given === '') return;
    if (name === 'process_name') this.#processes.set(pid, given);
    if (name === 'thread_name') this.#threads.set(`${pid}\0${tid}`, given);
  }
}
