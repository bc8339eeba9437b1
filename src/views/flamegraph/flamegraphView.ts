import { EventEmitter, Uri, ViewColumn, window, type Disposable, type WebviewPanel } from 'vscode';
import { isSameSource, type ProfileSource } from '../../core/profileSource';
import { registerCommands, setContext } from '../../platform/commands';
import { DisposableStore } from '../../platform/disposables';
import { UserError, withErrorHandling } from '../../platform/errors';
import type { PanelKind, PanelState, ShownChoice, ShownFrame } from '../../protocol/flamegraph';
import { FlamegraphPanel, type PanelServices } from './flamegraphPanel';
import type { TableImporter } from '../table/tableSession';
import type { FlamegraphImporter } from './flamegraphSession';
import { parsePanelState } from './messages';
import { ProfileEditor } from './profileEditor';

const VIEW_TYPE = 'hotline.flamegraph';

/** What the flamegraph is given by the rest of the extension. */
export interface FlamegraphViewOptions {
  readonly extensionUri: Uri;
  readonly importer: FlamegraphImporter & TableImporter;
  /** How the profile of a source is called, usually its request. */
  describe(source: ProfileSource): { readonly title: string };
  /** Opens the frame's file at its line; an error's sentence is shown. */
  openSource(frame: ShownFrame): Promise<void>;
  /** Asks with what a profile is to be compared. */
  compare(source: ProfileSource): Promise<void>;
  /** Whether a profiled path means a file of the workspace. */
  isOwnFile(path: string): Promise<boolean>;
}

/** A profile whose graph stands, and what was chosen to be shown of it. */
export interface ShownProfile {
  readonly path: ProfileSource;
  readonly choice?: ShownChoice | undefined;
}

export interface OpenOptions {
  /** In a tab of its own beside the active one. */
  readonly toSide?: boolean;
  /** In a tab that the next profile does not take over, and with the focus. */
  readonly keep?: boolean;
}

/** The flamegraph tabs: one preview that the next profile reuses, and any number that were kept. */
export class FlamegraphView implements Disposable {
  readonly #options: FlamegraphViewOptions;
  readonly #services: PanelServices;
  readonly #owned = new DisposableStore();
  readonly #didShow = this.#owned.add(new EventEmitter<ShownProfile>());
  readonly #didActivate = this.#owned.add(new EventEmitter<ProfileSource>());
  /** In the order in which they were last at the front, the latest last. */
  readonly #panels = new Set<FlamegraphPanel>();
  #lastPath: ProfileSource | undefined;

  /** A profile that was opened, now that its graph stands; again when its file or the choice changed. */
  readonly onDidShow = this.#didShow.event;

  /** The profile of a tab that came to the front. */
  readonly onDidActivate = this.#didActivate.event;

