/** Runs src/collect.ts, `npm run -s collect`, until it ends or is told to. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureNodeModules } from './install.mjs';
import { root } from './paths.mjs';
import { sqliteNode } from './sqliteNode.mjs';

await ensureNodeModules();
const collector = spawn(
  await sqliteNode(),
  ['--import', import.meta.resolve('tsx'), join(root, 'src/collect.ts'), ...process.argv.slice(2)],
  // npm runs scripts in the project; a file is named from where the user stands.
  { cwd: process.env['INIT_CWD'] ?? process.cwd(), stdio: 'inherit' },
);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => collector.kill(signal));
collector.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
