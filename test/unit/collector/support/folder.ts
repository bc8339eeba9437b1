import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** A path for a database that is gone after the tests of the suite or file. */
export function databasePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-collector-'));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return join(folder, 'collected.db');
}
