import {
  commands,
  Disposable,
  EventEmitter,
  window,
  workspace,
  type Memento,
  type TreeView,
} from 'vscode';
import type { MergedSource } from '../../core/profileSource';
import { clickedRow } from '../../platform/clickedRow';
import { registerCommands, setContext } from '../../platform/commands';
import { DisposableStore } from '../../platform/disposables';
import { UserError, withErrorHandling } from '../../platform/errors';
import { setting } from '../../platform/settings';
import { Coalescer } from '../../profiles/coalescer';
import type { DirectorySettings } from '../../profiles/directorySettings';
import type { ProfileDirectories } from '../../profiles/profileDirectories';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { RowChecks, type Summarizer } from '../../profiles/rowChecks';
import { Aggregation } from './aggregation';
import { askFilter, askGrouping, askOrder } from './arrangement';
import { chooseDirectory } from './chooseDirectory';
import { deleteOldProfiles, deleteProfiles } from './deletion';
import { directoryDrop } from './directoryDrop';
import { DoubleClick } from './doubleClick';
import { EndpointNames } from './endpointNames';
import { FollowLatest } from './followLatest';
import { foundText, type FoundProfiles } from './foundProfiles';
import { listProfiles, shownEntries, type Listing } from './listing';
import { listingText } from './listingText';
import { NewProfiles } from './newProfiles';
import { parseFilter } from './profileFilter';
import { ProfileTree } from './profileTree';
import { copyPaths, revealProfile } from './rowCommands';
import type { TreeNode } from './treeNodes';
import { loadViewState, saveViewState, type ViewState } from './viewState';

/** Changes are gathered for so long before the list is put in order again. */
const REFRESH_MS = 200;

/** How often `2 min ago` is brought up to date while it is on screen. */
const MINUTE_MS = 60_000;

/** What happens to a profile that the user picked. */
export interface ExplorerActions {
  open(entry: ProfileEntry, how: { toSide: boolean; keep: boolean }): Promise<void>;
  annotate(entry: ProfileEntry): Promise<void>;
  openMerged(source: MergedSource): Promise<void>;
}

export interface ExplorerOptions {
  readonly directories: ProfileDirectories;
  readonly settings: Pick<DirectorySettings, 'problems'>;
  readonly importer: Summarizer;
  readonly workspaceState: Memento;
  readonly actions: ExplorerActions;
}

