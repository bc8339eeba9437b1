import { isDeepStrictEqual } from 'node:util';
import {
  window,
  workspace,
  type Disposable,
  type TextDocument,
  type TextDocumentChangeEvent,
} from 'vscode';
import type { Annotations } from '../../core/derive/annotations';
import { ProfileError } from '../../core/model/errors';
import { isSameSource, sourceName, type ProfileSource } from '../../core/profileSource';
import { setContext } from '../../platform/commands';
import { DisposableStore } from '../../platform/disposables';
import { UserError, withErrorHandling } from '../../platform/errors';
import { setting } from '../../platform/settings';
import type { SourceFiles } from '../../platform/sourceFiles';
import type { ShownFrame } from '../../protocol/flamegraph';
import {
  askSource,
  isWanted,
  type AnnotationCause,
  type AnnotationSource,
} from './annotationSource';
import { registerGutterCommands, turnOn } from './gutterCommands';
import { registerTimingHovers } from './hover';
import { revealHottest } from './reveal';
import type { SourceTexts } from '../../platform/sourceTexts';
import { TimingStatus } from './statusItem';
import { TimingSession, type GutterOptions, type ProfileToAnnotate } from './timingSession';

/** Edits within this time are drawn together. */
const REDRAW_AFTER_MS = 30;

export interface GutterParts {
  readonly importer: {
    annotations(
      source: ProfileSource,
      options: Pick<ProfileToAnnotate, 'choice'>,
    ): Promise<Annotations>;
  };
  readonly sourceFiles: SourceFiles;
  readonly texts: SourceTexts;
  /** Shows a function in the flamegraph of the profile that is annotated. */
  readonly showInFlamegraph: (frame: ShownFrame, profile: ProfileSource) => unknown;
  /** Begins (with the latest that there is) or ends to annotate each profile as it comes. */
  readonly followLatest: (enabled: boolean) => void;
}

/** The costs of one profile beside the source, in every editor that shows a file of it. */
export class GutterTimings implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #parts: GutterParts;
  readonly #status: TimingStatus;
  readonly #redraws = new Map<TextDocument, NodeJS.Timeout>();
  #session: TimingSession | undefined;
  #source: AnnotationSource = 'opened';
  /** The profile that was opened last. */
  #opened: ProfileToAnnotate | undefined;
  /** Counts what was asked for, so that an answer that comes late is not shown. */
  #asked = 0;

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
    if (cause !== 'arrived') this.#opened = profile;
    if (cause === 'asked') this.#setSource('opened');
    if (isWanted(this.#source, cause)) await this.#annotate(profile, cause === 'asked');
  }

  /** The profile whose costs stand beside the source. */
  get annotated(): ProfileSource | undefined {
    return this.#session?.profile.path;
  }

  /** Takes the costs away. */
  clear(): void {
    this.#asked++;
    this.#replace(undefined);
  }

  dispose(): void {
    this.clear();
    this.#owned.dispose();
  }

  async #annotate(profile: ProfileToAnnotate, reveal: boolean): Promise<void> {
    const asked = ++this.#asked;
    if (!this.#isShown(profile)) {
      const session = await this.#sessionOf(profile, reveal);
      await session?.matchVisible();
      if (asked !== this.#asked) {
        session?.dispose();
        return;
      }
      this.#replace(session);
    }
    if (reveal) await this.#reveal();
  }

  async #chooseSource(): Promise<void> {
    const source = await askSource(this.#source, this.#opened?.title);
    if (source === undefined) return;
    this.#setSource(source);
    if (source === 'opened' && this.#opened) await this.#annotate(this.#opened, false);
    if (source === 'none') this.clear();
  }

  #setSource(source: AnnotationSource): void {
    if (source === this.#source) return;
    this.#source = source;
    this.#parts.followLatest(source === 'latest');
    this.#showStatus();
  }

  #isShown({ path, takenMs, choice }: ProfileToAnnotate): boolean {
    const shown = this.#session?.profile;
    if (!shown || !isSameSource(shown.path, path) || shown.takenMs !== takenMs) return false;
    return isDeepStrictEqual(shown.choice, choice);
  }

  async #sessionOf(
    profile: ProfileToAnnotate,
    tellFailure: boolean,
  ): Promise<TimingSession | undefined> {
    try {
      const annotations = await this.#parts.importer.annotations(profile.path, {
        choice: profile.choice,
      });
      const { sourceFiles, texts } = this.#parts;
      return new TimingSession(profile, annotations, sourceFiles, texts, gutterOptions());
    } catch (cause) {
      if (!(cause instanceof ProfileError)) throw cause;
      if (!tellFailure) return undefined;
      throw new UserError(`${sourceName(profile.path)}: ${cause.message}`, [], { cause });
    }
  }

  #replace(session: TimingSession | undefined): void {
    for (const timer of this.#redraws.values()) clearTimeout(timer);
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
    this.#redrawSoon(document);
  }

  #fileChanged(document: TextDocument): void {
    const session = this.#session;
    if (!session?.documents.known(document)) return;
    void withErrorHandling('Timings beside the source', async () => {
      await session.documents.fileChanged(document);
      this.#redrawSoon(document);
    });
  }

  #redrawSoon(document: TextDocument): void {
    clearTimeout(this.#redraws.get(document));
    const redraw = (): void => {
      this.#redraws.delete(document);
      for (const editor of window.visibleTextEditors) {
        if (editor.document === document) this.#session?.draw(editor);
      }
      this.#showStatus();
    };
    this.#redraws.set(document, setTimeout(redraw, REDRAW_AFTER_MS));
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
