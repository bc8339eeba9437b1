import { PullError } from './answer';

/** Bytes of an answer that are taken: tens of thousands of stacks have fewer. */
const MOST_BYTES = 64 * 1024 * 1024;

/** How an endpoint is asked. */
export interface Request {
  readonly url: URL;
  readonly accept: string;
  readonly token?: string | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** What an endpoint said. */
export interface Response {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** It answered, and refuses what it was asked for. */
export class RefusedError extends PullError {}

/**
 * Asks an endpoint. Where it sends elsewhere is not followed: a token is for one address only.
 * @throws PullError where it does not answer as it should; the reason of the signal when aborted
 */
export async function ask({ url, accept, token, timeoutMs, signal }: Request): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const headers: Record<string, string> = { accept };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  try {
    const response = await fetch(url, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw refusal(response, token !== undefined);
    }
    const contentType = response.headers.get('content-type') ?? '';
    return { contentType, bytes: await bodyOf(response) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PullError) throw error;
    if (timeout.aborted)
      throw new PullError(`It does not answer within ${Math.round(timeoutMs / 1000)} seconds.`);
    throw new PullError(networkSentence(error, url), { cause: error });
  }
}

async function bodyOf({ body }: globalThis.Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (body)
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > MOST_BYTES)
        throw new PullError(`Its answer is larger than ${MOST_BYTES / 1024 ** 2} MB.`);
      chunks.push(chunk);
    }
  return Buffer.concat(chunks);
}

function refusal({ status, statusText }: globalThis.Response, hasToken: boolean): PullError {
  if (status === 401 || status === 403)
    return new PullError(hasToken ? 'It does not accept the token.' : 'It asks for a token.');
  if (status >= 300 && status < 400)
    return new RefusedError('It sends elsewhere: add the address that it sends to.');
  return new RefusedError(`It answers with ${`${status} ${statusText}`.trim()}.`);
}

/** What the system says about connections, as sentences. */
function networkSentence(error: unknown, { hostname, port }: URL): string {
  const { code = '', message } = rootOf(error);
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens on port ${port} of ${hostname}.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `There is no host ${hostname}.`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `There is no way to ${hostname}.`;
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return 'It ends the connection before it has answered.';
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return `${hostname} does not answer.`;
    default:
      return `It cannot be asked: ${message}.`;
  }
}

/** `fetch` fails with a TypeError; its cause is what happened. */
function rootOf(error: unknown): { code: string | undefined; message: string } {
  const { cause, code, message } = error as NodeJS.ErrnoException;
  if (cause instanceof Error) return rootOf(cause);
  return { code, message: message.replace(/\.$/, '') };
}
