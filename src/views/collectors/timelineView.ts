import { Uri, ViewColumn, window, type Disposable, type WebviewPanel } from 'vscode';
import { DisposableStore } from '../../platform/disposables';
import type { TimelineChoice } from '../../protocol/timeline';
import { DEFAULT_CHOICE } from './timelineDocument';
import { parseTimelineState } from './timelineMessages';
import { TimelinePanel, type TimelineServices } from './timelinePanel';

const VIEW_TYPE = 'hotline.timeline';

/** The one tab in which collected samples are shown over time. */
export class TimelineView implements Disposable {
  readonly #services: TimelineServices;
  readonly #owned = new DisposableStore();
  #panel: TimelinePanel | undefined;

  constructor(services: TimelineServices) {
    this.#services = services;
    this.#owned.add(
      window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: (webviewPanel, state: unknown) => {
          this.#adopt(webviewPanel, parseTimelineState(state) ?? DEFAULT_CHOICE);
          return Promise.resolve();
        },
      }),
    );
  }

  /** Brings the tab to the front, and makes it where there is none. */
  show(): void {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    const title = 'Collected samples';
    const options = { retainContextWhenHidden: true };
    const panel = window.createWebviewPanel(VIEW_TYPE, title, ViewColumn.Active, options);
    this.#adopt(panel, DEFAULT_CHOICE);
  }

  /** Shows what has been collected meanwhile. */
  refresh(): void {
    this.#panel?.refresh();
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#owned.dispose();
  }

  #adopt(webviewPanel: WebviewPanel, shown: TimelineChoice): void {
    const { extensionUri } = this.#services;
    webviewPanel.iconPath = Uri.joinPath(extensionUri, 'media', 'timeline.svg');
    const panel = new TimelinePanel(webviewPanel, shown, this.#services);
    this.#panel = panel;
    webviewPanel.onDidDispose(() => {
      panel.dispose();
      if (this.#panel === panel) this.#panel = undefined;
    });
  }
}
