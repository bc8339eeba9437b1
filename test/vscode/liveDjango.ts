import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { accepts } from '../../src/server/address';
import { freePort, makeDjangoProject, type DjangoProject } from '../unit/server/djangoProject';
import { poll } from './harness/poll';

/** A view that computes for a while, and one that never answers. */
const URLS = `import threading
from django.http import HttpResponse
from django.urls import path

def busy(request):
    total = 0
    for number in range(300_000):
        total += number * number
    return HttpResponse(str(total))

def hang(request):
    threading.Event().wait()

urlpatterns = [path("busy/", busy), path("hang/", hang)]
`;

/** The line on which `hang` waits. */
export const HANG_LINE = 12;

const host = '127.0.0.1';

/** A Django server that knows nothing of any profiler. */
export class LiveDjango {
  readonly project: DjangoProject;
  readonly port: number;
  readonly #process: ReturnType<typeof spawn>;
  #underLoad = false;

  private constructor(project: DjangoProject, port: number) {
    this.project = project;
    this.port = port;
    const python = join(project.folder, '.venv', 'bin', 'python');
    const command = ['manage.py', 'runserver', '--noreload', `${host}:${port}`];
    this.#process = spawn(python, command, { cwd: project.folder, stdio: 'ignore' });
  }

  static async start(): Promise<LiveDjango> {
    const project = await makeDjangoProject();
    await project.write('shop/urls.py', URLS);
    const port = await freePort();
    const server = new LiveDjango(project, port);
    await poll('Django to listen', async () =>
      (await accepts({ host, port })) ? true : undefined,
    );
    return server;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** How it stands in a list of processes. */
  get command(): string {
    return `manage.py runserver --noreload ${host}:${this.port}`;
  }

  /** Sends one request after the other while something goes on. */
  async underLoad<T>(meanwhile: () => Promise<T>): Promise<T> {
    this.#underLoad = true;
    const load = (async () => {
      while (this.#underLoad) await (await fetch(this.#url('busy/'))).text();
    })();
    try {
      return await meanwhile();
    } finally {
      this.#underLoad = false;
      await load;
    }
  }

  /** Sends a request that is never answered. */
  hang(): void {
    fetch(this.#url('hang/')).catch(() => undefined);
  }

  /** Ends the server. */
  stop(): void {
    this.#process.kill('SIGKILL');
  }

  async dispose(): Promise<void> {
    this.stop();
    await this.project.remove();
  }

  #url(path: string): string {
    return `http://${host}:${this.port}/${path}`;
  }
}
