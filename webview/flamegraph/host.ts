import type { FromFlamegraph, PanelState, ToFlamegraph } from '../../src/protocol/flamegraph';

/** What VS Code gives a webview, https://code.visualstudio.com/api/extension-guides/webview. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension, as the webview reaches it. */
export class Host {
  readonly #api = acquireVsCodeApi();

  send(message: FromFlamegraph): void {
    this.#api.postMessage(message);
  }

  /** Keeps what the panel shows over a reload of the window. */
  keep(panel: PanelState): void {
    this.#api.setState(panel);
  }

  /** Calls `listener` with every message of the extension. */
  listen(listener: (message: ToFlamegraph) => void): void {
    window.addEventListener('message', (event: MessageEvent<ToFlamegraph>) => {
      listener(event.data);
    });
  }

  /** Sends errors that nobody handles to the extension's log. */
  reportErrors(): void {
    window.addEventListener('error', ({ message, filename, lineno }) => {
      this.send({ t: 'error', message: `${message} (${filename}:${lineno})` });
    });
    window.addEventListener('unhandledrejection', ({ reason }) => {
      this.send({ t: 'error', message: describe(reason) });
    });
  }
}

function describe(reason: unknown): string {
  return reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
}
