import type { ComparedSource, FromComparison, ToComparison } from '../../src/protocol/comparison';
import { parseCompareState, type CompareState } from './compareState';

/** What VS Code gives a webview, https://code.visualstudio.com/api/extension-guides/webview. */
interface VsCodeApi {
  postMessage(message: FromComparison): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension, as the webview reaches it. */
export class Host {
  readonly #api = acquireVsCodeApi();
  #source: ComparedSource | undefined;
  #state = parseCompareState((this.#api.getState() as { view?: unknown } | undefined)?.view);

  send(message: FromComparison): void {
    this.#api.postMessage(message);
  }

  /** What was chosen, before a reload of the window too. */
  get state(): CompareState {
    return this.#state;
  }

  /** Keeps what is compared over a reload of the window. */
  keepSource(source: ComparedSource): void {
    this.#source = source;
    this.#keep();
  }

  /** Keeps what was chosen. */
  keepState(state: CompareState): void {
    this.#state = state;
    this.#keep();
  }

  /** Calls `listener` with every message of the extension. */
  listen(listener: (message: ToComparison) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<ToComparison>) => {
      listener(data);
    });
  }

  #keep(): void {
    this.#api.setState({ source: this.#source, view: this.#state });
  }
}
