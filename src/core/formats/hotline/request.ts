import type { RequestFacts } from '../../model/request';
import type { Query } from '../../model/requestRecord';
import type { JsonObject } from '../encoding/json';
import { object, optionalNumber, optionalText, requiredSeconds } from './values';

/** What the file tells of the request as a whole. */
export function readRequest(hotline: JsonObject, queries: readonly Query[]): RequestFacts {
  const request = object(hotline['request']);
  const started = requiredSeconds(request, 'started');
  const duration = requiredSeconds(request, 'duration');
  return known({
    method: optionalText(request, 'method'),
    path: optionalText(request, 'path'),
    query: optionalText(request, 'query'),
    status: optionalNumber(request, 'status'),
    startedMs: milliseconds(started),
    endedMs: milliseconds(started + duration),
    durationMs: milliseconds(duration),
    cpuMs: milliseconds(optionalNumber(request, 'cpuTime')),
    waitingMs: milliseconds(optionalNumber(request, 'waitingTime')),
    ...(queries.length > 0 ? queryFacts(queries) : {}),
    route: optionalText(request, 'route'),
    view: optionalText(request, 'view'),
    error: optionalText(request, 'error'),
    bytesSent: optionalNumber(request, 'bytesSent'),
    client: optionalText(request, 'userAgent'),
    remoteAddress: optionalText(request, 'remoteAddress'),
    software: software(object(hotline['process'])),
    mode: optionalText(hotline, 'mode'),
  });
}

function queryFacts(queries: readonly Query[]): RequestFacts {
  const seconds = queries.reduce((sum, { duration }) => sum + duration, 0);
  return { queryCount: queries.length, queryMs: milliseconds(seconds) };
}

/** To a microsecond. */
function milliseconds(seconds: number): number;
function milliseconds(seconds: number | undefined): number | undefined;
function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds * 1e6) / 1e3;
}

/** `Django 5.2 on gunicorn 23.0, Python 3.13.0`, as far as it is known. */
function software(process: JsonObject): string | undefined {
  const [framework, server] = ['framework', 'server'].map((name) => product(process[name]));
  const python = optionalText(process, 'python');
  const programs = [framework, server].filter((name) => name !== undefined).join(' on ');
  const all = [programs, python === undefined ? '' : `Python ${python}`];
  return all.filter((name) => name !== '').join(', ') || undefined;
}

function product(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const { name, version } = object(value);
  const parts = [name, version].filter((part) => typeof part === 'string');
  return parts.join(' ') || undefined;
}

type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** The facts that have a value. */
function known(facts: Optional<RequestFacts>): RequestFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
