import type { Period } from '../../core/model/profile';
import type { CollectedSource, ProfileSource } from '../../core/profileSource';
import type {
  FromFlamegraph,
  PanelKind,
  PanelState,
  ShownChoice,
  ShownFrame,
} from '../../protocol/flamegraph';

/** Longest text taken from a webview; what profiles name things is far below it. */
const MAXIMUM_TEXT = 100_000;

type Fields = Readonly<Partial<Record<string, unknown>>>;

/** A message of the webview, or `undefined` when `value` is none: a webview is not trusted. */
export function parseFromFlamegraph(value: unknown): FromFlamegraph | undefined {
  const message = fields(value);
  switch (message?.['t']) {
    case 'ready':
    case 'keepOpen':
    case 'choosePeriod':
    case 'compare':
    case 'cancel':
    case 'retry':
      return { t: message['t'] };
    case 'loaded':
      return loaded(message);
    case 'loadFailed':
      return loadFailed(message);
    case 'frameSelected':
      return frameSelected(message);
    case 'openSource': {
      const frame = parseFrame(message['frame']);
      return frame && { t: 'openSource', frame };
    }
    case 'chooseMetric':
      return isText(message['metric'])
        ? { t: 'chooseMetric', metric: message['metric'] }
        : undefined;
    case 'error':
      return isText(message['message']) ? { t: 'error', message: message['message'] } : undefined;
    default:
      return undefined;
  }
}

/** The state that a webview kept over a reload of the window, or `undefined` when `value` is none. */
export function parsePanelState(value: unknown): PanelState | undefined {
  const state = fields(value);
  if (state === undefined) return undefined;
  const { title, kind } = state;
  const path = parseSource(state['path']);
  if (path === undefined || !isText(title) || !isPanelKind(kind)) return undefined;
  const choice = parseChoice(state['choice']);
  return { path, title, kind, ...(choice && { choice }) };
}

/** What a profile is read from, or `undefined` when `value` does not tell it. */
export function parseSource(value: unknown): ProfileSource | undefined {
  if (typeof value === 'string') return isPath(value) ? value : undefined;
  const source = fields(value) ?? {};
  if ('database' in source) return parseCollected(source);
  const { title, paths } = source;
  if (!isText(title) || !Array.isArray(paths) || paths.length === 0) return undefined;
  return paths.every(isPath) ? { title, paths } : undefined;
}

function parseCollected(source: Fields): CollectedSource | undefined {
  const { title, database, host, port, process, waiting } = source;
  const period = parsePeriod(source['period']);
  if (!isText(title) || !isPath(database) || !period) return undefined;
  if (host !== undefined && !isText(host)) return undefined;
  if (port !== undefined && !isCount(port)) return undefined;
  if (process !== undefined && !isText(process)) return undefined;
  return { title, database, period, host, port, process, waiting: waiting === true };
}

/** What was chosen to be shown of a profile, or `undefined` when `value` does not tell it. */
export function parseChoice(value: unknown): ShownChoice | undefined {
  const choice = fields(value);
  if (choice === undefined) return undefined;
  const metric = isText(choice['metric']) ? choice['metric'] : undefined;
  return { metric, period: parsePeriod(choice['period']) };
}

function parsePeriod(value: unknown): Period | undefined {
  const { fromMs, untilMs } = fields(value) ?? {};
  return isFinite(fromMs) && isFinite(untilMs) && fromMs <= untilMs
    ? { fromMs, untilMs }
    : undefined;
}

function loaded(message: Fields): FromFlamegraph | undefined {
  const { id, profiles, frames } = message;
  return isCount(id) && isCount(profiles) && isCount(frames)
    ? { t: 'loaded', id, profiles, frames }
    : undefined;
}

function loadFailed(message: Fields): FromFlamegraph | undefined {
  const { id, message: reason } = message;
  return isCount(id) && isText(reason) ? { t: 'loadFailed', id, message: reason } : undefined;
}

function frameSelected(message: Fields): FromFlamegraph | undefined {
  if (message['frame'] === undefined) return { t: 'frameSelected', frame: undefined };
  const frame = parseFrame(message['frame']);
  return frame && { t: 'frameSelected', frame };
}

/** A frame, or `undefined` when `value` is none. */
export function parseFrame(value: unknown): ShownFrame | undefined {
  const frame = fields(value);
  if (frame === undefined) return undefined;
  const { name, file, line } = frame;
  if (!isText(name)) return undefined;
  if (file !== undefined && !isText(file)) return undefined;
  if (line !== undefined && !isCount(line)) return undefined;
  return { name, file, line };
}

function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAXIMUM_TEXT;
}

function isPath(value: unknown): value is string {
  return isText(value) && value !== '';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}

function isPanelKind(value: unknown): value is PanelKind {
  return value === 'preview' || value === 'kept' || value === 'editor';
}
