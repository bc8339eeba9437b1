import { Collector } from '../collector/collector';
import type { CollectCommand } from './collectArguments';

/**
 * Collects until the process is told to end, or once.
 * @throws DatabaseError where the database cannot be used
 */
export async function collect(command: CollectCommand): Promise<void> {
  const collector = new Collector({ ...command, log: writeLine });
  collector.setEndpoints(command.endpoints);
  try {
    if (command.once) await pullOnce(collector);
    else await interruption();
  } finally {
    await collector.dispose();
  }
}

async function pullOnce(collector: Collector): Promise<void> {
  const urls = collector.statuses().map(({ endpoint }) => endpoint.url);
  await Promise.all(urls.map((url) => collector.pullNow(url)));
  await collector.tidyUp();
  const isComplete = collector.statuses().every(({ state }) => state === 'collecting');
  if (!isComplete) process.exitCode = 1;
}

function interruption(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      resolve();
    };
    // For good: both npm and the terminal pass a Ctrl+C on.
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}

function writeLine(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}
