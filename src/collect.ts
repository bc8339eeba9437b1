/** Collects stacks from running processes, on a machine without VS Code. */
import { collect } from './cli/collect';
import { parseCollectCommand } from './cli/collectArguments';
import { UsageError } from './cli/failures';
import { EndpointError } from './collector/endpoints';

const usage = `Usage:
  node collect.js ENDPOINT... --database FILE [--interval SECONDS] [--token-file FILE]
                  [--keep-minutes-for HOURS] [--max-size MB] [--once]
      pulls stacks from each endpoint again and again into FILE, until it is interrupted;
      tells each pull in one line on the standard error

ENDPOINT is the address of a sampler or of Go's net/http/pprof: http://localhost:16384;
several ports are a range or a list: http://web-1:16384..16387, http://web-1:1,2,5..7.
  --interval          seconds from one pull to the next; 60
  --token-file        a file with the token that the endpoints ask for
  --keep-minutes-for  hours for which minutes are told apart, and only hours then; 24
  --max-size          megabytes of FILE, beyond which the oldest is removed; 500
  --once              pulls once and ends; fails where an endpoint cannot be collected from
`;

async function main(): Promise<void> {
  try {
    await collect(parseCollectCommand(process.argv.slice(2)));
  } catch (error) {
    process.exitCode = tell(error);
  }
}

/** Returns what the process ends with. */
function tell(error: unknown): number {
  const isUsage = error instanceof UsageError || error instanceof EndpointError;
  process.stderr.write(`${(error as Error).message}\n${isUsage ? `\n${usage}` : ''}`);
  return isUsage ? 2 : 1;
}

void main();
