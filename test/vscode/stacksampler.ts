import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the process does: stacks as nylas' stacksampler writes them, with samples a second of each. */
export type Workload = Readonly<Record<string, number>>;

/** A process that serves its stacks as nylas' stacksampler does: two lines of facts, then the counts. */
export class Stacksampler {
  readonly #server: Server;
  readonly #workload: Workload;
  #sinceMs = Date.now();
  #requests = 0;

  private constructor(workload: Workload) {
    this.#workload = workload;
    this.#server = createServer((request, response) => {
      this.#requests += 1;
      const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const isReset = ['1', 'true'].includes(searchParams.get('reset') ?? '');
      response.setHeader('Content-Type', 'text/plain; charset=utf-8');
      response.end(this.#answer());
      if (isReset) this.#sinceMs = Date.now();
    });
  }

  /** Starts on a free port of this machine. */
  static async start(workload: Workload): Promise<Stacksampler> {
    const sampler = new Stacksampler(workload);
    await new Promise<void>((resolve) => {
      sampler.#server.listen(0, '127.0.0.1', resolve);
    });
    return sampler;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How often it was asked. */
  get requests(): number {
    return this.#requests;
  }

  /** Ends it as a process ends: connections too. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(): string {
    const elapsed = (Date.now() - this.#sinceMs) / 1000;
    const stacks = Object.entries(this.#workload)
      .map(([stack, rate]) => [stack, Math.ceil(rate * elapsed)] as const)
      .sort(([, one], [, other]) => other - one)
      .map(([stack, count]) => `${stack} ${count}\n`);
    return [`elapsed ${elapsed}\n`, 'granularity 0.005\n', ...stacks].join('');
  }
}