/** The *Profiles* view of the sidebar with all its commands. */
export class ProfilesExplorer implements Disposable {
  readonly #options: ExplorerOptions;
  readonly #store = new DisposableStore();
  readonly #new: NewProfiles;
  readonly #tree: ProfileTree;
  readonly #view: TreeView<TreeNode>;
  readonly #follow: FollowLatest;
  readonly #doubleClick = new DoubleClick();
  readonly #endpoints: EndpointNames;
  readonly #aggregation: Aggregation;
  readonly #didSelect = this.#store.add(new EventEmitter<string>());
  readonly #refresh = new Coalescer(REFRESH_MS, () => {
    this.#show();
  });
  #state: ViewState;
  #found: FoundProfiles | undefined;
  #lastOpened: string | undefined;

  /** The path of a profile whose row was selected. */
  readonly onDidSelect = this.#didSelect.event;

  constructor(options: ExplorerOptions) {
    this.#options = options;
    const { directories, workspaceState } = options;
    this.#state = loadViewState(workspaceState);
    this.#endpoints = new EndpointNames(() => ({
      patterns: setting('endpoints'),
      routes: directories.urlTemplates,
    }));
    this.#aggregation = new Aggregation({
      selection: () => this.#view.selection,
      shown: () => shownEntries(this.#list()),
      endpoints: () => this.#endpoints.of(directories.entries()),
      open: (source) => options.actions.openMerged(source),
    });
    this.#new = this.#store.add(new NewProfiles(workspaceState));
    this.#tree = this.#store.add(
      new ProfileTree({
        isNew: (path) => this.#new.has(path),
        found: (path) => {
          const cost = this.#found?.costs.get(path);
          return cost && foundText(cost);
        },
      }),
    );
    this.#view = this.#store.add(
      window.createTreeView('hotline.profiles', {
        treeDataProvider: this.#tree,
        canSelectMany: true,
        showCollapseAll: true,
        dragAndDropController: directoryDrop,
      }),
    );
    this.#follow = this.#store.add(
      new FollowLatest(directories, (entry) => {
        void withErrorHandling('Following the latest profile', () =>
          this.#open(entry, { toSide: false, keep: false }),
        );
      }),
    );
    this.#store.add(this.#refresh);
    this.#store.add(
      directories.onDidChange(({ arrived }) => {
        this.#new.add(arrived);
        this.#refresh.request();
      }),
    );
    const checks = this.#store.add(new RowChecks(directories, options.importer));
    this.#store.add(
      this.#tree.onDidGiveRows(() => {
        checks.show(this.#tree.pathsGiven());
      }),
    );
    this.#store.add(
      this.#view.onDidChangeSelection(({ selection: [node] }) => {
        if (node?.kind === 'profile') this.#didSelect.fire(node.entry.path);
      }),
    );
    this.#store.add(
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('hotline.endpoints')) this.#refresh.request();
      }),
    );
    this.#store.add(this.#tick());
    this.#store.add(registerCommands(this.#commands()));
    void this.#apply({});
  }

  /** Shows only what a search has found, where most time was spent first, until the filter is cleared. */
  async showFound(found: FoundProfiles): Promise<void> {
    this.#found = found;
    await this.#apply({});
    await commands.executeCommand('hotline.profiles.focus');
  }

  /** All profiles of the endpoint that a profile of the list is of, as one. */
  endpointOf(path: string): MergedSource | undefined {
    const entry = this.#options.directories.get(path);
    return entry && this.#aggregation.endpointOf(entry);
  }

  /** The rows that are selected. */
  get selection(): readonly TreeNode[] {
    return this.#view.selection;
  }

  /** The profiles that the filter leaves, and the endpoint of each. */
  get shownProfiles(): {
    readonly entries: readonly ProfileEntry[];
    readonly endpoints: ReadonlyMap<ProfileEntry, string>;
  } {
    const endpoints = this.#endpoints.of(this.#options.directories.entries());
    return { entries: shownEntries(this.#list()), endpoints };
  }

  /** The profile of a row of this view, if the value is one. */
  pathOf(value: unknown): string | undefined {
    const node = value as Partial<TreeNode> | undefined;
    return node?.kind === 'profile' ? node.entry?.path : undefined;
  }

  /**
   * The profile that is selected, else the one opened last.
   * @throws UserError where there is neither
   */
  get selectedPath(): string {
    return this.#only(undefined).path;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #commands(): Record<string, (...args: never[]) => unknown> {
    return {
      chooseProfileDirectory: chooseDirectory,
      refreshProfiles: () => this.#options.directories.rescan(),
      sortProfiles: async () => this.#apply(await askOrder(this.#state)),
      groupProfiles: async () => this.#apply(await askGrouping(this.#state)),
      filterProfiles: async () => this.#apply(await askFilter(this.#state)),
      clearProfileFilter: () => {
        this.#found = undefined;
        return this.#apply({ filter: '' });
      },
      followLatest: () => this.#apply({ following: true }),
      stopFollowingLatest: () => this.#apply({ following: false }),
      openProfile: async (node?: TreeNode) => {
        const entry = this.#only(node ?? (await clickedRow(this.#view)));
        await this.#open(entry, { toSide: false, keep: this.#doubleClick.isSecond(entry.path) });
      },
      openProfileToSide: (node?: TreeNode) =>
        this.#open(this.#only(node), { toSide: true, keep: true }),
      annotateSource: (node?: TreeNode) => this.#options.actions.annotate(this.#only(node)),
      revealProfile: (node?: TreeNode) => revealProfile(this.#only(node)),
      copyProfilePath: (node?: TreeNode, selected?: TreeNode[]) =>
        copyPaths(this.#chosen(node, selected)),
      deleteProfiles: (node?: TreeNode, selected?: TreeNode[]) =>
        deleteProfiles(this.#chosen(node, selected)),
      aggregateProfiles: (node?: TreeNode, selected?: TreeNode[]) =>
        this.#aggregation.rows(node, selected),
      aggregateTimeRange: () => this.#aggregation.timeRange(),
      deleteOldProfiles: () => deleteOldProfiles(this.#options.directories.entries()),
    };
  }

  async #open(entry: ProfileEntry, how: { toSide: boolean; keep: boolean }): Promise<void> {
    this.#lastOpened = entry.path;
    this.#new.delete(entry.path);
    this.#refresh.request();
    await this.#options.actions.open(entry, how);
  }

  /** The profiles a command is for: those of the menu's row, else the selected ones. */
  #chosen(node: TreeNode | undefined, selected: readonly TreeNode[] | undefined): ProfileEntry[] {
    const nodes = selected ?? (node ? [node] : this.#view.selection);
    const entries = nodes.flatMap((each) => (each.kind === 'profile' ? [each.entry] : []));
    if (entries.length === 0) throw new UserError('Select a profile in the Hotline view first.');
    return entries;
  }

  /** The one profile a command is for; without a row or a selection the one opened last. */
  #only(node: TreeNode | undefined): ProfileEntry {
    const last = this.#lastOpened;
    const opened = last === undefined ? undefined : this.#options.directories.get(last);
    if (!node && this.#view.selection.length === 0 && opened) return opened;
    const [entry] = this.#chosen(node, undefined);
    if (!entry) throw new UserError('Select a profile in the Hotline view first.');
    return entry;
  }

  /** Changes how the list is arranged; `undefined` changes nothing. */
  #apply(change: Partial<ViewState> | undefined): Promise<void> | undefined {
    if (!change) return undefined;
    this.#state = { ...this.#state, ...change };
    this.#follow.enabled = this.#state.following;
    setContext('profilesFiltered', this.#state.filter !== '' || this.#found !== undefined);
    setContext('followingLatest', this.#state.following);
    if (Object.keys(change).length > 0)
      void saveViewState(this.#options.workspaceState, this.#state);
    return this.#refresh.now();
  }

  #list(): Listing {
    const parsed = parseFilter(this.#state.filter);
    const filter = typeof parsed === 'string' ? { words: [], minimumMs: 0 } : parsed;
    const entries = this.#options.directories.entries();
    const isByEndpoint = this.#state.groupBy === 'endpoint';
    const endpoints = this.#endpoints.of(isByEndpoint ? entries : []);
    return listProfiles(entries, filter, this.#state, this.#found, endpoints);
  }

  #show(): void {
    const listing = this.#list();
    this.#tree.update(listing, this.#problems());
    this.#describe(listing);
  }

  /** What keeps profiles from being listed; a directory that is not there yet is no problem. */
  #problems(): string[] {
    const { settings, directories } = this.#options;
    const unlisted = directories
      .directories()
      .flatMap(({ path, state }) => (state.kind === 'problem' ? [`${path} ${state.reason}`] : []));
    return [...settings.problems, ...unlisted];
  }

  /** Counts, order and filter beside and below the view's title. */
  #describe(listing: Listing): void {
    setContext('hasProfiles', listing.total > 0);
    const { description, message } = listingText(listing, this.#state, this.#found);
    this.#view.description = description;
    if (this.#view.message !== message) this.#view.message = message;
  }

  #tick(): Disposable {
    const timer = setInterval(() => {
      if (this.#view.visible) this.#refresh.request();
    }, MINUTE_MS);
    return new Disposable(() => {
      clearInterval(timer);
    });
  }
}
