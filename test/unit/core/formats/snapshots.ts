import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSample, samples, type Sample } from './samples';
import { snapshotOf } from './snapshot';

const folder = join(import.meta.dirname, '../../../fixtures/snapshots');

/** What a sample reads as now, as its snapshot has it. */
export function snapshotText({ path }: Sample): string {
  return `${JSON.stringify(snapshotOf(readSample(path)), undefined, 2)}\n`;
}

/** What a sample read as when its snapshot was written; empty where it has none. */
export function savedSnapshot({ path }: Sample): string {
  const file = snapshotPath(path);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Snapshots of samples that are gone. */
export function leftSnapshots(): string[] {
  const paths = new Set(samples.map(({ path }) => `${path}.json`));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !paths.has(file.slice(folder.length + 1).replaceAll('\\', '/')));
}

/** Writes the snapshots of all samples anew. */
export function writeSnapshots(): void {
  rmSync(folder, { recursive: true, force: true });
  for (const sample of samples) {
    const file = snapshotPath(sample.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, snapshotText(sample));
  }
}

function snapshotPath(path: string): string {
  return join(folder, `${path}.json`);
}
