import { EventEmitter, window, workspace, type Disposable, type Memento } from 'vscode';
import { parseEndpoints } from '../../collector/endpoints';
import { DisposableStore } from '../../platform/disposables';
import { withErrorHandling } from '../../platform/errors';
import { changeListSetting, listSetting } from '../../platform/settings';
import { collectorEntries, type CollectorEntry } from './collectorEntries';

/** Texts of this workspace's settings that a person agreed to, and all that one was asked about. */
const ALLOWED = 'collector.allowed';
const ASKED = 'collector.asked';

/** What is to be collected from, as the settings say and as far as a person agreed to it. */
export class CollectorSettings implements Disposable {
  readonly #state: Memento;
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new EventEmitter<void>());
  #entries: readonly CollectorEntry[] = [];

  readonly onDidChange = this.#changes.event;

  /** @param workspaceState keeps what was agreed to, where the workspace's own files cannot change it */
  constructor(workspaceState: Memento) {
    this.#state = workspaceState;
    const apply = (): void => {
      this.#apply();
    };
    this.#owned.add(workspace.onDidGrantWorkspaceTrust(apply));
    this.#owned.add(
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('hotline.collector.endpoints')) apply();
      }),
    );
    apply();
  }

  get entries(): readonly CollectorEntry[] {
    return this.#entries;
  }

  /** Adds a text to the user's own settings. */
  async add(text: string): Promise<void> {
    const { user } = listSetting('collector.endpoints');
    if (!user.includes(text))
      await changeListSetting('collector.endpoints', 'user', [...user, text]);
  }

  /** Takes an entry out of the settings that have it. */
  async remove({ text, origin }: CollectorEntry): Promise<void> {
    const rest = listSetting('collector.endpoints')[origin].filter((each) => each !== text);
    await changeListSetting('collector.endpoints', origin, rest);
  }

  /** Collects from what the workspace asks for. */
  async allow(texts: readonly string[]): Promise<void> {
    await this.#state.update(ALLOWED, [...this.#list(ALLOWED), ...texts]);
    this.#apply();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #apply(): void {
    const allowed = new Set(workspace.isTrusted ? this.#list(ALLOWED) : []);
    const texts = { ...listSetting('collector.endpoints'), allowed };
    this.#entries = collectorEntries(texts, parseEndpoints);
    this.#changes.fire();
    void withErrorHandling('Collectors', () => this.#ask());
  }

  /** Asks once about each text of a trusted workspace that nobody agreed to. */
  async #ask(): Promise<void> {
    const asked = new Set(this.#list(ASKED));
    const open = this.#entries.filter(
      ({ text, isAllowed, problem }) => !isAllowed && problem === undefined && !asked.has(text),
    );
    if (!workspace.isTrusted || open.length === 0) return;
    const texts = open.map(({ text }) => text);
    await this.#state.update(ASKED, [...asked, ...texts]);
    const collect = 'Collect';
    const chosen = await window.showInformationMessage(
      `The settings of this workspace ask Hotline to collect stacks from ${texts.join(', ')}. Collect from there?`,
      collect,
      'Do Not Collect',
    );
    if (chosen === collect) await this.allow(texts);
  }

  #list(key: string): readonly string[] {
    return this.#state.get<readonly string[]>(key, []);
  }
}
