import {
  DecorationRangeBehavior,
  OverviewRulerLane,
  Range,
  ThemeColor,
  window,
  type DecorationOptions,
  type DecorationRenderOptions,
  type Disposable,
  type TextEditor,
  type TextEditorDecorationType,
} from 'vscode';
import { DisposableStore } from '../../platform/disposables';
import { HOT, type HeatLevel } from './heat';
import { heatIcon } from './heatIcon';

/** A row of the table where it is shown. */
export interface ShownRow {
  /** 0-based. */
  readonly line: number;
  readonly level: HeatLevel;
  /** As wide as the table. */
  readonly text: string;
}

/** All that is shown beside the source of one editor. */
export interface ShownTimings {
  readonly rows: readonly ShownRow[];
  readonly titles: string;
  /** Stands after the first line. */
  readonly header: string;
  readonly stale: boolean;
}

const LEVELS: readonly HeatLevel[] = [0, 1, 2, 3, 4, 5];
const STALE = 'hotline.gutterStaleForeground';
const GAP_TO_CODE = '2ch';
const GAP_TO_HEADER = '4ch';

/** A no-break space: the editor collapses plain ones in text that is not the document's. */
const SPACE = '\u00a0';

/**
 * The decorations of one table. Each line of an annotated file has a column of the same width before its text,
 * so that the code stays aligned and nothing moves down. There is one type a level and not one a
 * line; only lines with numbers carry options of their own.
 */
export class TimingDecorations implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #blank: TextEditorDecorationType;
  readonly #titles: TextEditorDecorationType;
  readonly #header: TextEditorDecorationType;
  readonly #levels: readonly TextEditorDecorationType[];
  readonly #staleLevels: readonly TextEditorDecorationType[];

  /** @param width of the column, in characters. */
  constructor(width: number) {
    const column = { width: `${width}ch`, margin: `0 ${GAP_TO_CODE} 0 0` };
    const header = new ThemeColor('hotline.gutterHeaderForeground');
    this.#blank = this.#type({ before: { ...column, contentText: SPACE } });
    this.#titles = this.#type({ before: { ...column, color: header } });
    this.#header = this.#type({
      after: { color: header, fontStyle: 'italic', margin: `0 0 0 ${GAP_TO_HEADER}` },
    });
    this.#levels = LEVELS.map((level) =>
      this.#type({ ...heatMarks(level), before: { ...column, ...heatColours(level) } }),
    );
    const stale = { ...column, color: new ThemeColor(STALE) };
    this.#staleLevels = LEVELS.map((level) =>
      this.#type({ ...(level > 0 ? heatIcon(level, STALE) : {}), before: stale }),
    );
  }

  /** Shows the timings and nothing else of this table in an editor. */
  show(editor: TextEditor, shown: ShownTimings): void {
    const placed = new Map(shown.rows.map((row) => [row.line, row]));
    const free: Range[] = [];
    for (let line = 0; line < editor.document.lineCount; line++) {
      if (!placed.has(line)) free.push(startOf(line));
    }
    const [titlesAt, ...blank] = free;
    editor.setDecorations(this.#titles, titlesAt ? [withText(titlesAt, shown.titles)] : []);
    editor.setDecorations(this.#blank, blank);
    editor.setDecorations(this.#header, [headerAfter(editor, shown.header)]);
    this.#showRows(editor, [...placed.values()], shown.stale);
  }

  /** Takes everything of this table away from an editor. */
  clear(editor: TextEditor): void {
    for (const type of [this.#blank, this.#titles, this.#header]) editor.setDecorations(type, []);
    this.#showRows(editor, [], false);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #showRows(editor: TextEditor, rows: readonly ShownRow[], stale: boolean): void {
    for (const level of LEVELS) {
      const options = rows
        .filter((row) => row.level === level)
        .map((row) => withText(startOf(row.line), row.text));
      const [used, unused] = stale
        ? [this.#staleLevels[level], this.#levels[level]]
        : [this.#levels[level], this.#staleLevels[level]];
      if (used) editor.setDecorations(used, options);
      if (unused) editor.setDecorations(unused, []);
    }
  }

  #type(options: DecorationRenderOptions): TextEditorDecorationType {
    // Grows with text typed at the start of the line, so that the column stays before it.
    const rangeBehavior = DecorationRangeBehavior.OpenOpen;
    return this.#owned.add(window.createTextEditorDecorationType({ rangeBehavior, ...options }));
  }
}

function heatMarks(level: HeatLevel): DecorationRenderOptions {
  if (level === 0) return {};
  const colour = `hotline.heat${level}Foreground`;
  return {
    ...heatIcon(level, colour),
    overviewRulerColor: new ThemeColor(colour),
    overviewRulerLane: OverviewRulerLane.Center,
  };
}

function heatColours(level: HeatLevel): { color: ThemeColor; backgroundColor?: ThemeColor } {
  const text = level >= HOT ? 'hotline.gutterHotForeground' : 'hotline.gutterForeground';
  const color = new ThemeColor(text);
  return level === 0
    ? { color }
    : { color, backgroundColor: new ThemeColor(`hotline.heat${level}Background`) };
}

function startOf(line: number): Range {
  return new Range(line, 0, line, 0);
}

function withText(range: Range, text: string): DecorationOptions {
  return { range, renderOptions: { before: { contentText: text.replaceAll(' ', SPACE) } } };
}

function headerAfter(editor: TextEditor, text: string): DecorationOptions {
  const end = editor.document.lineAt(0).range.end;
  const renderOptions = { after: { contentText: text.replaceAll(' ', SPACE) } };
  return { range: new Range(end, end), renderOptions };
}
