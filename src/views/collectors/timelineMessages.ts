import type { FromTimeline, Period, TimelineChoice } from '../../protocol/timeline';

/** Longest text taken from a webview. */
const MAXIMUM_TEXT = 100_000;

type Fields = Readonly<Partial<Record<string, unknown>>>;

/** A message of the timeline, or `undefined` when `value` is none: a webview is not trusted. */
export function parseFromTimeline(value: unknown): FromTimeline | undefined {
  const message = fields(value);
  switch (message?.['t']) {
    case 'ready':
      return { t: 'ready' };
    case 'choose': {
      const shown = parseTimelineChoice(message['shown']);
      return shown && { t: 'choose', shown };
    }
    case 'show': {
      const period = parsePeriod(message['period']);
      return period && { t: 'show', period };
    }
    case 'compare': {
      const [one, other] = Array.isArray(message['periods'])
        ? message['periods'].map(parsePeriod)
        : [];
      return one && other && { t: 'compare', periods: [one, other] };
    }
    case 'error':
      return isText(message['message']) ? { t: 'error', message: message['message'] } : undefined;
    default:
      return undefined;
  }
}

/** What a timeline shows, or `undefined` when `value` does not tell it. */
export function parseTimelineChoice(value: unknown): TimelineChoice | undefined {
  const { lane, spanMs } = fields(value) ?? {};
  return isText(lane) && isFinite(spanMs) ? { lane, spanMs } : undefined;
}

/** What a timeline kept over a reload of the window, or `undefined` when `value` does not tell it. */
export function parseTimelineState(value: unknown): TimelineChoice | undefined {
  return parseTimelineChoice(fields(value)?.['shown']);
}

function parsePeriod(value: unknown): Period | undefined {
  const { fromMs, untilMs } = fields(value) ?? {};
  return isFinite(fromMs) && isFinite(untilMs) && fromMs < untilMs
    ? { fromMs, untilMs }
    : undefined;
}

function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAXIMUM_TEXT;
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}
