import {
  EventEmitter,
  languages,
  window,
  workspace,
  type Disposable,
  type TextDocumentContentProvider,
  type Uri,
} from 'vscode';
import { printedReport, reportTables, type ReportLine } from '../../core/derive/lineReport';
import { ProfileError } from '../../core/model/errors';
import { sourceName, type ProfileSource } from '../../core/profileSource';
import { registerCommands } from '../../platform/commands';
import { DisposableStore } from '../../platform/disposables';
import { UserError } from '../../platform/errors';
import type { SourceFiles } from '../../platform/sourceFiles';
import type { Importer } from '../../profiles/importer';
import { carriedLine } from './carriedLine';
import { reportContents, reportTexts, type ReportSources, type SourceText } from './reportContents';
import { OPEN_REPORT_LINE, ReportLinks } from './reportLinks';
import { REPORT_SCHEME, reportedProfile, reportUri, type ReportedProfile } from './reportUri';

const NO_LINES =
  'has no costs of lines: a line report needs a profile of line_profiler, of Hotline’s own profiler or of one that samples.';

/** A report, and the texts of its files as they are in it. */
interface Report {
  readonly lines: readonly ReportLine[];
  readonly texts: ReadonlyMap<string, SourceText>;
}

export interface LineReportOptions extends ReportSources {
  readonly files: Pick<SourceFiles, 'locate' | 'open'>;
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
  readonly #reports = new Map<string, Report>();

  /** Fired when the report of a document was made anew. */
  readonly onDidChange = this.#changed.event;

  constructor(options: LineReportOptions) {
    this.#options = options;
    const links = new ReportLinks((uri) => this.#reports.get(uri.toString())?.lines ?? []);
    this.#store.add(workspace.registerTextDocumentContentProvider(REPORT_SCHEME, this));
    this.#store.add(languages.registerDocumentLinkProvider({ scheme: REPORT_SCHEME }, links));
    this.#store.add(
      workspace.onDidCloseTextDocument(({ uri }) => this.#reports.delete(uri.toString())),
    );
    this.#store.add(
      registerCommands({
        showLineReport: (argument: unknown) => this.#show(options.chosen(argument)),
        [OPEN_REPORT_LINE]: (report: string, line: number) => this.#follow(report, line),
      }),
    );
  }

  /** The text of a report; it is made again where VS Code brought a tab back. */
  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const profile = reportedProfile(uri);
    if (!profile) return '';
    const key = uri.toString();
    const report = this.#reports.get(key) ?? (await this.#report(profile));
    this.#reports.set(key, report);
    return report.lines.map(({ text }) => text).join('\n');
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

  /** Opens what a line of a report tells of, where it stands now. */
  async #follow(uri: string, index: number): Promise<void> {
    const report = this.#reports.get(uri);
    const place = report?.lines[index]?.place;
    if (!report || !place) return;
    const { file } = place;
    const line = await this.#lineNow(place, report.texts.get(file)?.lines);
    await this.#options.files.open({ name: file, file, line });
  }

  async #lineNow(
    { file, line }: NonNullable<ReportLine['place']>,
    before: readonly string[] | undefined,
  ): Promise<number> {
    const located = before && (await this.#options.files.locate(file));
    const now = located && (await textOf(located));
    return now ? carriedLine(line, before, now) : line;
  }

  async #report({ path, choice }: ReportedProfile): Promise<Report> {
    const { importer } = this.#options;
    const { title, takenMs } = await this.#options.describe(path);
    try {
      const report = await importer.lineReport(path, { choice });
      if (reportTables(report).length === 0) throw new UserError(`${title} ${NO_LINES}`);
      const texts = await reportTexts(report, takenMs, this.#options);
      return { lines: printedReport(title, report, reportContents(report, texts)), texts };
    } catch (cause) {
      if (!(cause instanceof ProfileError)) throw cause;
      throw new UserError(`${sourceName(path)}: ${cause.message}`, [], { cause });
    }
  }
}

/** The lines of a file as they are in the editor, saved or not. */
async function textOf(file: Uri): Promise<string[] | undefined> {
  try {
    const document = await workspace.openTextDocument(file);
    return document.getText().split(/\r\n|\r|\n/);
  } catch {
    // What cannot be shown as text is told when it is opened.
    return undefined;
  }
}
