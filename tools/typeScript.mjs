/** Runs programs of the project that are written in TypeScript, from a fresh clone too. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureNodeModules } from './install.mjs';
import { root } from './paths.mjs';

/**
 * Runs a program with the arguments of this one, and ends as it ends.
 * @param {string} program its path in the project
 * @param {string} [node] what runs it, this Node where absent
 */
export async function runTypeScript(program, node = process.execPath) {
  await ensureNodeModules();
  const { status } = spawnSync(
    node,
    ['--import', import.meta.resolve('tsx'), join(root, program), ...process.argv.slice(2)],
    // npm runs scripts in the project; a file is named from where the user stands.
    { cwd: process.env['INIT_CWD'] ?? process.cwd(), stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
}
