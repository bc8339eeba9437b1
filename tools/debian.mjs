/** Installs system packages where that is possible without asking anyone. */
import { MissingOnMachine } from './missing.mjs';
import { note } from './note.mjs';
import { findOnPath, run } from './run.mjs';

/**
 * Installs Debian packages.
 * @param {readonly string[]} packages
 * @throws {MissingOnMachine} when this is no Debian or the user is not root
 */
export async function installDebianPackages(packages) {
  const wanted = packages.join(' ');
  const apt = findOnPath(['apt-get']);
  if (!apt) throw new MissingOnMachine(`Install ${wanted} with your system's package manager.`);
  if (process.getuid?.() !== 0) throw new MissingOnMachine(`Run: sudo apt-get install ${wanted}`);
  note(`Installing ${wanted}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(apt, ['update', '-qq'], { env });
  await run(apt, ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
}
