import { QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import type { OfferedChoices, Period } from '../../core/model/profile';
import { UserError } from '../../platform/errors';
import type { ShownChoice } from '../../protocol/flamegraph';
import { formatMoment, formatPeriod, lastParts, parseMoment } from './periodChoices';

/** What is typed has no parts of a second. */
const LAST_OF_SECOND_MS = 999;

const TITLE = 'Choose what is shown';

interface Choice extends QuickPickItem {
  /** What is to change, `undefined` when that was called off; a separator cannot be chosen. */
  choose?(): Promise<ShownChoice | undefined>;
}

/**
 * Asks what of a file is to be shown: one of its metrics, or a part of its time.
 * @returns what is to change, `undefined` when nothing is
 * @throws UserError where the file has nothing to choose from
 */
export async function chooseShown(offered: OfferedChoices): Promise<ShownChoice | undefined> {
  const items = [...metricItems(offered), ...periodItems(offered)];
  if (items.length === 0) {
    throw new UserError('This profile measures one thing and is shown as a whole.');
  }
  const chosen = await window.showQuickPick(items, { title: TITLE, matchOnDescription: true });
  return chosen?.choose?.();
}

/** Asks for the part of the recorded time that is to be shown. */
export async function choosePeriod({ period }: OfferedChoices): Promise<ShownChoice | undefined> {
  return chooseShown({ metrics: undefined, period });
}

function metricItems({ metrics }: OfferedChoices): Choice[] {
  if (!metrics || metrics.all.length < 2) return [];
  const items = metrics.all.map(({ id, label }): Choice => ({
    label,
    description: descriptionOf(label.includes(id) ? '' : id, id === metrics.shown),
    choose: () => Promise.resolve({ metric: id }),
  }));
  return [separator('Measured'), ...items];
}

function periodItems({ period }: OfferedChoices): Choice[] {
  if (!period) return [];
  const { recorded, shown } = period;
  const item = (label: string, part: Period, period: Period | undefined): Choice => ({
    label,
    description: descriptionOf(formatPeriod(part), isSame(part, shown)),
    choose: () => Promise.resolve({ period }),
  });
  return [
    separator('Time'),
    // No choice at all, so that it grows with a file that is still being written.
    item('All', recorded, undefined),
    ...lastParts(recorded).map(({ label, period: part }) => item(label, part, part)),
    { label: 'From… until…', choose: () => typePeriod(recorded, shown) },
  ];
}

function separator(label: string): Choice {
  return { label, kind: QuickPickItemKind.Separator };
}

function descriptionOf(text: string, isShown: boolean): string {
  return [text, isShown ? 'shown' : ''].filter((part) => part !== '').join(' · ');
}

function isSame(one: Period, other: Period): boolean {
  return one.fromMs === other.fromMs && one.untilMs === other.untilMs;
}

async function typePeriod(recorded: Period, shown: Period): Promise<ShownChoice | undefined> {
  const fromMs = await typeMoment('Show from', shown.fromMs, recorded, recorded.fromMs);
  if (fromMs === undefined) return undefined;
  const untilMs = await typeMoment('Show until', shown.untilMs, recorded, fromMs);
  if (untilMs === undefined) return undefined;
  // All of the second that was typed belongs to it.
  return { period: { fromMs, untilMs: Math.min(untilMs + LAST_OF_SECOND_MS, recorded.untilMs) } };
}

async function typeMoment(
  title: string,
  currentMs: number,
  recorded: Period,
  earliestMs: number,
): Promise<number | undefined> {
  const text = await window.showInputBox({
    title,
    value: formatMoment(currentMs),
    prompt: `Recorded: ${formatPeriod(recorded)}`,
    validateInput: (typed) => problemOf(typed, recorded, earliestMs),
  });
  return text === undefined ? undefined : parseMoment(text, recorded.untilMs);
}

/** Why a moment cannot be taken, for a person. */
function problemOf(typed: string, recorded: Period, earliestMs: number): string | undefined {
  const ms = parseMoment(typed, recorded.untilMs);
  if (ms === undefined) return 'Type a time such as 14:30, or 2026-11-20 14:30:05.';
  if (ms + LAST_OF_SECOND_MS < earliestMs)
    return `It has to be ${formatMoment(earliestMs)} or later.`;
  if (ms > recorded.untilMs) return `It has to be ${formatMoment(recorded.untilMs)} or earlier.`;
  return undefined;
}
