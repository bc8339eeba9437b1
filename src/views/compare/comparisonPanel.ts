import { randomBytes } from 'node:crypto';
import { Uri, type Disposable, type WebviewPanel } from 'vscode';
import type { Comparison } from '../../core/derive/comparison/comparison';
import type { ComparedSource } from '../../core/profileSource';
import { DisposableStore } from '../../platform/disposables';
import { withErrorHandling } from '../../platform/errors';
import { log } from '../../platform/log';
import { setting } from '../../platform/settings';
import type { ShownFrame } from '../../protocol/comparison';
import { comparisonHtml } from './comparisonHtml';
import { ComparisonSession, type ComparisonImporter } from './comparisonSession';

/** What a panel needs of the extension. */
export interface ComparisonPanelServices {
  readonly extensionUri: Uri;
  readonly importer: ComparisonImporter;
  readonly openSource: (frame: ShownFrame) => Promise<void>;
  /** The panel's comparison stands in it. */
  readonly shown: (panel: ComparisonPanel) => void;
  readonly closed: (panel: ComparisonPanel) => void;
}

/**
 * One tab with a comparison, until it is closed. Disposing leaves the tab to VS Code, which brings it
 * back when the window was only loaded anew.
 */
export class ComparisonPanel implements Disposable {
  readonly source: ComparedSource;
  readonly #webviewPanel: WebviewPanel;
  readonly #owned = new DisposableStore();
  readonly #session: ComparisonSession;

  constructor(
    webviewPanel: WebviewPanel,
    source: ComparedSource,
    services: ComparisonPanelServices,
  ) {
    this.source = source;
    this.#webviewPanel = webviewPanel;
    this.#session = this.#owned.add(this.#createSession(services));
    const { webview } = webviewPanel;
    const dist = Uri.joinPath(services.extensionUri, 'dist', 'webview');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.#owned.add(
      webview.onDidReceiveMessage((message: unknown) => {
        this.#session.receive(message);
      }),
    );
    webviewPanel.onDidDispose(() => {
      this.dispose();
      services.closed(this);
    });
    const address = (name: string): string =>
      webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
    webview.html = comparisonHtml(
      {
        cspSource: webview.cspSource,
        script: address('compare.js'),
        style: address('compare.css'),
      },
      randomBytes(16).toString('base64'),
    );
  }

  /** What was compared, as soon as it stands. */
  get comparison(): Comparison | undefined {
    return this.#session.shown;
  }

  /** Compares, and shows it. */
  async show(): Promise<void> {
    await this.#session.show();
  }

  /** Brings the tab to the front, where it is. */
  reveal(): void {
    this.#webviewPanel.reveal();
  }

  selectFunction(frame: ShownFrame): void {
    this.#session.selectFunction(frame);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #createSession({ importer, openSource, shown }: ComparisonPanelServices): ComparisonSession {
    return new ComparisonSession(this.source, {
      importer,
      limits: () => ({
        minimumShare: setting('callTree.minimumShare'),
        maximumNodes: setting('callTree.maximumNodes'),
      }),
      post: (message) => void this.#webviewPanel.webview.postMessage(message),
      shown: () => {
        shown(this);
      },
      openSource: (frame) => void withErrorHandling('Open source', () => openSource(frame)),
      logError: (message, cause) => {
        log().error(message, ...(cause === undefined ? [] : [cause]));
      },
    });
  }
}
