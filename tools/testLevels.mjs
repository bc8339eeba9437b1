/** The levels of tests: where their files are and what they need before they can run. */
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureCodeServer } from './codeServer.mjs';
import { packageExtension } from './package.mjs';
import { cache, root } from './paths.mjs';
import { installPrometheus } from './prometheus.mjs';
import { ensureVenv, venv } from './python.mjs';
import { sqliteNode } from './sqliteNode.mjs';

/**
 * @typedef {object} Level
 * @property {string} name also the folder below test/
 * @property {number} concurrency how many files run at once
 * @property {readonly string[]} [sqliteFolders] folders of it whose tests need a Node with SQLite
 * @property {() => Promise<NodeJS.ProcessEnv>} prepare returns what its tests find in their
 *   environment; throws one sentence when they cannot run here
 */

/** @type {readonly Level[]} */
export const LEVELS = [
  { name: 'unit', concurrency: 2, sqliteFolders: ['collector'], prepare: prepareUnit },
  { name: 'python', concurrency: 2, prepare: preparePython },
  { name: 'fuzz', concurrency: 2, prepare: async () => ({}) },
  { name: 'vscode', concurrency: 1, prepare: prepareVscode },
];

/**
 * The test files of a level, in the order of their names.
 * @param {Level} level
 */
export async function testFiles(level) {
  const folder = join(root, 'test', level.name);
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .sort();
}

/**
 * The files of a level by the Node that runs them.
 * @param {Level} level
 * @param {readonly string[]} files
 * @returns {Promise<Map<string, string[]>>}
 */
export async function filesByNode({ name, sqliteFolders = [] }, files) {
  const folders = sqliteFolders.map((folder) => join(root, 'test', name, folder) + sep);
  /** @type {Map<string, string[]>} */
  const byNode = new Map();
  for (const file of files) {
    const needsSqlite = folders.some((folder) => file.startsWith(folder));
    const node = needsSqlite ? await sqliteNode() : process.execPath;
    byNode.set(node, [...(byNode.get(node) ?? []), file]);
  }
  return byNode;
}

async function prepareUnit() {
  await installPrometheus();
  return preparePython();
}

async function preparePython() {
  await ensureVenv();
  return { HOTLINE_PYTHON_ENV: venv };
}

async function prepareVscode() {
  const environment = await preparePython();
  await ensureCodeServer();
  await ensureChromium();
  const vsix = join(cache, 'test', 'hotline.vsix');
  await packageExtension(vsix);
  return { ...environment, HOTLINE_VSIX: vsix };
}
