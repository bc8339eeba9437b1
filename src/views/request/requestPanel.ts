import { window, type Disposable, type TreeView } from 'vscode';
import type { RequestDetails } from '../../core/derive/requestDetails';
import { ProfileError } from '../../core/model/errors';
import type { RequestFacts } from '../../core/model/request';
import type { ProfileSource } from '../../core/profileSource';
import { clickedRow } from '../../platform/clickedRow';
import { registerCommands } from '../../platform/commands';
import { DisposableStore } from '../../platform/disposables';
import { withErrorHandling } from '../../platform/errors';
import { Coalescer } from '../../profiles/coalescer';
import type { ShownChoice, ShownFrame } from '../../protocol/flamegraph';
import { requestSections } from './requestRows';
import { RequestTree, type RequestNode } from './requestTree';

/** A selection that moves on within this time is not worth reading a profile. */
const SETTLE_MS = 200;

/** What the panel is given by the rest of the extension. */
export interface RequestPanelOptions {
  readonly importer: {
    requestDetails(
      source: ProfileSource,
      options: { readonly signal: AbortSignal; readonly choice: ShownChoice | undefined },
    ): Promise<RequestDetails>;
  };
  describe(source: ProfileSource): { readonly title: string; readonly facts: RequestFacts };
  choiceOf(source: ProfileSource): ShownChoice | undefined;
  openFlamegraph(source: ProfileSource): Promise<void>;
  showFunction(frame: ShownFrame, source: ProfileSource): Promise<void>;
  openSource(place: ShownFrame): Promise<void>;
  /** Shows a file where files are shown. */
  reveal(path: string): Promise<void>;
}

/** The *Request* panel: what there is to know of one request, every row of it a link. */
export class RequestPanel implements Disposable {
  readonly #options: RequestPanelOptions;
  readonly #owned = new DisposableStore();
  readonly #tree = this.#owned.add(new RequestTree());
  readonly #view: TreeView<RequestNode>;
  readonly #loading = new Coalescer(SETTLE_MS, () => this.#load());
  #source: ProfileSource | undefined;
  #reading: AbortController | undefined;
  /** Whether what stands in the panel is not, or no longer, what is to be shown. */
  #isStale = false;

  constructor(options: RequestPanelOptions) {
    this.#options = options;
    this.#view = this.#owned.add(
      window.createTreeView('hotline.request', {
        treeDataProvider: this.#tree,
        showCollapseAll: true,
      }),
    );
    this.#owned.add(
      this.#view.onDidChangeVisibility(() => {
        this.#loading.request();
      }),
    );
    this.#owned.add(this.#loading);
    this.#owned.add(
      registerCommands({
        openRequestLink: async () => this.#follow(await clickedRow(this.#view)),
        showRequestFunction: (node: RequestNode) => this.#showFunction(node),
      }),
    );
  }

  /** The profile that it shows, or is about to. */
  get shown(): ProfileSource | undefined {
    return this.#source;
  }

  /** Shows a profile, anew if it is the one that is shown; at once or when the panel is next in sight. */
  show(source: ProfileSource): void {
    this.#source = source;
    this.#isStale = true;
    this.#reading?.abort();
    this.#loading.request();
  }

  dispose(): void {
    this.#reading?.abort();
    this.#owned.dispose();
  }

  async #load(): Promise<void> {
    const source = this.#source;
    if (source === undefined || !this.#isStale || !this.#view.visible) return;
    this.#isStale = false;
    const reading = (this.#reading = new AbortController());
    await withErrorHandling('Request panel', async () => {
      try {
        const choice = this.#options.choiceOf(source);
        const details = await this.#options.importer.requestDetails(source, {
          signal: reading.signal,
          choice,
        });
        const { title, facts } = this.#options.describe(source);
        this.#tree.show(requestSections(source, { ...facts, ...details.request }, details));
        this.#describe(title, '');
      } catch (error) {
        // What is asked for next is shown instead.
        if (reading.signal.aborted) return;
        if (!(error instanceof ProfileError)) throw error;
        this.#tree.show([]);
        this.#describe(this.#options.describe(source).title, error.message);
      }
    });
  }

  #describe(title: string, message: string): void {
    this.#view.description = title;
    this.#view.message = message;
  }

  async #follow(node: RequestNode | undefined): Promise<void> {
    const source = this.#source;
    if (node?.kind !== 'row' || source === undefined) return;
    const { link } = node.row;
    switch (link.to) {
      case 'flamegraph':
        return this.#options.openFlamegraph(source);
      case 'function':
        return this.#options.showFunction(link.frame, source);
      case 'source':
        return this.#options.openSource(link.place);
      case 'file':
        return this.#options.reveal(link.path);
    }
  }

  async #showFunction(node: RequestNode): Promise<void> {
    if (node.kind !== 'row' || !node.row.frame || this.#source === undefined) return;
    await this.#options.showFunction(node.row.frame, this.#source);
  }
}
