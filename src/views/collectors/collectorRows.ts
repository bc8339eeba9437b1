import type { Endpoint, EndpointState, EndpointStatus, Protocol } from '../../collector/api';
import { localTime, relativeTime } from '../explorer/relativeTime';
import { grouped } from '../explorer/rowText';
import type { CollectorEntry } from './collectorEntries';

/** What a row of the *Collectors* view shows, and what it tells a screen reader. */
export interface CollectorRow {
  readonly label: string;
  readonly description: string;
  /** A codicon. */
  readonly icon: string;
  readonly isWarning: boolean;
  readonly spoken: string;
}

/** A line of a row's tooltip. */
export interface CollectorFact {
  readonly name: string;
  readonly value: string;
}

const ICONS: Readonly<Record<EndpointState, string>> = {
  waiting: 'watch',
  collecting: 'pulse',
  unreachable: 'warning',
  paused: 'debug-pause',
  elsewhere: 'multiple-windows',
};

const PROTOCOLS: Readonly<Record<Protocol, string>> = {
  stacksampler: 'nylas’ stacksampler',
  hotline: 'Hotline’s sampler',
  pprof: 'Go’s net/http/pprof',
};

/** What an endpoint is called: its address without what goes without saying. */
export function endpointName({ url }: Endpoint): string {
  return shortAddress(url);
}

/** The row of an endpoint that was added alone. */
export function endpointRow(status: EndpointStatus, nowMs: number): CollectorRow {
  return rowOf(endpointName(status.endpoint), stateText(status, nowMs), status.state);
}

/** The row of one of several endpoints that were added as one, and differ in their ports. */
export function memberRow(status: EndpointStatus, nowMs: number): CollectorRow {
  return { ...endpointRow(status, nowMs), label: `:${status.endpoint.port}` };
}

/** The row of several endpoints that were added as one. */
export function groupRow(text: string, members: readonly EndpointStatus[]): CollectorRow {
  const inState = (state: EndpointState): number =>
    members.filter((member) => member.state === state).length;
  const unreachable = inState('unreachable');
  const told = [`${inState('collecting')} of ${members.length} collecting`];
  if (unreachable > 0) told.push(`${unreachable} unreachable`);
  return rowOf(
    shortAddress(text),
    told.join(' · '),
    unreachable > 0 ? 'unreachable' : groupState(members),
  );
}

/** The row of an entry that nothing is collected from: nobody agreed to it, or it cannot be read. */
export function refusedRow({ text, problem }: CollectorEntry): CollectorRow {
  const description = problem ?? 'asked for by the workspace, not collected from';
  const icon = problem === undefined ? 'shield' : 'warning';
  const isWarning = problem !== undefined;
  const label = shortAddress(text);
  return { label, description, icon, isWarning, spoken: `${label}, ${description}` };
}

/** All that is known of an endpoint. */
export function endpointFacts(status: EndpointStatus, nowMs: number): CollectorFact[] {
  const { protocol, pid, process, collectedMs, lastSamples, totalSamples } = status;
  const { error, restartedMs, nextMs } = status;
  const fact = (name: string, value: string | undefined): CollectorFact[] =>
    value === undefined || value === '' ? [] : [{ name, value }];
  const moment = (ms: number | undefined): string | undefined =>
    ms === undefined ? undefined : `${localTime(ms)}, ${relativeTime(ms, nowMs)}`;
  return [
    ...fact('State', stateText(status, nowMs)),
    ...fact('Since', localTime(status.sinceMs)),
    ...fact('Problem', error),
    ...fact('Protocol', protocol && PROTOCOLS[protocol]),
    ...fact('Process', process),
    ...fact('Process number', pid?.toString()),
    ...fact('Process started anew', moment(restartedMs)),
    ...fact('Last collected', moment(collectedMs)),
    ...fact(
      'Samples in the last pull',
      lastSamples === undefined ? undefined : grouped(lastSamples),
    ),
    ...fact('Samples since this window opened', grouped(totalSamples)),
    ...fact('Asked next', nextMs === undefined ? undefined : localTime(nextMs)),
  ];
}

function shortAddress(address: string): string {
  return address.replace(/^http:\/\//, '').replace(/\/$/, '');
}

function stateText(status: EndpointStatus, nowMs: number): string {
  const { state, sinceMs, lastSamples, collectedMs } = status;
  switch (state) {
    case 'waiting':
      return 'waiting for the first answer';
    case 'collecting': {
      if (lastSamples === undefined || collectedMs === undefined) return 'collecting';
      const count = lastSamples === 1 ? '1 sample' : `${grouped(lastSamples)} samples`;
      return `collecting · ${count} ${relativeTime(collectedMs, nowMs)}`;
    }
    case 'unreachable':
      return `unreachable since ${sinceText(sinceMs, nowMs)}`;
    case 'paused':
      return 'paused';
    case 'elsewhere':
      return 'collected by another window or program';
  }
}

/** The time of day; with its date, where that is another one. */
function sinceText(ms: number, nowMs: number): string {
  const [day = '', time = ''] = localTime(ms).split(' ');
  const clock = time.slice(0, 'hh:mm'.length);
  return localTime(nowMs).startsWith(day) ? clock : `${day} ${clock}`;
}

/** Of endpoints of which none is unreachable, the state that says most. */
function groupState(members: readonly EndpointStatus[]): EndpointState {
  const states = new Set(members.map(({ state }) => state));
  const telling: readonly EndpointState[] = ['collecting', 'waiting', 'elsewhere', 'paused'];
  return telling.find((state) => states.has(state)) ?? 'waiting';
}

function rowOf(label: string, description: string, state: EndpointState): CollectorRow {
  const isWarning = state === 'unreachable';
  return { label, description, icon: ICONS[state], isWarning, spoken: `${label}, ${description}` };
}
