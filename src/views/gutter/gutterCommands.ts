import {
  ConfigurationTarget,
  Range,
  Selection,
  TextEditorRevealType,
  window,
  workspace,
  type QuickPickItem,
  type TextEditor,
} from 'vscode';
import { registerCommands } from '../../platform/commands';
import type { DisposableStore } from '../../platform/disposables';
import { UserError } from '../../platform/errors';
import { setting, type Settings } from '../../platform/settings';
import type { SourceFiles } from '../../platform/sourceFiles';
import type { ShownFrame } from '../../protocol/flamegraph';
import type { PlacedRow } from './annotatedDocument';
import type { AnnotatedSource } from './annotatedSource';
import { changeText } from './changes';
import { percentText } from './header';
import { hotLineFrom, nextHottest } from './hotLines';
import { formatCost, formatPercent } from './numbers';
import { revealHottest } from './reveal';
import { frameOf, isShownFrame } from './shownFrame';
import type { TimingSession } from './timingSession';

/** What the commands of the gutter work on. */
export interface GutterCommandParts {
  readonly session: () => TimingSession | undefined;
  readonly sourceFiles: SourceFiles;
  readonly showInFlamegraph: (frame: ShownFrame, profile: AnnotatedSource) => unknown;
  readonly clear: () => void;
  /** Asks which profile is to annotate. */
  readonly chooseSource: () => Promise<void>;
}

const ANNOUNCED_FOR_MS = 10_000;

/** Registers the commands of the timings beside the source. */
export function registerGutterCommands(parts: GutterCommandParts): DisposableStore {
  return registerCommands({
    clearAnnotations: parts.clear,
    setGutterMode,
    toggleCompactGutter: () =>
      change('gutter.mode', setting('gutter.mode') === 'compact' ? 'full' : 'compact'),
    chooseAnnotatedProfile: parts.chooseSource,
    switchPercentBase: () => switchPercentBase(annotating(parts)),
    nextHotLine: (place?: unknown) => goToHotLine(parts, 'next', place),
    previousHotLine: () => goToHotLine(parts, 'previous', undefined),
    showInFlamegraph: (frame?: unknown) => showInFlamegraph(parts, frame),
    showGutterMenu: () => showMenu(parts),
  });
}

/** Offers to show the timings where the setting hides them. */
export async function turnOn(): Promise<void> {
  const choice = await window.showInformationMessage(
    'Timings beside the source are turned off by the setting hotline.gutter.mode.',
    'Turn On',
  );
  if (choice === 'Turn On') await change('gutter.mode', 'full');
}

function annotating({ session }: GutterCommandParts): TimingSession {
  const current = session();
  if (!current) {
    throw new UserError('No profile is annotated: choose Annotate source on one of the profiles.');
  }
  return current;
}

async function setGutterMode(): Promise<void> {
  const current = setting('gutter.mode');
  const modes: { mode: Settings['gutter.mode']; label: string; detail: string }[] = [
    { mode: 'full', label: 'Full', detail: 'All columns' },
    { mode: 'compact', label: 'Compact', detail: '% Time only' },
    { mode: 'off', label: 'Off', detail: 'No timings beside the source' },
  ];
  const items = modes.map((item) => ({
    ...item,
    ...(item.mode === current ? { description: 'current' } : {}),
  }));
  const chosen = await window.showQuickPick(items, { title: 'Timings beside the source' });
  if (chosen) await change('gutter.mode', chosen.mode);
}

async function switchPercentBase({ annotations, table }: TimingSession): Promise<void> {
  if (annotations.isComparison)
    throw new UserError(
      'Two sides are compared here: each change is told in % of what was before.',
    );
  if (annotations.lineData === 'none' || annotations.lineData === 'memory') {
    const reason =
      annotations.lineData === 'none'
        ? 'This profile has functions only, so % Time is of the request'
        : 'This profile has the memory of lines, which is a share of all growth';
    throw new UserError(`${reason}: it can be switched where lines were timed.`);
  }
  await change('gutter.percentOf', table.base === 'function' ? 'request' : 'function');
}

