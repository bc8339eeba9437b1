import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real HTTP server on a port of its own, which ends with `close`. */
export class TestServer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(
    answer: (request: IncomingMessage, response: ServerResponse) => void,
    port = 0,
  ): Promise<TestServer> {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return new TestServer(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/**
 * A process that serves its stacks as nylas' stacksampler does: any path answers, `reset=1` and
 * `reset=true` forget the counts once the answer is made.
 */
export class StackSampler {
  readonly counts = new Map<string, number>();
  granularity = 0.005;
  /** Seconds that the process has run for more than it has. */
  age = 0;
  /** Whether it forgets when asked to. */
  forgets = true;
  /** All samples that were taken out of it. */
  taken = 0;
  /** How often it was asked, and what the last one who asked sent. */
  requests = 0;
  lastHeaders: IncomingMessage['headers'] = {};
  #startedMs = Date.now();

  sample(stack: string, count = 1): void {
    this.counts.set(stack, (this.counts.get(stack) ?? 0) + count);
  }

  readonly answer = (request: IncomingMessage, response: ServerResponse): void => {
    this.requests += 1;
    this.lastHeaders = request.headers;
    const reset = new URL(request.url ?? '/', 'http://localhost').searchParams.get('reset');
    const elapsed = (Date.now() - this.#startedMs) / 1000 + this.age;
    const stacks = [...this.counts].sort(([, one], [, other]) => other - one);
    const lines = stacks.map(([stack, count]) => `${stack} ${count}`);
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    const text = [`elapsed ${elapsed}`, `granularity ${this.granularity}`, ...lines, ''];
    response.end(text.join('\n'));
    if (!this.forgets || (reset !== '1' && reset !== 'true')) return;
    for (const [, count] of stacks) this.taken += count;
    this.counts.clear();
    this.age = 0;
    this.#startedMs = Date.now();
  };
}
