import { basename } from 'node:path';
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
import { setContext } from '../../platform/commands';
import { DisposableStore } from '../../platform/disposables';
import { UserError, withErrorHandling } from '../../platform/errors';
import { setting } from '../../platform/settings';
import type { SourceFiles } from '../../platform/sourceFiles';
import type { ShownFrame } from '../../protocol/flamegraph';
import { registerGutterCommands, turnOn } from './gutterCommands';
import { registerTimingHovers } from './hover';
import { revealHottest } from './reveal';
import { TimingStatus } from './statusItem';
import { TimingSession, type GutterOptions, type ProfileToAnnotate } from './timingSession';

/** Edits within this time are drawn together. */
const REDRAW_AFTER_MS = 30;

export interface GutterParts {
  readonly importer: {
    annotations(path: string, options: Pick<ProfileToAnnotate, 'choice'>): Promise<Annotations>;
  };
  readonly sourceFiles: SourceFiles;
  /** Shows a function in the flamegraph of the profile that is annotated. */
  readonly showInFlamegraph: (frame: ShownFrame, profilePath: string) => unknown;
}

/** The costs of one profile beside the source, in every editor that shows a file of it. */
export class GutterTimings implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #parts: GutterParts;
  readonly #status: TimingStatus;
  readonly #redraws = new Map<TextDocument, NodeJS.Timeout>();
  #session: TimingSession | undefined;
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
    this.#owned.add(registerGutterCommands({ session, sourceFiles, showInFlamegraph, clear }));
    this.#owned.add(registerTimingHovers(session));
    this.#listen();
  }

  /**
   * Writes a profile's costs beside the source, in place of those of any other profile.
   *
   * @param reveal whether the user asked for just this: then the most telling place of the
   *   workspace is opened when no visible editor shows a file of the profile
   * @throws UserError when the profile cannot be read and the user asked for just this; else
   *   whatever the profile was opened in tells that
   */
  async annotate(profile: ProfileToAnnotate, { reveal = false } = {}): Promise<void> {
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

  /** Takes the costs away. */
  clear(): void {
    this.#asked++;
    this.#replace(undefined);
  }

  dispose(): void {
    this.clear();
    this.#owned.dispose();
  }

  #isShown({ path, takenMs, choice }: ProfileToAnnotate): boolean {
    const shown = this.#session?.profile;
    if (shown?.path !== path || shown.takenMs !== takenMs) return false;
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
      const { sourceFiles } = this.#parts;
      return new TimingSession(profile, annotations, sourceFiles, gutterOptions());
    } catch (cause) {
      if (!(cause instanceof ProfileError)) throw cause;
      if (!tellFailure) return undefined;
      throw new UserError(`${basename(profile.path)}: ${cause.message}`, [], { cause });
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
      window.onDidChangeActiveTextEditor((editor) => {
        this.#status.show(this.#session, editor?.document);
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
    const annotated = this.#session?.documents.known(document);
    if (!annotated) return;
    void withErrorHandling('Timings beside the source', async () => {
      await annotated.refreshFile();
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
      this.#status.show(this.#session, window.activeTextEditor?.document);
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
    this.#status.show(this.#session, window.activeTextEditor?.document);
  }
}

function gutterOptions(): GutterOptions {
  return { mode: setting('gutter.mode'), percentOf: setting('gutter.percentOf') };
}
