import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../tools/paths.mjs';
import { accepts } from '../../src/server/address';
import { freePort } from '../unit/server/djangoProject';
import { poll } from './harness/poll';

/** A view that waits and computes. */
const APPLICATION = `import time
from flask import Flask

app = Flask(__name__)

@app.get("/report")
def report():
    time.sleep(0.02)
    return str(sum(number * number for number in range(100_000)))
`;

const host = '127.0.0.1';

/** What a server is started with. */
export interface ServerStart {
  /** Where its application is written to. */
  readonly folder: string;
  /** The environment that has Flask, gunicorn and gevent. */
  readonly environment: string;
  /** The program of that environment and its arguments, given host and port. */
  readonly command: (address: string) => readonly [program: string, ...rest: string[]];
}

/** A server whose process our own sampler looks at, and that never rests. */
export class SampledServer {
  readonly samplerPort: number;
  readonly #url: string;
  readonly #process: ChildProcess;
  #isRunning = true;

  private constructor(process: ChildProcess, port: number, samplerPort: number) {
    this.#process = process;
    this.#url = `http://${host}:${port}/report`;
    this.samplerPort = samplerPort;
  }

  static async start({ folder, environment, command }: ServerStart): Promise<SampledServer> {
    await writeFile(join(folder, 'app.py'), APPLICATION);
    const [port, samplerPort] = [await freePort(), await freePort()];
    const [program, ...rest] = command(`${host}:${port}`);
    const process = spawn(join(environment, 'bin', program), rest, {
      cwd: folder,
      stdio: 'ignore',
      env: {
        ...globalThis.process.env,
        PYTHONPATH: join(root, 'python/bootstrap'),
        HOTLINE_SAMPLER: `${host}:${samplerPort}`,
      },
    });
    const server = new SampledServer(process, port, samplerPort);
    await poll('the server to listen', async () =>
      (await accepts({ host, port })) ? true : undefined,
    );
    void server.#request();
    return server;
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#process.kill();
    if (this.#process.exitCode === null) await once(this.#process, 'exit');
  }

  /** One request after the other. */
  async #request(): Promise<void> {
    while (this.#isRunning) {
      const answer = await fetch(this.#url).catch(() => undefined);
      await answer?.text().catch(() => undefined);
    }
  }
}
