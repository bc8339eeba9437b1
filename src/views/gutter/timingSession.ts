import { window, type Disposable, type TextDocument, type TextEditor } from 'vscode';
import type { Annotations } from '../../core/derive/annotations';
import type { PlacedRow } from './annotatedDocument';
import type { AnnotatedSource } from './annotatedSource';
import type { ShownChoice } from '../../protocol/flamegraph';
import { AnnotatedDocuments, type SourceMatcher } from './annotatedDocuments';
import type { SourceTexts } from '../../platform/sourceTexts';
import { rowText, tableWidth, timingTable, titlesText, type TimingTable } from './columns';
import { TimingDecorations } from './decorations';
import { headerText } from './header';
import { heatLevel } from './heat';
import { percentBase, shareOf, type PercentOf } from './percentBase';

/** A profile whose costs are to stand beside the source. */
export interface ProfileToAnnotate {
  /** What it is read from. */
  readonly path: AnnotatedSource;
  /** What people know it by, such as its request. */
  readonly title: string;
  /** When the profile was taken, milliseconds since the Unix epoch; `undefined` if not known. */
  readonly takenMs: number | undefined;
  /** What of it was chosen to be shown, where it holds several things. */
  readonly choice?: ShownChoice | undefined;
}

/** The settings `hotline.gutter.*`. */
export interface GutterOptions {
  readonly mode: 'off' | 'compact' | 'full';
  readonly percentOf: PercentOf;
}

/** One profile beside the source: its table, the documents it tells of, and how they are drawn. */
export class TimingSession implements Disposable {
  readonly documents: AnnotatedDocuments;
  #options: GutterOptions;
  #table: TimingTable;
  /** By the width of the table: files with queries have a wider one. */
  readonly #decorations = new Map<number, TimingDecorations>();

  constructor(
    readonly profile: ProfileToAnnotate,
    readonly annotations: Annotations,
    sources: SourceMatcher,
    texts: SourceTexts,
    options: GutterOptions,
  ) {
    this.documents = new AnnotatedDocuments(annotations, profile.takenMs, sources, texts);
    this.#options = options;
    this.#table = this.#layOut();
  }

  get table(): TimingTable {
    return this.#table;
  }

  /** Whether the timings are drawn, as opposed to only used by commands. */
  get drawn(): boolean {
    return this.#options.mode !== 'off';
  }

  /** Takes on other settings; every editor is to be drawn again after it. */
  configure(options: GutterOptions): void {
    this.#disposeDecorations();
    this.#options = options;
    this.#table = this.#layOut();
  }

  /** Finds out which of the documents in sight the profile tells of. */
  async matchVisible(): Promise<void> {
    const inSight = new Set(window.visibleTextEditors.map(({ document }) => document));
    await Promise.all([...inSight].map((document) => this.documents.find(document)));
  }

  /** Draws the timings of a document beside its text, and nothing where it is not known to have some. */
  draw(editor: TextEditor): void {
    const annotated = this.documents.known(editor.document);
    const columns = annotated && this.#table.files.get(annotated.profiledPath)?.columns;
    if (!this.drawn || !columns) {
      for (const decorations of this.#decorations.values()) decorations.clear(editor);
      return;
    }
    const rows = this.rowsOf(editor.document);
    const { profile, annotations } = this;
    this.#decorationsOf(tableWidth(columns)).show(editor, {
      rows: rows.map(({ at, level, cells, stale }) => ({
        line: at,
        level,
        text: rowText(columns, cells),
        stale,
      })),
      hotPath: annotated
        .placeHotPath()
        .filter(({ stale }) => !stale)
        .map(({ at, total }) => ({
          line: at,
          level: heatLevel(shareOf(total, 'request', undefined, annotations.total)),
        })),
      titles: titlesText(columns),
      header: headerText(profile.title, this.#table, annotations, rows, annotated.stale),
    });
  }

  /** Draws what came into sight in an editor. */
  scrolled(editor: TextEditor): void {
    for (const decorations of this.#decorations.values()) decorations.scrolled(editor);
  }

  /** The rows of a document where they stand now, ascending; none where it is not known. */
  rowsOf(document: TextDocument): PlacedRow[] {
    const annotated = this.documents.known(document);
    return annotated?.place(this.#table.files.get(annotated.profiledPath)?.rows ?? []) ?? [];
  }

  dispose(): void {
    this.documents.dispose();
    this.#disposeDecorations();
  }

  #decorationsOf(width: number): TimingDecorations {
    const decorations = this.#decorations.get(width) ?? new TimingDecorations(width);
    this.#decorations.set(width, decorations);
    return decorations;
  }

  #disposeDecorations(): void {
    for (const decorations of this.#decorations.values()) decorations.dispose();
    this.#decorations.clear();
  }

  #layOut(): TimingTable {
    const { mode, percentOf } = this.#options;
    const base = percentBase(percentOf, this.annotations);
    return timingTable(this.annotations, mode === 'off' ? 'full' : mode, base);
  }
}