  constructor(options: FlamegraphViewOptions) {
    this.#options = options;
    this.#services = {
      extensionUri: options.extensionUri,
      importer: options.importer,
      openSource: (frame) => options.openSource(frame),
      compare: (source) => options.compare(source),
      isOwnFile: (path) => options.isOwnFile(path),
      shown: (panel) => {
        this.#shown(panel);
      },
      changed: (panel) => {
        this.#panelChanged(panel);
      },
    };
    this.#register();
  }

  /** The profile of the flamegraph that was last at the front, if one is open. */
  get current(): ProfileSource | undefined {
    return this.#currentPanel()?.path;
  }

  /** The profiles of all tabs. */
  get openSources(): ProfileSource[] {
    return [...this.#panels].map(({ path }) => path);
  }

  /** What was chosen to be shown of a profile, in the flamegraph of it that was last at the front. */
  choiceOf(path: ProfileSource): ShownChoice | undefined {
    return this.#find((panel) => isSameSource(panel.path, path))?.choice;
  }

  /** Opens a profile: where it is open already, else in the preview, a kept tab or one to the side. */
  async open(path: ProfileSource, options: OpenOptions = {}): Promise<void> {
    const { toSide = false, keep = false } = options;
    if (toSide) {
      await this.#create(ViewColumn.Beside, 'kept', path, false);
      return;
    }
    const open = this.#find((panel) => isSameSource(panel.path, path) && panel.kind !== 'editor');
    const reused = open ?? this.#find((panel) => panel.kind === 'preview');
    if (!reused) {
      await this.#create(ViewColumn.Active, keep ? 'kept' : 'preview', path, !keep);
      return;
    }
    reused.reveal(!keep);
    if (keep) reused.keep();
    if (reused !== open || reused.progress === 'failed') await reused.show(path, this.#title(path));
    else if (reused.progress === 'shown') this.#shown(reused);
  }

  /**
   * Selects a function in the sandwich view of the flamegraph that was last at the front, or of the
   * profile at `path`, which is opened when it is not.
   */
  async showFunction(frame: ShownFrame, path = this.current ?? this.#lastPath): Promise<void> {
    if (path === undefined)
      throw new UserError('No flamegraph was open yet. Open a profile in the Profiles view first.');
    const showing = (panel: FlamegraphPanel): boolean => isSameSource(panel.path, path);
    if (!this.#find(showing)) await this.open(path);
    const panel = this.#find(showing);
    panel?.reveal(false);
    panel?.selectFunction(frame);
  }

  dispose(): void {
    for (const panel of this.#panels) panel.dispose();
    this.#owned.dispose();
  }

  #register(): void {
    this.#owned.add(
      registerCommands({
        keepFlamegraphOpen: () => this.#currentPanel()?.keep(),
        openFrameSource: () => this.#openSelectedFrame(),
        chooseShown: () => this.#chooseShown(),
        showTable: () => {
          this.#showTable();
        },
      }),
    );
    this.#owned.add(
      window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: (webviewPanel, state: unknown) => {
          this.#restore(webviewPanel, state);
          return Promise.resolve();
        },
      }),
    );
    this.#owned.add(
      ProfileEditor.register((webviewPanel, path) => {
        this.#fill(webviewPanel, { path, title: this.#title(path), kind: 'editor' });
      }),
    );
  }

  #shown({ path, choice }: ShownProfile): void {
    this.#lastPath = path;
    this.#didShow.fire({ path, choice });
  }

  async #create(
    viewColumn: ViewColumn,
    kind: PanelKind,
    path: ProfileSource,
    preserveFocus: boolean,
  ): Promise<void> {
    const title = this.#title(path);
    const webviewPanel = window.createWebviewPanel(
      VIEW_TYPE,
      title,
      { viewColumn, preserveFocus },
      { retainContextWhenHidden: true },
    );
    await this.#adopt(webviewPanel, { path, title, kind });
  }

  /** Fills a tab that VS Code brought back after a reload of the window. */
  #restore(webviewPanel: WebviewPanel, value: unknown): void {
    const state = parsePanelState(value);
    if (state) this.#fill(webviewPanel, state);
    else webviewPanel.dispose();
  }

  /** Fills a tab that VS Code made, and does not keep it waiting for the profile. */
  #fill(webviewPanel: WebviewPanel, state: PanelState): void {
    void withErrorHandling('Open flamegraph', () => this.#adopt(webviewPanel, state));
  }

  async #adopt(webviewPanel: WebviewPanel, state: PanelState): Promise<void> {
    webviewPanel.iconPath = Uri.joinPath(this.#options.extensionUri, 'media', 'flamegraph.svg');
    const panel = new FlamegraphPanel(webviewPanel, state, this.#services);
    this.#panels.add(panel);
    this.#panelChanged(panel);
    await panel.show(state.path, state.title);
  }

  #panelChanged(panel: FlamegraphPanel): void {
    if (panel.closed || panel.active) this.#panels.delete(panel);
    if (!panel.closed && panel.active) this.#panels.add(panel);
    const active = this.#find((candidate) => candidate.active);
    setContext('flamegraphOpen', this.#panels.size > 0);
    setContext('flamegraphPreview', active?.kind === 'preview');
    if (active && active === panel) this.#didActivate.fire(active.path);
  }

  async #openSelectedFrame(): Promise<void> {
    const frame = this.#currentPanel()?.selectedFrame;
    if (!frame) throw new UserError('No frame is selected. Click one in the flamegraph first.');
    await this.#options.openSource(frame);
  }

  #showTable(): void {
    const panel = this.#currentPanel();
    if (!panel) throw new UserError('No flamegraph is open. Open a profile first.');
    panel.reveal(false);
    panel.showTable();
  }

  async #chooseShown(): Promise<void> {
    const panel = this.#currentPanel();
    if (!panel?.offered) throw new UserError('No flamegraph is open. Open a profile first.');
    await panel.chooseShown();
  }

  #title(path: ProfileSource): string {
    return this.#options.describe(path).title;
  }

  #currentPanel(): FlamegraphPanel | undefined {
    return [...this.#panels].at(-1);
  }

  #find(matches: (panel: FlamegraphPanel) => boolean): FlamegraphPanel | undefined {
    return [...this.#panels].reverse().find(matches);
  }
}
