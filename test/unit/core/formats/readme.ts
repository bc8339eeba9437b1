import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { formatsTable } from './formatsTable';

const path = join(import.meta.dirname, '../../../../README.md');

const section =
  /(?<=<!-- `npm run snapshots` writes this table -->\n).*?(?=<!-- end of the table -->)/s;

export function savedReadme(): string {
  return readFileSync(path, 'utf8');
}

/** The README with its table of formats as it is to be now. */
export async function currentReadme(): Promise<string> {
  const text = savedReadme().replace(section, () => `\n${formatsTable()}\n\n`);
  return format(text, { ...(await resolveConfig(path)), parser: 'markdown' });
}

export async function writeReadme(): Promise<void> {
  writeFileSync(path, await currentReadme());
}
