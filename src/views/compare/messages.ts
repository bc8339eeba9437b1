import type { ComparedSource } from '../../core/profileSource';
import type { FromComparison } from '../../protocol/comparison';
import { parseFrame, parseSource } from '../flamegraph/messages';

/** Longest text taken from a webview. */
const MAXIMUM_TEXT = 100_000;

type Fields = Readonly<Partial<Record<string, unknown>>>;

/** A message of the webview, or `undefined` when `value` is none: a webview is not trusted. */
export function parseFromComparison(value: unknown): FromComparison | undefined {
  const message = fields(value);
  switch (message?.['t']) {
    case 'ready':
    case 'cancel':
    case 'retry':
      return { t: message['t'] };
    case 'shown': {
      const { id } = message;
      return isCount(id) ? { t: 'shown', id } : undefined;
    }
    case 'openSource': {
      const frame = parseFrame(message['frame']);
      return frame && { t: 'openSource', frame };
    }
    case 'error':
      return isText(message['message']) ? { t: 'error', message: message['message'] } : undefined;
    default:
      return undefined;
  }
}

/** What a webview kept of the comparison it shows, or `undefined` when `value` does not tell it. */
export function parseComparisonState(value: unknown): ComparedSource | undefined {
  const source = fields(fields(value)?.['source']);
  const { title, subject } = source ?? {};
  const before = parseSource(source?.['before']);
  const after = parseSource(source?.['after']);
  if (!isText(title) || before === undefined || after === undefined) return undefined;
  return { title, ...(isText(subject) && { subject }), before, after };
}

function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAXIMUM_TEXT;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
