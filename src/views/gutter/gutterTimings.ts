import { isDeepStrictEqual } from 'node:util';
import {
  window,
  workspace,
  type Disposable,
  type TextDocument,
  type TextDocumentChangeEvent,
} from 'vscode';
import { ProfileError } from '../../core/model/errors';
import type { ComparedSource } from '../../core/profileSource';
import { setContext } from '../../platform/commands';
import { DisposableStore } from '../../platform/disposables';
import { UserError, withErrorHandling } from '../../platform/errors';
import { setting } from '../../platform/settings';
import type { SourceFiles } from '../../platform/sourceFiles';
import type { ShownFrame } from '../../protocol/flamegraph';
import { annotatedName, isSameAnnotated, type AnnotatedSource } from './annotatedSource';
import {
  askSource,
  isWanted,
  type AnnotationCause,
  type AnnotationSource,
} from './annotationSource';
import { registerGutterCommands, turnOn } from './gutterCommands';
import { registerTimingHovers } from './hover';
import { readAnnotations, type AnnotationImporter } from './readAnnotations';
import { Redraws } from './redraws';
import { revealHottest } from './reveal';
import type { SourceTexts } from '../../platform/sourceTexts';
import { TimingStatus } from './statusItem';
import { TimingSession, type GutterOptions, type ProfileToAnnotate } from './timingSession';

export interface GutterParts {
  readonly importer: AnnotationImporter;
  readonly sourceFiles: SourceFiles;
  readonly texts: SourceTexts;
  /** Shows a function in the flamegraph of the profile or the comparison that is annotated. */
  readonly showInFlamegraph: (frame: ShownFrame, profile: AnnotatedSource) => unknown;
  /** All profiles of the endpoint that a profile is of, as one; `undefined` where none is known. */
  readonly endpointOf: (profile: ProfileToAnnotate) => Promise<ProfileToAnnotate | undefined>;
  /** Begins (with the latest that there is) or ends to annotate each profile as it comes. */
  readonly followLatest: (enabled: boolean) => void;
}

