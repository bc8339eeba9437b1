import type { Endpoint } from './api';

/** What was typed names no endpoint; the message is one sentence on what is wrong with it. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError';
}

/** More endpoints than that by one address are a slip of the keyboard. */
const MOST_PORTS = 1000;

const HIGHEST_PORT = 65_535;

const EXAMPLE =
  'Give an address such as http://localhost:16384, or several: http://web-1:16384..16387.';

/** Scheme, host, ports and path; an IPv6 address stands in brackets. */
const ADDRESS =
  /^(?:(?<scheme>https?):\/\/)?(?<host>\[[0-9a-f:.]+(?:%25[\w.-]+)?\]|[^\s/?#:@[\]]+)(?::(?<ports>[\d.,\s]+))?(?<path>[/?]\S*)?$/i;

/**
 * The endpoints that a text names: `http://host:port/path`, where several ports are a range,
 * `16384..16387`, or a list of ports and ranges, `1,2,5..7`. Without a scheme it is `http`.
 * @throws EndpointError where it names none
 */
export function parseEndpoints(text: string): Endpoint[] {
  const typed = text.trim();
  if (typed === '') throw new EndpointError(EXAMPLE);
  if (/^\w+:\/\/[^/]*@/.test(typed))
    throw new EndpointError('An address holds no user and no password: an endpoint takes a token.');
  if (/^(?!https?:)\w+:\/\//i.test(typed))
    throw new EndpointError(`Endpoints are asked by http or https: ${typed} is neither.`);
  const { scheme = 'http', host = '', ports, path = '/' } = ADDRESS.exec(typed)?.groups ?? {};
  if (host === '') throw new EndpointError(`${typed} is no address. ${EXAMPLE}`);
  const usual = scheme.toLowerCase() === 'https' ? 443 : undefined;
  if (ports === undefined && usual === undefined)
    throw new EndpointError(`${typed} names no port. ${EXAMPLE}`);
  const numbers = ports === undefined ? [usual ?? 0] : parsePorts(ports);
  return numbers.map((port) => endpointOf(typed, scheme, host, port, path));
}

/** The ports of a list, each once, in its order. */
function parsePorts(text: string): number[] {
  const ports = new Set<number>();
  for (const part of text.split(',')) {
    const [, first = '', last = first] = /^\s*(\d+)(?:\s*\.\.\s*(\d+))?\s*$/.exec(part) ?? [];
    if (first === '')
      throw new EndpointError(`“${text}” are no ports: give them as 16384, 1,2,5 or 16384..16387.`);
    const [from, until] = [portOf(first), portOf(last)];
    if (from > until) throw new EndpointError(`The ports ${from}..${until} end before they begin.`);
    for (let port = from; port <= until; port += 1) ports.add(port);
  }
  if (ports.size > MOST_PORTS)
    throw new EndpointError(`${ports.size} ports are too many: ${MOST_PORTS} is the most.`);
  return [...ports];
}

function portOf(digits: string): number {
  const port = Number(digits);
  if (port >= 1 && port <= HIGHEST_PORT) return port;
  throw new EndpointError(`There is no port ${digits}: they go from 1 to ${HIGHEST_PORT}.`);
}

function endpointOf(
  typed: string,
  scheme: string,
  host: string,
  port: number,
  path: string,
): Endpoint {
  const address = `${scheme}://${host}:${port}${path.startsWith('/') ? '' : '/'}${path}`;
  if (!URL.canParse(address)) throw new EndpointError(`${typed} is no address. ${EXAMPLE}`);
  const url = new URL(address);
  url.hash = '';
  const named = url.hostname.replace(/^\[|\]$/g, '');
  return { url: withPort(url, port), host: named, port };
}

/** The port is told even where it is the scheme's own. */
function withPort(url: URL, port: number): string {
  return `${url.protocol}//${url.hostname}:${port}${url.pathname}${url.search}`;
}
