import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { accepts, type Address } from './address';
import { announcedAddress } from './announcedAddress';
import { ServerFailure } from './failures';
import { signalTree, treeLives, treeOptions } from './processTree';
import { explainExit, explainStandstill, withoutColors, type ServerFacts } from './serverOutput';

/** All that is needed to run a server. */
export interface Launch extends ServerFacts {
  readonly argv: readonly string[];
  /** The interpreter, for the sentences of failures; the program itself where there is none. */
  readonly python: readonly string[];
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** What a server tells while it runs, in this order; `onEnd` comes once and last. */
export interface ServerListener {
  onOutput(text: string): void;
  /** It accepts connections, for the first time or again, at the address that it told or was told. */
  onAnswer(address: Address): void;
  /** It does not run, but its autoreloader waits for the source to change. */
  onStandstill(failure: ServerFailure): void;
  /** It ended; `failure` is `undefined` when it was asked to. */
  onEnd(failure: ServerFailure | undefined): void;
}

/** How much of the end of the output explains a failure. */
const tailLength = 64 * 1024;

/** A traceback comes in pieces; it is whole when nothing has come for this long. */
const quietMs = 300;

const pollMs = 200;
const slowPollMs = 2000;
/** After this many polls without an answer they become slow. */
const quickPolls = 150;

/** A process outside of the tree may hold the pipes open for ever. */
const lastOutputMs = 1000;

/** How long a server may take to end by itself after each signal. */
const graceMs = 2000;

/** A running server with all its descendants. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #launch: Launch;
  readonly #listener: ServerListener;
  readonly #ended: Promise<void>;
  readonly #killAtExit = (): void => {
    signalTree(this.#child, 'SIGKILL');
  };
  /** Where it is looked for; a command of the user may listen elsewhere, and say so. */
  #address: Address;
  #answered = false;
  #tail = '';
  #quiet: NodeJS.Timeout | undefined;
  #stopping = false;
  #over = false;
  #polling = false;
  #standing = false;

  /** Starts it; that it cannot be started is told by `onEnd`. */
  constructor(launch: Launch, listener: ServerListener) {
    this.#launch = launch;
    this.#address = { host: launch.host, port: launch.port };
    this.#listener = listener;
    const [program = '', ...rest] = launch.argv;
    this.#child = spawn(program, rest, {
      ...treeOptions,
      cwd: launch.cwd,
      env: launch.environment,
      stdio: 'pipe',
    });
    process.once('exit', this.#killAtExit);
    this.#listenToOutput();
    this.#ended = this.#waitForEnd();
    void this.#pollUntilAnswer();
  }

  /** Gives the server a line on its standard input, as its debugger expects it. */
  write(input: string): void {
    if (this.#child.stdin?.writable) this.#child.stdin.write(input);
  }

  /** Asks the whole tree to end and makes sure that it does; resolves when nothing of it is left. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
      signalTree(this.#child, signal);
      await this.#treeEnded();
      if (!treeLives(this.#child)) break;
    }
    await this.#ended;
  }

  /** Asks the whole tree to end without waiting for it; what is left is killed as this process exits. */
  terminate(): void {
    this.#stopping = true;
    signalTree(this.#child, 'SIGTERM');
  }

  async #treeEnded(): Promise<void> {
    const deadline = Date.now() + graceMs;
    await Promise.race([this.#ended, sleep(graceMs, undefined, { ref: false })]);
    while (treeLives(this.#child) && Date.now() < deadline) await sleep(50);
  }

  #listenToOutput(): void {
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => {
        this.#take(text);
      });
    }
    // A server that ends while it is being written to is told by its end.
    this.#child.stdin?.on('error', () => undefined);
  }

  #take(text: string): void {
    this.#tail = (this.#tail + text).slice(-tailLength);
    if (!this.#answered) {
      this.#address = announcedAddress(withoutColors(this.#tail)) ?? this.#address;
    }
    this.#listener.onOutput(text);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      this.#lookForStandstill();
    }, quietMs);
  }

  #lookForStandstill(): void {
    if (this.#over) return;
    const standstill = explainStandstill(this.#tail, this.#launch);
    if (standstill) {
      this.#tail = '';
      this.#standing = true;
      this.#listener.onStandstill(standstill);
    } else if (this.#standing) {
      // uvicorn's reloader keeps the port open for a server that has crashed: only a new word of it
      // is a sign that it goes on.
      this.#standing = false;
      void this.#pollUntilAnswer();
    }
  }

  async #pollUntilAnswer(): Promise<void> {
    if (this.#polling) return;
    this.#polling = true;
    for (let polls = 0; !this.#over && !this.#standing; polls++) {
      await sleep(polls < quickPolls ? pollMs : slowPollMs, undefined, { ref: false });
      if (await accepts(this.#address)) break;
    }
    this.#polling = false;
    if (this.#over || this.#stopping || this.#standing) return;
    this.#answered = true;
    this.#listener.onAnswer(this.#address);
  }

  async #waitForEnd(): Promise<void> {
    const failure = await new Promise<ServerFailure>((resolve) => {
      this.#child.once('error', (error) => {
        resolve(this.#cannotStart(error));
      });
      this.#child.once('exit', (code, signal) => {
        void this.#lastOutput().then(() => {
          resolve(explainExit(this.#tail, { code, signal }, this.#launch));
        });
      });
    });
    this.#over = true;
    clearTimeout(this.#quiet);
    process.off('exit', this.#killAtExit);
    this.#listener.onEnd(this.#stopping ? undefined : failure);
  }

  /** Ends what the first process leaves behind, which would keep the port, and takes what is still in the pipes. */
  async #lastOutput(): Promise<void> {
    const closed = once(this.#child, 'close');
    if (!this.#stopping) signalTree(this.#child, 'SIGKILL');
    await Promise.race([closed, sleep(lastOutputMs)]);
  }

  #cannotStart(error: NodeJS.ErrnoException): ServerFailure {
    const [program = ''] = this.#launch.argv;
    const reason = error.code === 'ENOENT' ? 'it was not found' : error.message;
    return new ServerFailure(
      'exited',
      `The program ${program} cannot be started in ${this.#launch.cwd}: ${reason}.`,
      {},
      { cause: error },
    );
  }
}
