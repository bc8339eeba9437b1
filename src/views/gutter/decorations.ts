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
import { rowWindow, type LinesInSight, type RowWindow } from './rowWindow';

/** A row of the table where it is shown. */
export interface ShownRow {
  /** 0-based. */
  readonly line: number;
  readonly level: HeatLevel;
  /** As wide as the table. */
  readonly text: string;
  /** Whether what it tells is of another text than stands there now. */
  readonly stale: boolean;
}

/** All that is shown beside the source of one editor. */
export interface ShownTimings {
  /** Ascending by line, one a line. */
  readonly rows: readonly ShownRow[];
  readonly hotPath: readonly Pick<ShownRow, 'line' | 'level'>[];
  readonly titles: string;
  /** Stands after the first line. */
  readonly header: string;
}

const LEVELS: readonly HeatLevel[] = [0, 1, 2, 3, 4, 5];
const STALE = 'hotline.gutterStaleForeground';
const GAP_TO_CODE = '2ch';
const GAP_TO_HEADER = '4ch';
const HOT_PATH_BORDER = '0 0 0 3px';

/** A no-break space: the editor collapses plain ones in text that is not the document's. */
const SPACE = '\u00a0';

/**
 * Rows whose numbers are drawn at once. The editor makes a style rule for each different text,
 * and its time to drop some grows with the square of their number: 8,000 took it half a minute.
 */
const MOST_ROWS = 400;

/** What is drawn of one level, fresh or stale. */
interface LevelTypes {
  /** Gutter icon and overview ruler mark, on all rows. */
  readonly mark: TextEditorDecorationType;
  /** The numbers, on the rows about those in sight. */
  readonly numbers: TextEditorDecorationType;
}

interface Drawn {
  readonly shown: ShownTimings;
  window: RowWindow;
}

/**
 * The decorations of one table. Each line of an annotated file has a column of the same width
 * before its text, so that the code stays aligned and nothing moves down. There is one type a
 * level and not one a line; only lines with numbers carry options of their own.
 */
export class TimingDecorations implements Disposable {
  readonly #owned = new DisposableStore();
  /** The column beside lines without numbers. */
  readonly #blank: TextEditorDecorationType;
  /** The same beside rows that are far out of sight. */
  readonly #notYet: TextEditorDecorationType;
  readonly #titles: TextEditorDecorationType;
  readonly #header: TextEditorDecorationType;
  /** The whole line, over which the hot path leads. */
  readonly #hotPath: ReadonlyMap<HeatLevel, TextEditorDecorationType>;
  readonly #fresh: ReadonlyMap<HeatLevel, LevelTypes>;
  readonly #stale: ReadonlyMap<HeatLevel, LevelTypes>;
  readonly #drawn = new WeakMap<TextEditor, Drawn>();

