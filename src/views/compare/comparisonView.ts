import { EventEmitter, Uri, ViewColumn, window, type Disposable, type WebviewPanel } from 'vscode';
import type { Comparison } from '../../core/derive/comparison/comparison';
import { isSameComparison, type ComparedSource } from '../../core/profileSource';
import { DisposableStore } from '../../platform/disposables';
import { withErrorHandling } from '../../platform/errors';
import type { ShownFrame } from '../../protocol/comparison';
import { ComparisonPanel, type ComparisonPanelServices } from './comparisonPanel';
import type { ComparisonImporter } from './comparisonSession';
import { parseComparisonState } from './messages';

const VIEW_TYPE = 'hotline.comparison';

/** What comparisons are given by the rest of the extension. */
export interface ComparisonViewOptions {
  readonly extensionUri: Uri;
  readonly importer: ComparisonImporter;
  /** Opens the frame's file at its line; an error's sentence is shown. */
  openSource(frame: ShownFrame): Promise<void>;
}

/** The tabs with comparisons. */
export class ComparisonView implements Disposable {
  readonly #options: ComparisonViewOptions;
  readonly #services: ComparisonPanelServices;
  readonly #owned = new DisposableStore();
  readonly #didShow = this.#owned.add(new EventEmitter<ComparedSource>());
  readonly #didClose = this.#owned.add(new EventEmitter<ComparedSource>());
  readonly #panels = new Set<ComparisonPanel>();

  /** A comparison that was opened, now that it stands. */
  readonly onDidShow = this.#didShow.event;

  /** A comparison whose tab was closed. */
  readonly onDidClose = this.#didClose.event;

  constructor(options: ComparisonViewOptions) {
    this.#options = options;
    const { extensionUri, importer } = options;
    this.#services = {
      extensionUri,
      importer,
      openSource: (frame) => options.openSource(frame),
      shown: ({ source }) => {
        this.#didShow.fire(source);
      },
      closed: (panel) => {
        this.#panels.delete(panel);
        this.#didClose.fire(panel.source);
      },
    };
    this.#owned.add(
      window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: (webviewPanel, state: unknown) => {
          this.#restore(webviewPanel, state);
          return Promise.resolve();
        },
      }),
    );
  }

  /** What the tabs compare. */
  get openSources(): ComparedSource[] {
    return [...this.#panels].map(({ source }) => source);
  }

  /** What was compared, where its tab shows it. */
  comparisonOf(source: ComparedSource): Comparison | undefined {
    return this.#find(source)?.comparison;
  }

  /** Opens a comparison in a tab of its own, or where it is open already. */
  async open(source: ComparedSource): Promise<void> {
    const open = this.#find(source);
    if (!open) {
      const webviewPanel = window.createWebviewPanel(VIEW_TYPE, source.title, ViewColumn.Active, {
        retainContextWhenHidden: true,
      });
      await this.#adopt(webviewPanel, source);
      return;
    }
    open.reveal();
    if (open.comparison) this.#didShow.fire(source);
  }

  /** Selects a function of the side after in a comparison, which is opened when it is not. */
  async showFunction(frame: ShownFrame, source: ComparedSource): Promise<void> {
    if (!this.#find(source)) await this.open(source);
    const panel = this.#find(source);
    panel?.reveal();
    panel?.selectFunction(frame);
  }

  dispose(): void {
    for (const panel of this.#panels) panel.dispose();
    this.#owned.dispose();
  }

  /** Fills a tab that VS Code brought back after a reload of the window. */
  #restore(webviewPanel: WebviewPanel, state: unknown): void {
    const source = parseComparisonState(state);
    if (source) void withErrorHandling('Open comparison', () => this.#adopt(webviewPanel, source));
    else webviewPanel.dispose();
  }

  async #adopt(webviewPanel: WebviewPanel, source: ComparedSource): Promise<void> {
    webviewPanel.iconPath = Uri.joinPath(this.#options.extensionUri, 'media', 'flamegraph.svg');
    const panel = new ComparisonPanel(webviewPanel, source, this.#services);
    this.#panels.add(panel);
    await panel.show();
  }

  #find(source: ComparedSource): ComparisonPanel | undefined {
    return [...this.#panels].find((panel) => isSameComparison(panel.source, source));
  }
}
