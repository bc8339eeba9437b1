import { window, type Disposable, type TreeView } from 'vscode';
import type { Endpoint } from '../../collector/api';
import { parseEndpoints } from '../../collector/endpoints';
import { clickedRow } from '../../platform/clickedRow';
import { registerCommands } from '../../platform/commands';
import { DisposableStore } from '../../platform/disposables';
import { requireTrust } from '../../platform/workspaceTrust';
import { Coalescer } from '../../profiles/coalescer';
import type { Collecting } from './collecting';
import type { CollectedProfiles } from './collectedProfiles';
import type { CollectorSettings } from './collectorSettings';
import { endpointName } from './collectorRows';
import { CollectorsTree, type CollectorNode } from './collectorsTree';
import type { EndpointTokens } from './endpointTokens';
import { importHistory, type ImportFile } from './importHistory';
import type { Restriction } from './timelineDocument';
import type { TimelineView } from './timelineView';

/** Rows are drawn at most so often; milliseconds. */
const REFRESH_MS = 200;

/** So often rows are drawn anew for the times in them; milliseconds. */
const CLOCK_MS = 30_000;

/** What the *Collectors* view is given by the rest of the extension. */
export interface CollectorsViewOptions {
  readonly settings: CollectorSettings;
  readonly collecting: Collecting;
  readonly tokens: EndpointTokens;
  readonly profiles: CollectedProfiles;
  readonly timeline: TimelineView;
  readonly importFile: ImportFile;
}

/** The *Collectors* view: what stacks are collected from, how that goes, and ways to what was collected. */
export class CollectorsView implements Disposable {
  readonly #options: CollectorsViewOptions;
  readonly #owned = new DisposableStore();
  readonly #tree = this.#owned.add(new CollectorsTree());
  readonly #view: TreeView<CollectorNode>;
  readonly #refreshing = this.#owned.add(
    new Coalescer(REFRESH_MS, () => {
      this.#refresh();
    }),
  );

  constructor(options: CollectorsViewOptions) {
    this.#options = options;
    this.#view = this.#owned.add(
      window.createTreeView('hotline.collectors', { treeDataProvider: this.#tree }),
    );
    const request = (): void => {
      this.#refreshing.request();
    };
    this.#owned.add(options.settings.onDidChange(request));
    this.#owned.add(options.collecting.onDidChange(request));
    this.#owned.add(this.#view.onDidChangeVisibility(request));
    const clock = setInterval(request, CLOCK_MS);
    this.#owned.add({
      dispose: () => {
        clearInterval(clock);
      },
    });
    this.#register();
    request();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #register(): void {
    const { collecting, profiles, timeline, importFile } = this.#options;
    this.#owned.add(
      registerCommands({
        addEndpoint: () => this.#add(),
        removeEndpoint: (node: CollectorNode) => this.#remove(node),
        pauseEndpoint: (node: CollectorNode) => collecting.setPaused(endpointsOf(node), true),
        resumeEndpoint: (node: CollectorNode) => collecting.setPaused(endpointsOf(node), false),
        allowEndpoint: (node?: CollectorNode) => this.#allow(node),
        setEndpointToken: (node: CollectorNode) => this.#setToken(node),
        showLastMinutes: (node?: CollectorNode) => profiles.openLastMinutes(restrictionOf(node)),
        showCollectedProfile: (node?: CollectorNode) => profiles.ask(restrictionOf(node)),
        showTimeline: () => {
          timeline.show();
        },
        importCollectorHistory: async () => {
          if (await importHistory(importFile)) timeline.refresh();
        },
      }),
    );
  }

  async #add(): Promise<void> {
    const text = await window.showInputBox({
      title: 'Add endpoint to collect from',
      prompt: 'Several ports as a range or a list: http://localhost:16384..16387',
      placeHolder: 'http://localhost:16384',
      ignoreFocusOut: true,
      validateInput: problemOf,
    });
    if (text !== undefined) await this.#options.settings.add(text.trim());
  }

  async #remove(node: CollectorNode): Promise<void> {
    const remove = 'Remove';
    const chosen = await window.showWarningMessage(
      `Stop collecting from ${node.entry.text}?`,
      { modal: true, detail: 'What was collected from there stays.' },
      remove,
    );
    if (chosen !== remove) return;
    for (const endpoint of node.entry.endpoints) await this.#options.tokens.set(endpoint, '');
    await this.#options.settings.remove(node.entry);
  }

  async #allow(node: CollectorNode | undefined): Promise<void> {
    const { entry } = node ?? (await clickedRow(this.#view)) ?? {};
    if (!entry) return;
    requireTrust(`The settings of this workspace ask to collect from ${entry.text}`);
    await this.#options.settings.allow([entry.text]);
  }

  async #setToken(node: CollectorNode): Promise<void> {
    const endpoints = endpointsOf(node);
    const token = await window.showInputBox({
      title: `Token of ${endpoints.map(endpointName).join(', ')}`,
      prompt:
        'Sent with each request and kept by VS Code, in no settings file. Empty to forget it.',
      password: true,
      ignoreFocusOut: true,
    });
    if (token === undefined) return;
    for (const endpoint of endpoints) await this.#options.tokens.set(endpoint, token.trim());
  }

  #refresh(): void {
    if (!this.#view.visible) return;
    const { settings, collecting } = this.#options;
    this.#tree.show(settings.entries, collecting.statuses);
  }
}

function endpointsOf(node: CollectorNode): readonly Endpoint[] {
  return node.kind === 'member' ? [node.status.endpoint] : node.entry.endpoints;
}

/** What was collected from a row's endpoints: of one its port too, of several on one host that host. */
function restrictionOf(node: CollectorNode | undefined): Restriction {
  const [first, ...others] = node ? endpointsOf(node) : [];
  if (!first) return {};
  if (others.length === 0) return { host: first.host, port: first.port };
  return others.every(({ host }) => host === first.host) ? { host: first.host } : {};
}

function problemOf(text: string): string | undefined {
  try {
    parseEndpoints(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
