import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { CollectedEndpoint, Retention } from '../collector/api';
import { SHORTEST_INTERVAL_MS, USUAL_INTERVAL_MS, USUAL_RETENTION } from '../collector/collector';
import { parseEndpoints } from '../collector/endpoints';
import { FileError, systemReason, UsageError } from './failures';

/** A command line that says what to collect. */
export interface CollectCommand {
  readonly endpoints: readonly CollectedEndpoint[];
  readonly database: string;
  readonly intervalMs: number;
  readonly retention: Retention;
  /** Whether it ends after one pull of each endpoint. */
  readonly once: boolean;
}

const HOUR_MS = 3_600_000;
const MEGABYTE = 1024 ** 2;

/**
 * @throws UsageError or EndpointError where the command line is wrong
 * @throws FileError where the token cannot be read
 */
export function parseCollectCommand(args: readonly string[]): CollectCommand {
  const { values, positionals } = parse(args);
  if (positionals.length === 0) throw new UsageError('An endpoint to collect from is needed.');
  if (values.database === undefined) throw new UsageError('Say where to keep it: --database FILE.');
  const token = values['token-file'] === undefined ? undefined : readToken(values['token-file']);
  const minutes = numberOf('--keep-minutes-for', values['keep-minutes-for'], 0);
  const megabytes = numberOf('--max-size', values['max-size'], 1);
  const seconds = numberOf('--interval', values.interval, SHORTEST_INTERVAL_MS / 1000);
  return {
    endpoints: positionals.flatMap(parseEndpoints).map((endpoint) => ({ endpoint, token })),
    database: values.database,
    intervalMs: seconds === undefined ? USUAL_INTERVAL_MS : seconds * 1000,
    retention: {
      minutesMs: minutes === undefined ? USUAL_RETENTION.minutesMs : minutes * HOUR_MS,
      maximumBytes: megabytes === undefined ? USUAL_RETENTION.maximumBytes : megabytes * MEGABYTE,
    },
    once: values.once ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        database: { type: 'string' },
        interval: { type: 'string' },
        'token-file': { type: 'string' },
        'keep-minutes-for': { type: 'string' },
        'max-size': { type: 'string' },
        once: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function numberOf(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number) && number >= least) return number;
  throw new UsageError(`${option} takes a number from ${least} on, not ${text}.`);
}

/** A token on the command line would be there for all users of the machine to see. */
function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new FileError(`${file}: ${systemReason(error)}`, { cause: error });
  }
}
