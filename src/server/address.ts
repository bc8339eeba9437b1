import { connect, createServer } from 'node:net';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** How far from a port that is in use a free one is looked for. */
const portsToTry = 50;

/** A connection to this computer is made or refused at once; behind a firewall it may hang. */
const connectTimeoutMs = 1000;

/** Where a browser on this computer reaches a server that listens on `address`. */
export function browserUrl({ host, port }: Address): string {
  const reachable = reachableHost(host);
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}/`;
}

/** Whether something accepts connections. Nothing is sent, so that no request is profiled. */
export function accepts({ host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: reachableHost(host), port });
    const answer = (accepted: boolean): void => {
      socket.destroy();
      resolve(accepted);
    };
    socket.setTimeout(connectTimeoutMs, () => {
      answer(false);
    });
    socket.once('connect', () => {
      answer(true);
    });
    socket.once('error', () => {
      answer(false);
    });
  });
}

/**
 * Whether a server can listen there; `other` when the address is not this computer's or is
 * forbidden, which the server itself tells better.
 */
export async function portState(address: Address): Promise<'free' | 'inUse' | 'other'> {
  if (await accepts(address)) return 'inUse';
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'EADDRINUSE' ? 'inUse' : 'other');
    });
    server.listen({ ...address, exclusive: true }, () => {
      server.close(() => {
        resolve('free');
      });
    });
  });
}

/** The nearest free port above; `undefined` when none of the next ones is. */
export async function nextFreePort({ host, port }: Address): Promise<number | undefined> {
  const last = Math.min(port + portsToTry, 65535);
  for (let candidate = port + 1; candidate <= last; candidate++) {
    if ((await portState({ host, port: candidate })) === 'free') return candidate;
  }
  return undefined;
}

/** A server on all addresses is reached on the loopback one. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
