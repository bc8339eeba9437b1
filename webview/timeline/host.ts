import type { FromTimeline, TimelineState, ToTimeline } from '../../src/protocol/timeline';

/** What VS Code gives a webview, https://code.visualstudio.com/api/extension-guides/webview. */
interface VsCodeApi {
  postMessage(message: FromTimeline): void;
  setState(state: TimelineState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension, as the timeline reaches it. */
export class Host {
  readonly #api = acquireVsCodeApi();

  send(message: FromTimeline): void {
    this.#api.postMessage(message);
  }

  /** Keeps what is shown over a reload of the window. */
  keep(state: TimelineState): void {
    this.#api.setState(state);
  }

  /** Calls `listener` with every message of the extension. */
  listen(listener: (message: ToTimeline) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<ToTimeline>) => {
      listener(data);
    });
  }
}
