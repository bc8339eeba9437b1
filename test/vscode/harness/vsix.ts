import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageExtension } from '../../../tools/package.mjs';
import { cache } from '../../../tools/paths.mjs';

let packed: Promise<string> | undefined;

/**
 * The VSIX that the tests install: that of the environment variable `HOTLINE_VSIX`, else one that
 * is packed from the sources once for this process.
 */
export function vsixUnderTest(): Promise<string> {
  const given = process.env['HOTLINE_VSIX'];
  if (given !== undefined && given !== '') return Promise.resolve(given);
  packed ??= pack();
  return packed;
}

async function pack(): Promise<string> {
  const path = join(cache, 'test', `hotline-${process.pid}.vsix`);
  process.once('exit', () => {
    rmSync(path, { force: true });
  });
  await packageExtension(path);
  return path;
}
