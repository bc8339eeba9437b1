import type { RequestFacts } from '../model/request';
import type { FieldKind } from './formatSpec';

/** A field that a template can have, and what it tells of a request. */
export interface Field {
  readonly kind: FieldKind;
  /** Matches all its values as text; a regular expression's source that ends in a quantifier. */
  readonly pattern: string;
  /** Whether a request can have this value; decides where a name can be read in several ways. */
  isPlausible(value: string | number): boolean;
  toFacts(value: string | number): RequestFacts;
  /** The value for a request, `undefined` where the fact is unknown. */
  fromFacts(facts: RequestFacts): string | number | undefined;
}

export type Fields = ReadonlyMap<string, Field>;

const METHODS = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|CONNECT)$/;
const DAY_MS = 86_400_000;

/** Seconds of ten digits are the years 2001 to 2286. */
function isEpochSeconds(value: string | number): boolean {
  return Number(value) >= 1e9 && Number(value) < 1e10;
}

/** A field of whole or fractional numbers of a unit that is so many milliseconds. */
function timeField(
  fact: 'durationMs' | 'endedMs' | 'startedMs',
  unitMs: number,
  kind: 'integer' | 'float',
): Field {
  return {
    kind,
    pattern: '\\d+',
    isPlausible: (value) =>
      fact === 'durationMs' ? Number(value) * unitMs < DAY_MS : isEpochSeconds(value),
    // Rounded to a microsecond, because 0.123 times 1000 is not 123.
    toFacts: (value) => ({ [fact]: Math.round(Number(value) * unitMs * 1000) / 1000 }),
    fromFacts: ({ [fact]: milliseconds }) => {
      if (milliseconds === undefined) return undefined;
      return kind === 'integer' ? Math.floor(milliseconds / unitMs) : milliseconds / unitMs;
    },
  };
}

const method: Field = {
  kind: 'text',
  pattern: '[A-Z]+',
  isPlausible: (value) => METHODS.test(String(value)),
  toFacts: (value) => ({ method: String(value) }),
  fromFacts: (facts) => facts.method,
};

const status: Field = {
  kind: 'integer',
  pattern: '\\d+',
  isPlausible: (value) => Number(value) >= 100 && Number(value) < 600,
  toFacts: (value) => ({ status: Number(value) }),
  fromFacts: (facts) => facts.status,
};

const query: Field = {
  kind: 'text',
  pattern: '[^]*',
  isPlausible: () => true,
  toFacts: (value) => ({ query: fromLatin1(String(value)) }),
  fromFacts: (facts) => (facts.query === undefined ? undefined : toLatin1(facts.query)),
};

/** `/shop/items/` as `shop.items` and `/` as `root`, in the characters of a WSGI environment. */
const dottedPath: Field = {
  kind: 'text',
  pattern: '[^]+',
  isPlausible: (value) => !/^\.|\.$|^$/.test(String(value)),
  toFacts: (value) => ({ path: value === 'root' ? '/' : fromLatin1(String(value)) }),
  fromFacts: ({ path }) => {
    if (path === undefined) return undefined;
    return toLatin1(path.replace(/^\/+|\/+$/g, '').replaceAll('/', '.')) || 'root';
  },
};

/** An IP address, whose colons no name can have. */
const remote: Field = {
  kind: 'text',
  pattern: '[^]+',
  isPlausible: (value) => /^([\d.]+|[\da-f_.]+|unknown)$/i.test(String(value)),
  toFacts: (value) =>
    value === 'unknown' ? {} : { remoteAddress: String(value).replaceAll('_', ':') },
  fromFacts: ({ remoteAddress = 'unknown' }) => remoteAddress.replaceAll(':', '_'),
};

/** Text that is the whole fact, or none. */
function plainText(toFacts: (value: string) => RequestFacts): Field {
  return {
    kind: 'text',
    pattern: '[^]+',
    isPlausible: (value) => value !== '',
    toFacts: (value) => toFacts(String(value)),
    fromFacts: () => undefined,
  };
}

/**
 * `--prof-file` of django-extensions' `runprofileserver` (path, duration in whole milliseconds, end
 * in whole Unix seconds), and what other profilers may write in the same way.
 */
export const PROFILE_SERVER_FIELDS: Fields = new Map([
  ['path', dottedPath],
  ['duration', timeField('durationMs', 1, 'integer')],
  ['time', timeField('endedMs', 1000, 'integer')],
  ['method', method],
  ['status', status],
  ['query', query],
  ['remote', remote],
]);

/** The name `runprofileserver` gives a profile until the request has ended. */
export const TEMPORARY_FIELDS: Fields = new Map([
  ['path', dottedPath],
  ['start', timeField('startedMs', 1000, 'integer')],
]);

/** `filename_format` of werkzeug's `ProfilerMiddleware`. */
export const WERKZEUG_FIELDS: Fields = new Map([
  ['method', method],
  ['path', dottedPath],
  ['elapsed', timeField('durationMs', 1, 'float')],
  ['time', timeField('endedMs', 1000, 'float')],
]);

/** `PYINSTRUMENT_FILENAME` of pyinstrument's Django middleware; its path has `_` for every `/`. */
export const PYINSTRUMENT_FIELDS: Fields = new Map([
  ['total_time', timeField('durationMs', 1000, 'float')],
  ['path', plainText((path) => ({ path }))],
  ['timestamp', timeField('endedMs', 1000, 'float')],
  ['ext', plainText(() => ({}))],
]);

/**
 * WSGI hands a path on as bytes in the guise of Latin-1 characters (PEP 3333), and so it comes into
 * file names. Gives the text of those bytes where they are UTF-8.
 */
function fromLatin1(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text)) return text;
  const bytes = Buffer.from(text, 'latin1');
  if (bytes.toString('latin1') !== text) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}

function toLatin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
