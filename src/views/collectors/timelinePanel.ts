import { randomBytes } from 'node:crypto';
import { Uri, type Disposable, type WebviewPanel } from 'vscode';
import type { Period } from '../../core/model/profile';
import { DisposableStore } from '../../platform/disposables';
import { withErrorHandling } from '../../platform/errors';
import { log } from '../../platform/log';
import { Coalescer } from '../../profiles/coalescer';
import type { FromTimeline, TimelineChoice, ToTimeline } from '../../protocol/timeline';
import { processesWithin, type CollectedHistory } from './collectedHistory';
import {
  lanesOf,
  longestPeriod,
  shownPeriod,
  stepOf,
  timelineDocument,
  type RestrictedLane,
  type Restriction,
} from './timelineDocument';
import { timelineHtml } from './timelineHtml';
import { parseFromTimeline } from './timelineMessages';

/** New samples are shown so long after they came at the earliest; milliseconds. */
const REFRESH_MS = 500;

/** What a timeline is given by the rest of the extension. */
export interface TimelineServices {
  readonly extensionUri: Uri;
  readonly history: CollectedHistory;
  /** Opens what was collected as one profile. */
  show(period: Period, restriction: Restriction): Promise<void>;
  /** Sets two parts of the time side by side, the earlier one first. */
  compare(before: Period, after: Period, restriction: Restriction): Promise<void>;
}

/** The tab with the timeline of collected samples, until it is closed. */
export class TimelinePanel implements Disposable {
  readonly #webviewPanel: WebviewPanel;
  readonly #services: TimelineServices;
  readonly #owned = new DisposableStore();
  readonly #refreshing = this.#owned.add(new Coalescer(REFRESH_MS, () => this.#refresh()));
  #lanes: readonly RestrictedLane[] = [];
  #shown: TimelineChoice;
  #isReady = false;

  constructor(webviewPanel: WebviewPanel, shown: TimelineChoice, services: TimelineServices) {
    this.#webviewPanel = webviewPanel;
    this.#shown = shown;
    this.#services = services;
    const { webview } = webviewPanel;
    const dist = Uri.joinPath(services.extensionUri, 'dist', 'webview');
    const address = (name: string): string =>
      webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.#owned.add(
      webview.onDidReceiveMessage((value: unknown) => {
        const message = parseFromTimeline(value);
        if (message) void withErrorHandling('Timeline', () => this.#receive(message));
      }),
    );
    this.#owned.add(
      webviewPanel.onDidChangeViewState(() => {
        this.refresh();
      }),
    );
    const resources = {
      cspSource: webview.cspSource,
      script: address('timeline.js'),
      style: address('timeline.css'),
    };
    webview.html = timelineHtml(resources, randomBytes(16).toString('base64'));
  }

  /** Shows what has been collected meanwhile, soon, if it is in sight. */
  refresh(): void {
    if (this.#isReady && this.#webviewPanel.visible) this.#refreshing.request();
  }

  reveal(): void {
    this.#webviewPanel.reveal();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #receive(message: FromTimeline): Promise<void> {
    switch (message.t) {
      case 'ready':
        this.#isReady = true;
        return this.#refreshing.now();
      case 'choose':
        this.#shown = message.shown;
        return this.#refreshing.now();
      case 'show':
        return this.#services.show(message.period, this.#restriction);
      case 'compare': {
        const [before, after] = message.periods.toSorted((one, other) => one.fromMs - other.fromMs);
        if (before && after) await this.#services.compare(before, after, this.#restriction);
        return;
      }
      case 'error':
        log().error(`The timeline failed: ${message.message}`);
        return;
    }
  }

  get #restriction(): Restriction {
    return this.#lanes.find(({ id }) => id === this.#shown.lane)?.restriction ?? {};
  }

  async #refresh(): Promise<void> {
    try {
      const nowMs = Date.now();
      const { history } = this.#services;
      this.#lanes = lanesOf(processesWithin(await history.processes(), longestPeriod(nowMs)));
      // What is gone from the database cannot be shown alone any more.
      if (!this.#lanes.some(({ id }) => id === this.#shown.lane))
        this.#shown = { ...this.#shown, lane: '' };
      const query = { period: shownPeriod(this.#shown, nowMs), ...this.#restriction };
      const counts = await history.counts(query, stepOf(this.#shown));
      this.#post({
        t: 'timeline',
        timeline: timelineDocument(counts, this.#lanes, this.#shown, nowMs),
      });
    } catch (error) {
      log().error('The timeline cannot be shown.', error);
      this.#post({ t: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  #post(message: ToTimeline): void {
    void this.#webviewPanel.webview.postMessage(message);
  }
}
