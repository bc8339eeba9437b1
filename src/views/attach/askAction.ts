import { window, type QuickPickItem } from 'vscode';
import { DEFAULT_SECONDS, MOST_SECONDS, parseSeconds } from './seconds';

/** What is done with a process. */
export type AttachAction =
  | { readonly kind: 'record'; readonly sampler: SamplerName; readonly seconds: number }
  | { readonly kind: 'dump' };

type SamplerName = 'py-spy' | 'austin';

interface ActionItem extends QuickPickItem {
  action(): Promise<AttachAction | undefined>;
}

export interface Offered {
  /** The process, for the title. */
  readonly title: string;
  /** Whether austin is there as well. */
  readonly austin: boolean;
  /** Whether a recording can be ended and kept: Windows has no signal that samplers end by. */
  readonly canStop: boolean;
}

/** Asks what to do with a process; `undefined` where nothing was chosen. */
export async function askAction({
  title,
  austin,
  canStop,
}: Offered): Promise<AttachAction | undefined> {
  const samplers: SamplerName[] = austin ? ['py-spy', 'austin'] : ['py-spy'];
  const dump: ActionItem = {
    label: '$(list-tree) Dump current stacks',
    detail: 'Shows where every thread is now, with links: for a process that hangs',
    action: () => Promise.resolve({ kind: 'dump' }),
  };
  const recordings = samplers.map((sampler) => recordItems(sampler, canStop));
  const items = [...(recordings[0] ?? []), dump, ...recordings.slice(1).flat()];
  const chosen = await window.showQuickPick(items, { title, placeHolder: 'What to do with it' });
  return chosen?.action();
}

function recordItems(sampler: SamplerName, canStop: boolean): ActionItem[] {
  const timed: ActionItem = {
    label: '$(record) Record for some seconds…',
    description: sampler,
    detail: 'Samples its stacks from outside and opens them as a flamegraph',
    action: async () => {
      const seconds = await askSeconds();
      return seconds === undefined ? undefined : { kind: 'record', sampler, seconds };
    },
  };
  const open: ActionItem = {
    label: '$(record) Record until stopped',
    description: sampler,
    detail: 'The same, until you stop it; an hour at most',
    action: () => Promise.resolve({ kind: 'record', sampler, seconds: MOST_SECONDS }),
  };
  return canStop ? [timed, open] : [timed];
}

async function askSeconds(): Promise<number | undefined> {
  const text = await window.showInputBox({
    title: 'Record for how many seconds?',
    value: String(DEFAULT_SECONDS),
    validateInput: (value) =>
      parseSeconds(value) === undefined
        ? `A whole number of seconds from 1 to ${MOST_SECONDS}.`
        : undefined,
  });
  return text === undefined ? undefined : parseSeconds(text);
}
