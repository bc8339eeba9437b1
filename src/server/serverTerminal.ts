import { EventEmitter, type Pseudoterminal } from 'vscode';
import { shownCommand } from './commandLine';
import type { ServerFailure } from './failures';
import { LineInput } from './lineInput';
import type { ServerPlan } from './serverPlan';
import { ServerProcess } from './serverProcess';

/** Who is told how a server fares. */
export interface TerminalObserver {
  /** It was started, which does not mean that it will run. */
  onStart(plan: ServerPlan): void;
  onOutput(text: string): void;
  /** It accepts connections, at the address that the plan has now. */
  onAnswer(plan: ServerPlan): void;
  /** It waits for its source to change. */
  onStandstill(failure: ServerFailure): void;
  /** The last event; `reason` is whatever it failed with, `undefined` when it was stopped. */
  onEnd(reason: unknown): void;
}

const dim = (text: string): string => `\u001b[2m${text}\u001b[22m`;
const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;

/** The terminal in which a server runs: shows its output, gives it what is typed. */
export class ServerTerminal implements Pseudoterminal {
  readonly #write = new EventEmitter<string>();
  readonly #close = new EventEmitter<number>();
  readonly #input = new LineInput();
  readonly #plan: () => Promise<ServerPlan>;
  readonly #observer: TerminalObserver;
  #process: ServerProcess | undefined;
  #closed = false;

  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#close.event;

  /** @param plan Is asked once, when the terminal opens. */
  constructor(plan: () => Promise<ServerPlan>, observer: TerminalObserver) {
    this.#plan = plan;
    this.#observer = observer;
  }

  open(): void {
    void this.#start();
  }

  /** The user closed the terminal or ended the task. */
  close(): void {
    void this.stop();
  }

  handleInput(data: string): void {
    const { echo, lines, interrupted } = this.#input.type(data);
    this.#show(echo);
    if (lines) this.#process?.write(lines);
    if (interrupted) void this.stop();
  }

  /** Resolves when no process of the server is left. */
  async stop(): Promise<void> {
    this.#closed = true;
    await this.#process?.stop();
  }

  /** Ends the server without waiting, as the editor closes. */
  terminate(): void {
    this.#closed = true;
    this.#process?.terminate();
  }

  async #start(): Promise<void> {
    try {
      const plan = await this.#plan();
      if (this.#closed) this.#end(undefined);
      else this.#run(plan);
    } catch (error) {
      this.#end(error);
    }
  }

  #run(plan: ServerPlan): void {
    this.#show(`${dim(`> ${shownCommand(plan.argv)}`)}\n`);
    for (const note of plan.notes) this.#show(`${dim(`Hotline: ${note}`)}\n`);
    this.#observer.onStart(plan);
    this.#process = new ServerProcess(plan, {
      onOutput: (text) => {
        this.#show(text);
        this.#observer.onOutput(text);
      },
      onAnswer: (address) => {
        this.#observer.onAnswer({ ...plan, ...address });
      },
      onStandstill: (failure) => {
        this.#observer.onStandstill(failure);
      },
      onEnd: (failure) => {
        this.#end(failure);
      },
    });
  }

  #end(reason: unknown): void {
    this.#process = undefined;
    if (reason === undefined) this.#show(`${dim('Hotline: The server has stopped.')}\n`);
    else if (reason instanceof Error) this.#show(`\n${red(reason.message)}\n`);
    this.#close.fire(reason === undefined ? 0 : 1);
    this.#observer.onEnd(reason);
  }

  #show(text: string): void {
    if (text) this.#write.fire(text.replace(/\r?\n/g, '\r\n'));
  }
}
