import { randomBytes } from 'node:crypto';
import { env, Uri, type Disposable, type Webview, type WebviewPanel } from 'vscode';
import type { PanelKind, PanelState, ShownChoice, ShownFrame } from '../../protocol/flamegraph';
import type { OfferedChoices } from '../../core/model/profile';
import { isSameSource, type ProfileSource } from '../../core/profileSource';
import { DisposableStore } from '../../platform/disposables';
import { withErrorHandling } from '../../platform/errors';
import { log } from '../../platform/log';
import { setting } from '../../platform/settings';
import { TableSession, type TableImporter } from '../table/tableSession';
import { choosePeriod, chooseShown } from './chooseShown';
import { flamegraphHtml } from './flamegraphHtml';
import { FlamegraphSession, type FlamegraphImporter } from './flamegraphSession';
import { watchFile } from './watchFile';

/** What a panel needs of the extension. */
export interface PanelServices {
  readonly extensionUri: Uri;
  readonly importer: FlamegraphImporter & TableImporter;
  readonly openSource: (frame: ShownFrame) => Promise<void>;
  /** Whether a profiled path means a file of the workspace. */
  readonly isOwnFile: (path: string) => Promise<boolean>;
  /** Asks with what a profile is to be compared. */
  readonly compare: (source: ProfileSource) => Promise<void>;
  /** What the panel shows stands in it. */
  readonly shown: (panel: PanelState) => void;
  /** The panel was kept, closed, or came to the front. */
  readonly changed: (panel: FlamegraphPanel) => void;
}

/**
 * One tab with a flamegraph, until it is closed. Disposing leaves the tab to VS Code, which brings
 * it back when the window was only loaded anew.
 */
export class FlamegraphPanel implements Disposable {
  readonly #webviewPanel: WebviewPanel;
  readonly #services: PanelServices;
  readonly #session: FlamegraphSession;
  readonly #table: TableSession;
  readonly #owned = new DisposableStore();
  #watched: DisposableStore | undefined;
  #closed = false;

  constructor(webviewPanel: WebviewPanel, state: PanelState, services: PanelServices) {
    this.#webviewPanel = webviewPanel;
    this.#services = services;
    this.#session = this.#createSession(state);
    this.#owned.add(this.#session);
    this.#table = this.#createTable();
    const { webview } = webviewPanel;
    webview.options = { enableScripts: true, localResourceRoots: [this.#dist()] };
    this.#owned.add(
      webview.onDidReceiveMessage((message: unknown) => {
        if (!this.#table.receive(message)) this.#session.receive(message);
      }),
    );
    this.#owned.add(
      webviewPanel.onDidChangeViewState(() => {
        services.changed(this);
      }),
    );
    webviewPanel.onDidDispose(() => {
      this.#closed = true;
      this.dispose();
      services.changed(this);
    });
    webview.html = flamegraphHtml(this.#resources(webview), nonce());
  }

  get path(): ProfileSource {
    return this.#session.panel.path;
  }

  get kind(): PanelKind {
    return this.#session.panel.kind;
  }

  get active(): boolean {
    return !this.#closed && this.#webviewPanel.active;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get progress(): FlamegraphSession['progress'] {
    return this.#session.progress;
  }

  /** The frame that is selected in speedscope. */
  get selectedFrame(): ShownFrame | undefined {
    return this.#session.selectedFrame;
  }

  /** Shows a profile; the graph before it stays until the new one stands. */
  async show(path: ProfileSource, title: string): Promise<void> {
    // VS Code names the tab of a file that it opened itself.
    if (this.kind !== 'editor') this.#webviewPanel.title = title;
    this.#watched?.dispose();
    this.#watched =
      typeof path === 'string' ? watchFile(path, () => this.#session.show()) : undefined;
    await this.#session.show({ path, title, kind: this.kind, choice: this.#choiceFor(path) });
  }

  /** What of the panel's file can be chosen to be shown; `undefined` until it was read. */
  get offered(): OfferedChoices | undefined {
    return this.#session.offered;
  }

  /** What was chosen to be shown of the panel's file. */
  get choice(): ShownChoice | undefined {
    return this.#session.panel.choice;
  }

  /** Asks what of the file is to be shown, by default anything, and shows it. */
  async chooseShown(ask: typeof chooseShown = chooseShown): Promise<void> {
    const choice = this.offered && (await ask(this.offered));
    if (choice) await this.#session.choose(choice);
  }

  /** Brings the tab to the front, where it is. */
  reveal(preserveFocus: boolean): void {
    this.#webviewPanel.reveal(undefined, preserveFocus);
  }

  /** Selects a function in the sandwich view. */
  selectFunction(frame: ShownFrame): void {
    this.#session.selectFunction(frame);
  }

  /** Shows the table of functions in place of the graph. */
  showTable(): void {
    this.#table.show();
  }

  /** Makes a preview one that no other profile takes over. */
  keep(): void {
    if (this.kind !== 'preview') return;
    this.#session.setPanel({ ...this.#session.panel, kind: 'kept' });
    this.#services.changed(this);
  }

  dispose(): void {
    this.#watched?.dispose();
    this.#owned.dispose();
  }

  /** Another file may measure the same things, but not at the same time. */
  #choiceFor(path: ProfileSource): ShownChoice | undefined {
    return isSameSource(path, this.path) ? this.choice : { metric: this.choice?.metric };
  }

  #createSession(state: PanelState): FlamegraphSession {
    const { importer, openSource, compare, shown } = this.#services;
    return new FlamegraphSession(state, {
      importer,
      limits: () => ({
        minimumShare: setting('callTree.minimumShare'),
        maximumNodes: setting('callTree.maximumNodes'),
      }),
      post: (message) => void this.#webviewPanel.webview.postMessage(message),
      shown,
      openSource: (frame) => void withErrorHandling('Open source', () => openSource(frame)),
      keepOpen: () => {
        this.keep();
      },
      choosePeriod: () =>
        void withErrorHandling('Choose what is shown', () => this.chooseShown(choosePeriod)),
      compare: () => void withErrorHandling('Compare', () => compare(this.path)),
      logError: (message, cause) => {
        log().error(message, ...(cause === undefined ? [] : [cause]));
      },
    });
  }

  #createTable(): TableSession {
    const { importer, isOwnFile } = this.#services;
    return new TableSession({
      importer,
      panel: () => this.#session.panel,
      post: (message) => void this.#webviewPanel.webview.postMessage(message),
      isOwnFile,
      copyText: (text) => Promise.resolve(env.clipboard.writeText(text)),
      logError: (message, cause) => {
        log().error(message, cause);
      },
    });
  }

  #dist(): Uri {
    return Uri.joinPath(this.#services.extensionUri, 'dist');
  }

  #resources(webview: Webview): Parameters<typeof flamegraphHtml>[0] {
    const address = (...path: string[]): string =>
      webview.asWebviewUri(Uri.joinPath(this.#dist(), ...path)).toString();
    return {
      cspSource: webview.cspSource,
      script: address('webview', 'flamegraph.js'),
      style: address('webview', 'flamegraph.css'),
      speedscopeScript: address('speedscope', 'speedscope.js'),
      speedscopeStyle: address('speedscope', 'speedscope.css'),
    };
  }
}

function nonce(): string {
  return randomBytes(16).toString('base64');
}
