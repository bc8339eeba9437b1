import { CancellationError, window, type QuickPickItem } from 'vscode';
import type { CollectedProcess } from '../../collector/api';
import type { Period } from '../../core/model/profile';
import { parseMoment } from '../../collector/timeRange';
import { grouped } from '../explorer/rowText';
import type { Restriction } from './timelineDocument';

const TITLE = 'Show collected profile';

/**
 * Asks for a part of the time, in relative or in absolute words.
 * @throws CancellationError when a person thinks better of it
 */
export async function askPeriod(): Promise<Period> {
  const fromMs = await askMoment(`${TITLE}: from`, '-15minutes', -Infinity);
  const untilMs = await askMoment(`${TITLE}: until`, 'now', fromMs);
  return { fromMs, untilMs };
}

/**
 * Asks for the host, the port and the process wherever there is more than left to choose from.
 * @throws CancellationError when a person thinks better of it
 */
export async function askRestriction(
  processes: readonly CollectedProcess[],
  restriction: Restriction,
): Promise<Restriction> {
  const host = restriction.host ?? (await choose(processes, 'host', (each) => each.host));
  const onHost = processes.filter((each) => host === undefined || each.host === host);
  const port = restriction.port ?? (await choose(onHost, 'port', (each) => each.port));
  const onPort = onHost.filter((each) => port === undefined || each.port === port);
  const process = restriction.process ?? (await choose(onPort, 'process', (each) => each.name));
  return { host, port, process };
}

interface Choice<Value> extends QuickPickItem {
  readonly value: Value | undefined;
}

/** One of the values that there are, or `undefined` for all of them; asks only where there are several. */
async function choose<Value extends string | number>(
  processes: readonly CollectedProcess[],
  what: 'host' | 'port' | 'process',
  of: (process: CollectedProcess) => Value,
): Promise<Value | undefined> {
  const samples = new Map<Value, number>();
  for (const process of processes)
    samples.set(of(process), (samples.get(of(process)) ?? 0) + process.samples);
  if (samples.size < 2) return undefined;
  const choices = [...samples].map(([value, count]): Choice<Value> => ({
    label: value === '' ? 'Without a name' : String(value),
    description: `${grouped(count)} samples`,
    value,
  }));
  const all: Choice<Value> = {
    label: what === 'process' ? 'All processes' : `All ${what}s`,
    value: undefined,
  };
  const title = `${TITLE}: ${what}`;
  const chosen = await window.showQuickPick([all, ...choices], { title, placeHolder: title });
  if (!chosen) throw new CancellationError();
  return chosen.value;
}

async function askMoment(title: string, value: string, earliestMs: number): Promise<number> {
  const text = await window.showInputBox({
    title,
    value,
    prompt: 'Such as -15minutes, -2h, now, 14:30 or 2026-11-20 14:30',
    validateInput: (typed) => problemOf(typed, earliestMs),
  });
  if (text === undefined) throw new CancellationError();
  return parseMoment(text, Date.now());
}

function problemOf(typed: string, earliestMs: number): string | undefined {
  try {
    return parseMoment(typed, Date.now()) > earliestMs
      ? undefined
      : 'It has to be later than the beginning.';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
