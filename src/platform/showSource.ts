import {
  Range,
  TabInputText,
  TabInputTextDiff,
  TextEditorRevealType,
  ViewColumn,
  window,
  workspace,
  type TextDocument,
  type Uri,
} from 'vscode';
import { UserError } from './errors';

/**
 * Shows a file as text with the cursor on a line (1-based), and not over a flamegraph where that
 * can be avoided.
 *
 * @throws UserError when the file cannot be shown as text
 */
export async function showSource(file: Uri, line: number | undefined): Promise<void> {
  const document = await openAsText(file);
  const place = document.lineAt(Math.min(Math.max((line ?? 1) - 1, 0), document.lineCount - 1));
  const start = place.range.start.with({ character: place.firstNonWhitespaceCharacterIndex });
  const editor = await window.showTextDocument(document, {
    viewColumn: sourceColumn(file),
    selection: new Range(start, start),
  });
  editor.revealRange(new Range(start, start), TextEditorRevealType.InCenterIfOutsideViewport);
}

async function openAsText(file: Uri): Promise<TextDocument> {
  try {
    return await workspace.openTextDocument(file);
  } catch (cause) {
    const message = `${file.fsPath} cannot be shown as text: check that it is a readable text file.`;
    throw new UserError(message, [], { cause });
  }
}

/** Where it is shown already, else where other text is, else beside what is in front. */
function sourceColumn(file: Uri): ViewColumn {
  const groups = window.tabGroups.all;
  const withFile = groups.find(({ tabs }) =>
    tabs.some(
      ({ input }) => input instanceof TabInputText && input.uri.toString() === file.toString(),
    ),
  );
  if (withFile) return withFile.viewColumn;
  const active = window.tabGroups.activeTabGroup;
  const free = [active, ...groups].find(
    ({ activeTab }) =>
      activeTab === undefined ||
      activeTab.input instanceof TabInputText ||
      activeTab.input instanceof TabInputTextDiff,
  );
  return free?.viewColumn ?? ViewColumn.Beside;
}
