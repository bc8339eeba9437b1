import {
  EventEmitter,
  languages,
  window,
  workspace,
  type Disposable,
  type TextDocumentContentProvider,
  type Uri,
} from 'vscode';
import { printedReport, type ReportLine } from '../../core/derive/lineReport';
import { ProfileError } from '../../core/model/errors';
import { sourceName, type ProfileSource } from '../../core/profileSource';
import { registerCommands } from '../../platform/commands';
import { DisposableStore } from '../../platform/disposables';
import { UserError } from '../../platform/errors';
import type { Importer } from '../../profiles/importer';
import { reportContents, type ReportSources } from './reportContents';
import { ReportLinks } from './reportLinks';
import { REPORT_SCHEME, reportedProfile, reportUri, type ReportedProfile } from './reportUri';

const NO_LINES =
  'has no costs of lines of functions: a line report needs a profile of line_profiler, of Hotline’s own profiler or of one that samples.';

export interface LineReportOptions extends ReportSources {
  readonly importer: Pick<Importer, 'lineReport'>;
  /** What people know a profile by, and when it was taken, milliseconds since the Unix epoch. */
  describe(path: ProfileSource): Promise<{ title: string; takenMs: number | undefined }>;
  /**
   * The profile that a command is for.
   * @param argument what the menu gives: a row of the explorer, or what a tab's menu has
   * @throws UserError where none is chosen
   */
  chosen(argument: unknown): ReportedProfile;
}

/** *Line report*: read-only documents with the tables that line_profiler prints. */
export class LineReportView implements Disposable, TextDocumentContentProvider {
  readonly #options: LineReportOptions;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<Uri>());
  readonly #reports = new Map<string, readonly ReportLine[]>();

  /** Fired when the report of a document was made anew. */
  readonly onDidChange = this.#changed.event;

  constructor(options: LineReportOptions) {
    this.#options = options;
    const links = new ReportLinks(
      ({ uri }) => this.#reports.get(uri.toString()) ?? [],
      options.files,
    );
    this.#store.add(workspace.registerTextDocumentContentProvider(REPORT_SCHEME, this));
    this.#store.add(languages.registerDocumentLinkProvider({ scheme: REPORT_SCHEME }, links));
    this.#store.add(
      workspace.onDidCloseTextDocument(({ uri }) => this.#reports.delete(uri.toString())),
    );
    this.#store.add(
      registerCommands({
        showLineReport: (argument: unknown) => this.#show(options.chosen(argument)),
      }),
    );
  }

  /** The text of a report; it is made again where VS Code brought a tab back. */
  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const profile = reportedProfile(uri);
    if (!profile) return '';
    const key = uri.toString();
    const lines = this.#reports.get(key) ?? (await this.#report(profile));
    this.#reports.set(key, lines);
    return lines.map(({ text }) => text).join('\n');
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #show(profile: ReportedProfile): Promise<void> {
    const { title } = await this.#options.describe(profile.path);
    const uri = reportUri(title, profile);
    this.#reports.set(uri.toString(), await this.#report(profile));
    this.#changed.fire(uri);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }

  async #report({ path, choice }: ReportedProfile): Promise<ReportLine[]> {
    const { importer } = this.#options;
    const { title, takenMs } = await this.#options.describe(path);
    try {
      const report = await importer.lineReport(path, { choice });
      if (report.tables.length === 0) throw new UserError(`${title} ${NO_LINES}`);
      return printedReport(title, report, await reportContents(report, takenMs, this.#options));
    } catch (cause) {
      if (!(cause instanceof ProfileError)) throw cause;
      throw new UserError(`${sourceName(path)}: ${cause.message}`, [], { cause });
    }
  }
}