/** The costs of one profile beside the source, in every editor that shows a file of it. */
export class GutterTimings implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #parts: GutterParts;
  readonly #status: TimingStatus;
  readonly #redraws = new Redraws((document) => {
    this.#draw(document);
  });
  #session: TimingSession | undefined;
  #source: AnnotationSource = 'opened';
  /** The profile that was opened last. */
  #opened: ProfileToAnnotate | undefined;
  /** The comparison that was opened last, as long as its tab is there. */
  #comparison: ProfileToAnnotate | undefined;
  /** Aborted when something else is asked for: an answer that comes late is not shown. */
  #asked = new AbortController();

  constructor(parts: GutterParts) {
    this.#parts = parts;
    const { sourceFiles, showInFlamegraph } = parts;
    this.#status = this.#owned.add(new TimingStatus());
    const session = (): TimingSession | undefined => this.#session;
    const clear = (): void => {
      this.clear();
    };
    const chooseSource = (): Promise<void> => this.#chooseSource();
    this.#owned.add(
      registerGutterCommands({ session, sourceFiles, showInFlamegraph, clear, chooseSource }),
    );
    this.#owned.add(registerTimingHovers(session));
    this.#listen();
  }

  /**
   * Writes a profile's costs beside the source, in place of those of any other profile, if it is the
   * one that was chosen to annotate. Where the user asked for just this, the most telling place of
   * the workspace is opened when no visible editor shows a file of the profile.
   *
   * @throws UserError when the profile cannot be read and the user asked for just this; else
   *   whatever the profile was opened in tells that
   */
  async annotate(profile: ProfileToAnnotate, cause: AnnotationCause): Promise<void> {
    if (cause === 'compared') this.#comparison = profile;
    else if (cause !== 'arrived') this.#opened = profile;
    if (cause === 'asked') this.#setSource('opened');
    if (!isWanted(this.#source, cause)) return;
    const isOfEndpoint = this.#source === 'endpoint' && cause === 'opened';
    await (isOfEndpoint ? this.#annotateEndpoint() : this.#annotate(profile, cause === 'asked'));
  }

  /** The tab of a comparison was closed: what was annotated before comes back. */
  async forgetComparison(source: ComparedSource): Promise<void> {
    if (!this.#comparison || !isSameAnnotated(this.#comparison.path, source)) return;
    this.#comparison = undefined;
    if (this.#source === 'comparison') this.#setSource('opened');
    if (!this.annotated || !isSameAnnotated(this.annotated, source)) return;
    this.clear();
    await this.#annotateOpened();
  }

  /** The profile or the comparison whose costs stand beside the source. */
  get annotated(): AnnotatedSource | undefined {
    return this.#session?.profile.path;
  }

  /** Takes the costs away. */
  clear(): void {
    this.#asked.abort();
    this.#replace(undefined);
  }

  dispose(): void {
    this.clear();
    this.#owned.dispose();
  }

  async #annotate(profile: ProfileToAnnotate, reveal: boolean): Promise<void> {
    this.#asked.abort();
    const asked = (this.#asked = new AbortController());
    if (!this.#isShown(profile)) {
      const session = await this.#sessionOf(profile, asked, reveal);
      await session?.matchVisible();
      if (asked.signal.aborted) {
        session?.dispose();
        return;
      }
      this.#replace(session);
    }
    if (reveal) await this.#reveal();
  }

  /** Writes the costs of all profiles of the endpoint of the one opened last; else those of that one. */
  async #annotateEndpoint(): Promise<void> {
    const opened = this.#opened;
    if (!opened) return;
    const endpoint = await this.#parts.endpointOf(opened);
    if (opened === this.#opened) await this.#annotate(endpoint ?? opened, false);
  }

  async #chooseSource(): Promise<void> {
    const opened = this.#opened;
    const endpoint = opened && (await this.#parts.endpointOf(opened));
    const titles = {
      opened: opened?.title,
      endpoint: endpoint?.title,
      comparison: this.#comparison?.title,
    };
    const source = await askSource(this.#source, titles);
    if (source === undefined) return;
    this.#setSource(source);
    if (source === 'comparison' && this.#comparison) await this.#annotate(this.#comparison, false);
    if (source === 'none') this.clear();
    await this.#annotateOpened();
  }

  /** Writes the costs of the profile opened last, or of its endpoint, where one of them is chosen. */
  async #annotateOpened(): Promise<void> {
    if (this.#source === 'endpoint') await this.#annotateEndpoint();
    if (this.#source === 'opened' && this.#opened) await this.#annotate(this.#opened, false);
  }

  #setSource(source: AnnotationSource): void {
    if (source === this.#source) return;
    this.#source = source;
    this.#parts.followLatest(source === 'latest');
    this.#showStatus();
  }

  #isShown({ path, takenMs, choice }: ProfileToAnnotate): boolean {
    const shown = this.#session?.profile;
    if (!shown || !isSameAnnotated(shown.path, path) || shown.takenMs !== takenMs) return false;
    return isDeepStrictEqual(shown.choice, choice);
  }

  async #sessionOf(
    profile: ProfileToAnnotate,
    asked: AbortController,
    tellFailure: boolean,
  ): Promise<TimingSession | undefined> {
    const { importer, sourceFiles, texts } = this.#parts;
    try {
      const annotations = await readAnnotations(importer, profile, asked.signal);
      if (!annotations) {
        // Whoever cancels it wants what stood there before.
        asked.abort();
        return undefined;
      }
      return new TimingSession(profile, annotations, sourceFiles, texts, gutterOptions());
    } catch (cause) {
      if (!(cause instanceof ProfileError)) throw cause;
      if (!tellFailure) return undefined;
      throw new UserError(`${annotatedName(profile.path)}: ${cause.message}`, [], { cause });
    }
  }

  #replace(session: TimingSession | undefined): void {
    this.#redraws.clear();
    this.#session?.dispose();
    this.#session = session;
    setContext('annotating', session !== undefined);
    this.#drawVisible();
  }

  async #reveal(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    if (!session.drawn) void withErrorHandling('Annotate source', turnOn);
    const seen = window.visibleTextEditors.some(
      ({ document }) => session.rowsOf(document).length > 0,
    );
    if (!seen) await revealHottest(session, this.#parts.sourceFiles);
  }

  #listen(): void {
    this.#owned.add(
      window.onDidChangeVisibleTextEditors(() => {
        this.#matchAndDraw();
      }),
    );
    this.#owned.add(
      window.onDidChangeActiveTextEditor(() => {
        this.#showStatus();
      }),
    );
    this.#owned.add(
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        this.#session?.scrolled(textEditor);
      }),
    );
    this.#owned.add(
      workspace.onDidChangeTextDocument((event) => {
        this.#edited(event);
      }),
    );
    this.#owned.add(
      workspace.onDidSaveTextDocument((document) => {
        this.#fileChanged(document);
      }),
    );
    this.#owned.add(
      workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('hotline.gutter')) return;
        this.#session?.configure(gutterOptions());
        this.#drawVisible();
      }),
    );
    this.#owned.add(
      this.#parts.sourceFiles.onDidChange(() => {
        this.#matchAndDraw({ recheck: true });
      }),
    );
  }

  #edited({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (!this.#session?.documents.known(document)) return;
    // Text was read again from a file that something else changed.
    if (contentChanges.length > 0 && !document.isDirty) this.#fileChanged(document);
    this.#redraws.request(document);
  }

  #fileChanged(document: TextDocument): void {
    const session = this.#session;
    if (!session?.documents.known(document)) return;
    void withErrorHandling('Timings beside the source', async () => {
      await session.documents.fileChanged(document);
      this.#redraws.request(document);
    });
  }

  #draw(document: TextDocument): void {
    for (const editor of window.visibleTextEditors) {
      if (editor.document === document) this.#session?.draw(editor);
    }
    this.#showStatus();
  }

  #matchAndDraw({ recheck = false } = {}): void {
    const session = this.#session;
    if (!session) return;
    void withErrorHandling('Timings beside the source', async () => {
      if (recheck) await session.documents.recheck();
      await session.matchVisible();
      if (session === this.#session) this.#drawVisible();
    });
  }

  #drawVisible(): void {
    for (const editor of window.visibleTextEditors) this.#session?.draw(editor);
    this.#showStatus();
  }

  #showStatus(): void {
    this.#status.show(this.#session, window.activeTextEditor?.document, this.#source);
  }
}

function gutterOptions(): GutterOptions {
  return { mode: setting('gutter.mode'), percentOf: setting('gutter.percentOf') };
}
