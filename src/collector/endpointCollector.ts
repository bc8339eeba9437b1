import type { CollectedEndpoint, EndpointState, EndpointStatus, Protocol } from './api';
import { PullError, type Answer, type AnsweringProcess } from './pull/answer';
import { longestPullMs, pull } from './pull/pull';
import { Repetition } from './repetition';
import type { Recorder } from './recorder';
import { Schedule } from './schedule';
import type { Leases } from './storage/leases';

/** What all endpoints of a collector share. */
export interface EndpointHost {
  readonly recorder: Recorder;
  readonly leases: Leases;
  readonly intervalMs: number;
  readonly log: (line: string) => void;
  /** The status of an endpoint is another one. */
  readonly changed: () => void;
}

/** Collects from one endpoint, at its own times. */
export class EndpointCollector {
  readonly #wanted: CollectedEndpoint;
  readonly #host: EndpointHost;
  readonly #schedule = new Schedule();
  readonly #repetition = new Repetition();
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #pulling: Promise<void> | undefined;
  #protocol: Protocol | undefined;
  #process: AnsweringProcess | undefined;
  #status: EndpointStatus;

  constructor(wanted: CollectedEndpoint, host: EndpointHost) {
    this.#wanted = wanted;
    this.#host = host;
    this.#status = {
      endpoint: wanted.endpoint,
      state: 'waiting',
      sinceMs: Date.now(),
      isPulling: false,
      totalSamples: 0,
    };
    this.#pullIn(this.#schedule.first());
  }

  get status(): EndpointStatus {
    return this.#status;
  }

  /** Whether it collects from this endpoint with this token. */
  isOf({ endpoint, token }: CollectedEndpoint): boolean {
    return endpoint.url === this.#wanted.endpoint.url && token === this.#wanted.token;
  }

  /** Asks the endpoint now, unless that is being done already. */
  pullNow(): Promise<void> {
    if (this.#stop.signal.aborted) return Promise.resolve();
    clearTimeout(this.#timer);
    this.#pulling ??= this.#pull().finally(() => {
      this.#pulling = undefined;
    });
    return this.#pulling;
  }

  /** Leaves the endpoint alone until it is resumed; a pull under way still ends. */
  pause(): void {
    clearTimeout(this.#timer);
    this.#update({ ...this.#inState('paused'), nextMs: undefined });
    this.#release();
  }

  resume(): void {
    if (this.#status.state !== 'paused') return;
    this.#update(this.#inState('waiting'));
    this.#pullIn(0);
  }

  /** Asks the endpoint in an interval's time, where it would be asked later. */
  hasten(): void {
    const { intervalMs } = this.#host;
    const { nextMs = -Infinity, state } = this.#status;
    if (state !== 'unreachable' && nextMs > Date.now() + intervalMs) this.#pullIn(intervalMs);
  }

  /** Ends collecting for good; a pull under way is called off. */
  async dispose(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stop.abort();
    await this.#pulling;
    this.#release();
  }

  /** A lease that cannot be given up ends by itself. */
  #release(): void {
    const { url } = this.#wanted.endpoint;
    try {
      this.#host.leases.release(url);
    } catch (error) {
      this.#host.log(`${url}: ${storageSentence(error)}`);
    }
  }

  #pullIn(delayMs: number): void {
    clearTimeout(this.#timer);
    if (this.#stop.signal.aborted || this.#status.state === 'paused') return;
    this.#timer = setTimeout(() => void this.pullNow(), delayMs);
    this.#update({ nextMs: Date.now() + delayMs });
  }

  async #pull(): Promise<void> {
    const askedMs = Date.now();
    const { intervalMs } = this.#host;
    let delayMs;
    this.#update({ isPulling: true, nextMs: undefined });
    try {
      delayMs = (await this.#collect(askedMs))
        ? this.#schedule.afterSuccess(intervalMs)
        : intervalMs;
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      delayMs = this.#schedule.afterFailure(intervalMs);
      this.#fail(error);
    } finally {
      this.#update({ isPulling: false });
    }
    this.#pullIn(Math.max(0, askedMs + delayMs - Date.now()));
  }

  /** @returns false where somebody else collects from the endpoint */
  async #collect(askedMs: number): Promise<boolean> {
    const { leases, intervalMs, recorder } = this.#host;
    const { endpoint } = this.#wanted;
    const leaseMs = 2 * intervalMs + longestPullMs(this.#wanted, intervalMs);
    if (!leases.take(endpoint.url, askedMs, askedMs + leaseMs)) {
      this.#leaveToOther();
      return false;
    }
    const answer = await pull({
      ...this.#wanted,
      protocol: this.#protocol,
      intervalMs,
      signal: this.#stop.signal,
    });
    const received = { answer, askedMs, receivedMs: Date.now() };
    const samples = recorder.record(endpoint, received, this.#repetition, intervalMs);
    this.#succeed(answer, samples);
    return true;
  }

  #leaveToOther(): void {
    const { state, endpoint } = this.#status;
    if (state === 'paused' || state === 'elsewhere') return;
    this.#update(this.#inState('elsewhere'));
    this.#host.log(`${endpoint.url}: another window or program collects from it`);
  }

  #succeed(answer: Answer, samples: number): void {
    const { endpoint } = this.#wanted;
    const isRestarted = this.#isAnother(answer.process);
    this.#protocol = answer.protocol;
    this.#process = answer.process;
    const isPaused = this.#status.state === 'paused';
    this.#update({
      ...(isPaused ? {} : this.#inState('collecting')),
      protocol: answer.protocol,
      collectedMs: Date.now(),
      lastSamples: samples,
      totalSamples: this.#status.totalSamples + samples,
      process: answer.process?.name,
      pid: answer.process?.pid,
      ...(isRestarted ? { restartedMs: Date.now() } : {}),
    });
    const of = answer.process ? ` of ${answer.process.name} (${answer.process.pid})` : '';
    const restarted = isRestarted ? ', which was started anew' : '';
    this.#host.log(`${endpoint.url}: ${samples} samples${of}${restarted}`);
  }

  /** Whether it is a process that was started since the one that answered before. */
  #isAnother(process: AnsweringProcess | undefined): boolean {
    const before = this.#process;
    if (!before || !process) return false;
    return before.pid !== process.pid || before.started !== process.started;
  }

  #fail(error: unknown): void {
    const message = error instanceof PullError ? error.message : storageSentence(error);
    // A server that was replaced by another one may speak another protocol.
    this.#protocol = undefined;
    if (this.#status.state !== 'paused') this.#update(this.#inState('unreachable'));
    this.#update({ error: message });
    this.#host.log(`${this.#wanted.endpoint.url}: ${message}`);
  }

  /** What a state begins with: it goes on where it was the same before. */
  #inState(state: EndpointState): Partial<EndpointStatus> {
    const sinceMs = this.#status.state === state ? this.#status.sinceMs : Date.now();
    return { state, sinceMs, error: undefined };
  }

  #update(changes: Partial<EndpointStatus>): void {
    this.#status = { ...this.#status, ...changes };
    if (!this.#stop.signal.aborted) this.#host.changed();
  }
}

function storageSentence(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `The database of collected samples cannot be used: ${reason.replace(/\.$/, '')}.`;
}
