/** Runs src/cli.ts from a fresh clone: `npm run -s inspect` and `npm run -s convert`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureNodeModules } from './install.mjs';
import { root } from './paths.mjs';

await ensureNodeModules();

const { status } = spawnSync(
  process.execPath,
  ['--import', import.meta.resolve('tsx'), join(root, 'src/cli.ts'), ...process.argv.slice(2)],
  // npm runs scripts in the project; the file is named from where the user stands.
  { cwd: process.env['INIT_CWD'] ?? process.cwd(), stdio: 'inherit' },
);
process.exitCode = status ?? 1;
