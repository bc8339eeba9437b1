/** Installs system packages where that is possible without asking anyone. */
import { existsSync } from 'node:fs';
import { run } from './run.mjs';

const APT = '/usr/bin/apt-get';

/**
 * Installs Debian packages.
 * @param {readonly string[]} packages
 * @throws {Error} one sentence, when this is no Debian or the user is not root
 */
export async function installDebianPackages(packages) {
  const wanted = packages.join(' ');
  if (!existsSync(APT)) throw new Error(`Install ${wanted} with your system's package manager.`);
  if (process.getuid?.() !== 0) throw new Error(`Install it with: sudo apt-get install ${wanted}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(APT, ['update', '-qq'], { env });
  await run(APT, ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
}
