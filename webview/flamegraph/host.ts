import type { FromFlamegraph, PanelState, ToFlamegraph } from '../../src/protocol/flamegraph';
import type { FromTable, ToTable } from '../../src/protocol/table';
import { reportErrors } from '../errors';
import { parseTableState, type TableState } from '../table/tableState';

/** What VS Code gives a webview, https://code.visualstudio.com/api/extension-guides/webview. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension, as the webview reaches it. */
export class Host {
  readonly #api = acquireVsCodeApi();
  #panel: PanelState | undefined;
  #table = parseTableState((this.#api.getState() as { table?: unknown } | undefined)?.table);

  send(message: FromFlamegraph | FromTable): void {
    this.#api.postMessage(message);
  }

  /** Keeps what the panel shows over a reload of the window. */
  keep(panel: PanelState): void {
    this.#panel = panel;
    this.#keepState();
  }

  /** What was chosen in the table, before a reload of the window too. */
  get table(): TableState {
    return this.#table;
  }

  /** Keeps what was chosen in the table. */
  keepTable(table: TableState): void {
    this.#table = table;
    this.#keepState();
  }

  /** Calls `listener` with every message of the extension. */
  listen(listener: (message: ToFlamegraph | ToTable) => void): void {
    window.addEventListener('message', (event: MessageEvent<ToFlamegraph | ToTable>) => {
      listener(event.data);
    });
  }

  /** Sends errors that nobody handles to the extension's log. */
  reportErrors(): void {
    reportErrors((message) => {
      this.send({ t: 'error', message });
    });
  }

  #keepState(): void {
    this.#api.setState({ ...this.#panel, table: this.#table });
  }
}