  /** @param width of the column, in characters. */
  constructor(width: number) {
    const column = { width: `${width}ch`, margin: `0 ${GAP_TO_CODE} 0 0` };
    const header = new ThemeColor('hotline.gutterHeaderForeground');
    this.#blank = this.#type({ before: { ...column, contentText: SPACE } });
    this.#notYet = this.#type({ before: { ...column, contentText: SPACE } });
    this.#titles = this.#type({ before: { ...column, color: header } });
    this.#header = this.#type({
      after: { color: header, fontStyle: 'italic', margin: `0 0 0 ${GAP_TO_HEADER}` },
    });
    this.#hotPath = new Map(LEVELS.map((level) => [level, this.#type(hotPathLine(level))]));
    const types = (
      level: HeatLevel,
      mark: DecorationRenderOptions,
      colours: ColumnColours,
    ): [HeatLevel, LevelTypes] => [
      level,
      { mark: this.#type(mark), numbers: this.#type({ before: { ...column, ...colours } }) },
    ];
    this.#fresh = new Map(LEVELS.map((level) => types(level, heatMark(level), heatColours(level))));
    this.#stale = new Map(LEVELS.map((level) => types(level, staleMark(level), staleColours())));
  }

  /** Shows the timings and nothing else of this table in an editor. */
  show(editor: TextEditor, shown: ShownTimings): void {
    const taken = new Set(shown.rows.map(({ line }) => line));
    const free: Range[] = [];
    for (let line = 0; line < editor.document.lineCount; line++) {
      if (!taken.has(line)) free.push(startOf(line));
    }
    const [titlesAt, ...blank] = free;
    editor.setDecorations(this.#titles, titlesAt ? [withText(titlesAt, shown.titles)] : []);
    editor.setDecorations(this.#blank, blank);
    editor.setDecorations(this.#header, [headerAfter(editor, shown.header)]);
    this.#eachLevel(shown.rows, (level, { mark }, rows) => {
      if (level > 0)
        editor.setDecorations(
          mark,
          rows.map(({ line }) => startOf(line)),
        );
    });
    for (const [level, type] of this.#hotPath) {
      const lines = shown.hotPath.filter((hot) => hot.level === level);
      editor.setDecorations(
        type,
        lines.map(({ line }) => startOf(line)),
      );
    }
    const window = rowWindow(shown.rows, inSight(editor), MOST_ROWS, undefined);
    this.#drawn.set(editor, { shown, window });
    this.#drawNumbers(editor, shown, window);
  }

  /** Draws the numbers of rows that came into sight. */
  scrolled(editor: TextEditor): void {
    const drawn = this.#drawn.get(editor);
    if (!drawn) return;
    const window = rowWindow(drawn.shown.rows, inSight(editor), MOST_ROWS, drawn.window);
    if (window === drawn.window) return;
    drawn.window = window;
    this.#drawNumbers(editor, drawn.shown, window);
  }

  /** Takes everything of this table away from an editor. */
  clear(editor: TextEditor): void {
    if (!this.#drawn.delete(editor)) return;
    const levels = [...this.#fresh.values(), ...this.#stale.values()];
    const types = [this.#blank, this.#notYet, this.#titles, this.#header];
    types.push(...this.#hotPath.values());
    for (const { mark, numbers } of levels) types.push(mark, numbers);
    for (const type of types) editor.setDecorations(type, []);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #drawNumbers(editor: TextEditor, shown: ShownTimings, { from, to }: RowWindow): void {
    const notYet = [...shown.rows.slice(0, from), ...shown.rows.slice(to)];
    editor.setDecorations(
      this.#notYet,
      notYet.map(({ line }) => startOf(line)),
    );
    this.#eachLevel(shown.rows.slice(from, to), (_, { numbers }, rows) => {
      editor.setDecorations(
        numbers,
        rows.map(({ line, text }) => withText(startOf(line), text)),
      );
    });
  }

  /** Each level with its rows, fresh and stale. */
  #eachLevel(
    rows: readonly ShownRow[],
    draw: (level: HeatLevel, types: LevelTypes, rows: readonly ShownRow[]) => void,
  ): void {
    for (const [types, isStale] of [
      [this.#fresh, false],
      [this.#stale, true],
    ] as const) {
      for (const [level, ofLevel] of types) {
        draw(
          level,
          ofLevel,
          rows.filter((row) => row.level === level && row.stale === isStale),
        );
      }
    }
  }

  #type(options: DecorationRenderOptions): TextEditorDecorationType {
    // Grows with text typed at the start of the line, so that the column stays before it.
    const rangeBehavior = DecorationRangeBehavior.OpenOpen;
    return this.#owned.add(window.createTextEditorDecorationType({ rangeBehavior, ...options }));
  }
}

/** A bar at the left edge and, but for high contrast, the heat behind the line: paler, as code is read on it. */
function hotPathLine(level: HeatLevel): DecorationRenderOptions {
  const pale = Math.max(level - 2, 1);
  return {
    isWholeLine: true,
    borderStyle: 'solid',
    borderWidth: HOT_PATH_BORDER,
    borderColor: new ThemeColor('hotline.hotPathBorder'),
    ...(level === 0 ? {} : { backgroundColor: new ThemeColor(`hotline.heat${pale}Background`) }),
  };
}

interface ColumnColours {
  readonly color: ThemeColor;
  readonly backgroundColor?: ThemeColor;
}

function heatMark(level: HeatLevel): DecorationRenderOptions {
  if (level === 0) return {};
  const colour = `hotline.heat${level}Foreground`;
  return {
    ...heatIcon(level, colour),
    overviewRulerColor: new ThemeColor(colour),
    overviewRulerLane: OverviewRulerLane.Center,
  };
}

function heatColours(level: HeatLevel): ColumnColours {
  const text = level >= HOT ? 'hotline.gutterHotForeground' : 'hotline.gutterForeground';
  const color = new ThemeColor(text);
  return level === 0
    ? { color }
    : { color, backgroundColor: new ThemeColor(`hotline.heat${level}Background`) };
}

function staleMark(level: HeatLevel): DecorationRenderOptions {
  return level === 0 ? {} : heatIcon(level, STALE);
}

function staleColours(): ColumnColours {
  return { color: new ThemeColor(STALE) };
}

/** The lines in sight, folded ones between them included. */
function inSight({ visibleRanges }: TextEditor): LinesInSight {
  return {
    start: visibleRanges[0]?.start.line ?? 0,
    end: visibleRanges.at(-1)?.end.line ?? 0,
  };
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
