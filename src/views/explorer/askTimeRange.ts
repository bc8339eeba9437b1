import { window, type QuickPickItem } from 'vscode';
import type { Period } from '../../core/model/profile';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { formatMoment, formatPeriod, parseMoment } from '../flamegraph/periodChoices';
import { grouped } from './rowText';
import { entriesWithin, namedRanges, recordedPeriod, type TimeRange } from './timeRange';

/** What is typed has no parts of a second: all of the last second belongs to it. */
const LAST_OF_SECOND_MS = 999;

interface Choice extends QuickPickItem {
  range(): Promise<TimeRange | undefined>;
}

/** Asks for a part of the time, and tells of each how many of the profiles are of it. */
export async function askTimeRange(
  entries: readonly ProfileEntry[],
): Promise<TimeRange | undefined> {
  const named = namedRanges(Date.now()).map((range): Choice => ({
    label: range.name,
    description: countText(entriesWithin(entries, range.period).length),
    range: () => Promise.resolve(range),
  }));
  const typed: Choice = { label: 'From… until…', range: () => typeRange(entries) };
  const title = 'Aggregate the profiles of a time range';
  const chosen = await window.showQuickPick([...named, typed], { title, placeHolder: title });
  return chosen?.range();
}

function countText(count: number): string {
  return count === 1 ? '1 profile' : `${grouped(count)} profiles`;
}

async function typeRange(entries: readonly ProfileEntry[]): Promise<TimeRange | undefined> {
  const recorded = recordedPeriod(entries, Date.now());
  const fromMs = await askMoment('Aggregate from', recorded.fromMs, recorded, -Infinity);
  if (fromMs === undefined) return undefined;
  const lastMs = await askMoment('Aggregate until', recorded.untilMs, recorded, fromMs);
  if (lastMs === undefined) return undefined;
  const period = { fromMs, untilMs: lastMs + LAST_OF_SECOND_MS };
  return { name: formatPeriod(period), period };
}

/** Asks for a moment, in milliseconds since the Unix epoch, not before `earliestMs`. */
export async function askMoment(
  title: string,
  valueMs: number,
  recorded: Period,
  earliestMs: number,
): Promise<number | undefined> {
  const text = await window.showInputBox({
    title,
    value: formatMoment(valueMs),
    prompt: `The profiles are of ${formatPeriod(recorded)}`,
    validateInput: (typed) => {
      const ms = parseMoment(typed, recorded.untilMs);
      if (ms === undefined) return 'Type a time such as 14:30, or 2026-11-20 14:30:05.';
      return ms < earliestMs ? `It has to be ${formatMoment(earliestMs)} or later.` : undefined;
    },
  });
  return text === undefined ? undefined : parseMoment(text, recorded.untilMs);
}
