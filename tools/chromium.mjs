/** Finds a Chromium for the tests in a real VS Code. */
import { installDebianPackages } from './debian.mjs';
import { findOnPath } from './run.mjs';

/** The path of an installed Chromium; `undefined` when there is none on PATH. */
export function findChromium() {
  return findOnPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);
}

/**
 * Installs Chromium when it is missing and the system's package manager may be used.
 * @throws {import('./missing.mjs').MissingOnMachine} when it may not
 */
export async function ensureChromium() {
  // speedscope's buttons bear emoji.
  if (!findChromium()) await installDebianPackages(['chromium', 'fonts-noto-color-emoji']);
  if (!findChromium()) throw new Error('Chromium was installed but is not on PATH.');
}