/** Changes a setting where it is set, and for the user where it is set nowhere. */
async function change<K extends keyof Settings>(key: K, value: Settings[K]): Promise<void> {
  const configuration = workspace.getConfiguration('hotline');
  const inWorkspace = configuration.inspect(key)?.workspaceValue !== undefined;
  const target = inWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await configuration.update(key, value, target);
}

/** @param place where given, `{after: line}`: goes by cost from that 0-based line on. */
async function goToHotLine(
  parts: GutterCommandParts,
  direction: 'next' | 'previous',
  place: unknown,
): Promise<void> {
  const session = annotating(parts);
  const editor = window.activeTextEditor;
  const rows = editor ? session.rowsOf(editor.document) : [];
  if (!editor || rows.length === 0) {
    await revealHottest(session, parts.sourceFiles);
    return;
  }
  const { after } = (place ?? {}) as { after?: unknown };
  const row =
    typeof after === 'number'
      ? nextHottest(rows, after)
      : hotLineFrom(rows, editor.selection.active.line, direction);
  if (row) goTo(session, editor, row);
}

function goTo(session: TimingSession, editor: TextEditor, row: PlacedRow): void {
  const character = editor.document.lineAt(row.at).firstNonWhitespaceCharacterIndex;
  const start = new Range(row.at, character, row.at, character);
  editor.selection = new Selection(start.start, start.end);
  editor.revealRange(start, TextEditorRevealType.InCenterIfOutsideViewport);
  const text = `Line ${row.at + 1}: ${costText(session, row)}`;
  window.setStatusBarMessage(`$(flame) ${text}`, ANNOUNCED_FOR_MS);
}

function costText({ annotations: { unit }, table }: TimingSession, row: PlacedRow): string {
  if (row.delta) return changeText(row.delta.time, unit);
  const share = row.share === undefined ? '' : `${formatPercent(row.share)} % of ${table.base}, `;
  return share + formatCost(row.cost, unit);
}

async function showInFlamegraph(parts: GutterCommandParts, frame: unknown): Promise<void> {
  const session = annotating(parts);
  await parts.showInFlamegraph(
    isShownFrame(frame) ? frame : frameAtCursor(session),
    session.profile.path,
  );
}

function frameAtCursor(session: TimingSession): ShownFrame {
  const editor = window.activeTextEditor;
  const annotated = editor && session.documents.known(editor.document);
  const rows = editor ? session.rowsOf(editor.document) : [];
  const line = editor?.selection.active.line ?? 0;
  const func = annotated?.functionAt(rows, line);
  if (!annotated || !func) {
    throw new UserError(
      `${session.profile.title} has no function at the cursor: put it on a line with timings or in a function that ran.`,
    );
  }
  return frameOf(
    annotated.profiledPath,
    func,
    rows.findLast((row) => row.func === func && row.at <= line),
  );
}

async function showMenu(parts: GutterCommandParts): Promise<void> {
  const session = annotating(parts);
  const items: (QuickPickItem & { run(): unknown })[] = [
    { label: '$(arrow-down) Next hot line', run: () => goToHotLine(parts, 'next', undefined) },
    {
      label: '$(symbol-numeric) Switch what % Time is of',
      description: percentText(session.table),
      run: () => switchPercentBase(session),
    },
    {
      label: '$(layout) Set gutter mode…',
      description: setting('gutter.mode'),
      run: setGutterMode,
    },
    { label: '$(list-selection) Choose which profile annotates…', run: parts.chooseSource },
    { label: '$(clear-all) Clear source annotations', run: parts.clear },
  ];
  const chosen = await window.showQuickPick(items, { title: session.profile.title });
  await chosen?.run();
}
