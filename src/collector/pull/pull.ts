import { ProfileError } from '../../core/model/errors';
import type { CollectedEndpoint, Protocol } from '../api';
import { PullError, type Answer } from './answer';
import { readHotlineSampler, STACKS_TYPE } from './hotlineSampler';
import { PPROF_PATH, readPprofAnswer } from './pprofAnswer';
import { ask, RefusedError, type Response } from './request';
import { readStacksampler } from './stacksampler';

/** How long an endpoint may take beyond the time that it was asked to record. */
const TIMEOUT_MS = 15_000;

/** Seconds that Go is asked to record, where the address does not say it. */
const PPROF_SECONDS = 10;

/** What a pull is about. */
export interface Pull extends CollectedEndpoint {
  /** What the endpoint answered with before. */
  readonly protocol: Protocol | undefined;
  readonly intervalMs: number;
  readonly signal: AbortSignal;
}

/** How long a pull may take at most; milliseconds. */
export function longestPullMs({ endpoint }: CollectedEndpoint, intervalMs: number): number {
  return 2 * TIMEOUT_MS + pprofSeconds(new URL(endpoint.url), intervalMs) * 1000;
}

/**
 * Asks an endpoint for its stacks, which it forgets with that. Which protocol it has shows in what
 * it answers: a sampler's, or, where that is no stacks, Go's.
 * @throws PullError with one sentence on why there are none; the reason of the signal when aborted
 */
export async function pull(wanted: Pull): Promise<Answer> {
  const url = new URL(wanted.endpoint.url);
  try {
    if (wanted.protocol === 'pprof' || url.pathname.includes('/pprof/'))
      return await pullPprof(wanted, url);
    return await pullSampler(wanted, url);
  } catch (error) {
    if (error instanceof ProfileError) throw new PullError(error.message, { cause: error });
    throw error;
  }
}

async function pullSampler(wanted: Pull, url: URL): Promise<Answer> {
  const reset = new URL(url);
  reset.searchParams.set('reset', 'true');
  const accept = `${STACKS_TYPE}, text/plain;q=0.9`;
  const response = await ask({ ...wanted, url: reset, accept, timeoutMs: TIMEOUT_MS }).catch(
    (error: unknown) => {
      if (error instanceof RefusedError) return error;
      throw error;
    },
  );
  const answer = response instanceof RefusedError ? undefined : readSampler(response);
  if (answer) return answer;
  const mayBeGo = wanted.protocol === undefined && url.pathname === '/';
  const go = mayBeGo ? await pullPprof(wanted, url).catch(onlyFailures) : undefined;
  if (go) return go;
  throw response instanceof RefusedError
    ? response
    : new PullError('It answers, but not with stacks as samplers do.');
}

/** What a sampler answered; `undefined` where it is none. */
function readSampler({ contentType, bytes }: Response): Answer | undefined {
  if (contentType.startsWith(STACKS_TYPE)) return readHotlineSampler(bytes.toString('utf8'));
  if (bytes.length === 0 && contentType.startsWith('text/plain'))
    throw new PullError('It answers with nothing: its sampler is not started.');
  return readStacksampler(bytes.toString('utf8'));
}

async function pullPprof(wanted: Pull, endpoint: URL): Promise<Answer> {
  const url = new URL(endpoint);
  if (url.pathname === '/') url.pathname = PPROF_PATH;
  const seconds = pprofSeconds(url, wanted.intervalMs);
  url.searchParams.set('seconds', String(seconds));
  const timeoutMs = seconds * 1000 + TIMEOUT_MS;
  const { bytes } = await ask({ ...wanted, url, accept: '*/*', timeoutMs });
  return readPprofAnswer(bytes);
}

/** Never longer than an interval: Go records one profile at a time. */
function pprofSeconds(url: URL, intervalMs: number): number {
  const longest = Math.max(1, Math.floor(intervalMs / 1000) - 1);
  const asked = Number(url.searchParams.get('seconds'));
  return Math.min(asked >= 1 ? Math.floor(asked) : PPROF_SECONDS, longest);
}

/** That a guess was wrong is no news. */
function onlyFailures(error: unknown): undefined {
  if (error instanceof PullError || error instanceof ProfileError) return undefined;
  throw error;
}
