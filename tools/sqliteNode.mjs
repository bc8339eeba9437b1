/** The Node of the tests that need SQLite, which Node has from 22.13 on. */
import { existsSync } from 'node:fs';
import { installedNode, ensureCodeServer } from './codeServer.mjs';
import { MissingOnMachine } from './missing.mjs';

/**
 * This Node, or, where it has no SQLite, the one that code-server runs on. Without either it is
 * this one: then the tests say themselves why they are skipped.
 * @returns {Promise<string>}
 */
export async function sqliteNode() {
  if (process.getBuiltinModule?.('node:sqlite')) return process.execPath;
  try {
    await ensureCodeServer();
  } catch (error) {
    if (!(error instanceof MissingOnMachine)) throw error;
  }
  return existsSync(installedNode) ? installedNode : process.execPath;
}
