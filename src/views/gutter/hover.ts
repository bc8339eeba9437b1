import {
  Hover,
  languages,
  MarkdownString,
  type Disposable,
  type Position,
  type TextDocument,
} from 'vscode';
import type { AnnotatedFunction } from '../../core/derive/annotations';
import { codeStart } from './codeStart';
import { HOVER_COMMANDS, hoverText } from './hoverText';
import { frameOf } from './shownFrame';
import type { TimingSession } from './timingSession';

/**
 * Registers the hover on timings: over the column or the indentation of a line, so that it does
 * not add to each hover over code.
 */
export function registerTimingHovers(session: () => TimingSession | undefined): Disposable {
  return languages.registerHoverProvider(
    { scheme: 'file' },
    {
      provideHover: (document, position) => {
        const current = session();
        return current?.drawn ? timingHover(current, document, position) : undefined;
      },
    },
  );
}

function timingHover(
  session: TimingSession,
  document: TextDocument,
  { line, character }: Position,
): Hover | undefined {
  const annotated = session.documents.known(document);
  if (!annotated || character > codeStart(document.lineAt(line).text)) return undefined;
  const row = session.rowsOf(document).find(({ at }) => at === line);
  const hot = annotated.placeHotPath().find(({ at }) => at === line);
  const defined = costliestFirst(annotated.definedAt(line));
  const func = row?.func ?? defined[0];
  if (!row && !func) return undefined;
  const { annotations, table } = session;
  const text = hoverText(
    {
      table,
      unit: annotations.unit,
      total: annotations.total,
      lineData: annotations.lineData,
      row,
      func,
      others: defined.filter((other) => other !== func),
      stale: annotated.stale ? 'file' : row?.stale ? 'line' : undefined,
      hot,
    },
    func && frameOf(annotated.profiledPath, func, row),
    line,
  );
  const markdown = new MarkdownString(text, true);
  markdown.isTrusted = { enabledCommands: HOVER_COMMANDS };
  return new Hover(markdown);
}

function costliestFirst(functions: readonly AnnotatedFunction[]): AnnotatedFunction[] {
  return [...functions].sort((a, b) => b.total - a.total);
}
