/** VS Code as a server, from npm: what the tests drive, and what the demo opens without a desktop VS Code. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { MissingOnMachine } from './missing.mjs';
import { note } from './note.mjs';
import { cache, root } from './paths.mjs';
import { findOnPath, npm, RunError } from './run.mjs';

const manifests = join(root, 'tools/code-server');
const home = join(cache, 'code-server');
const bin = join(home, 'node_modules/.bin');
const entry = join(home, 'node_modules/code-server/out/node/entry.js');
const marker = join(home, '.installed');

/** The Node that is installed beside code-server, on Linux. */
export const installedNode = join(bin, 'node');

/** The major version of Node that this release of code-server runs on. */
const NODE_MAJOR = '24';

/**
 * The program that runs code-server: the Node installed beside it, or this one when it fits.
 * @returns {string}
 * @throws {MissingOnMachine} when there is neither
 */
function fittingNode() {
  if (existsSync(installedNode)) return installedNode;
  if (process.versions.node.startsWith(`${NODE_MAJOR}.`)) return process.execPath;
  throw new MissingOnMachine(
    `code-server needs Node ${NODE_MAJOR}, which npm has for Linux only: run this with Node ${NODE_MAJOR} instead of ${process.versions.node}.`,
  );
}

/**
 * How to start a code-server that keeps everything in one folder.
 * @param {string} folder for its settings, extensions and logs
 * @param {readonly string[]} args
 * @returns {{ program: string, args: string[] }}
 */
export function codeServerCommand(folder, args) {
  const own = [
    `--user-data-dir=${join(folder, 'data')}`,
    `--extensions-dir=${join(folder, 'extensions')}`,
    `--config=${join(folder, 'config.yaml')}`,
  ];
  return { program: fittingNode(), args: [entry, ...own, ...args] };
}

/** Installs code-server once, and again when its lock file has changed. */
export async function ensureCodeServer() {
  const lock = await readFile(join(manifests, 'package-lock.json'), 'utf8');
  const installed = await readFile(marker, 'utf8').catch(() => undefined);
  if (installed !== lock) {
    if (process.platform === 'win32')
      throw new MissingOnMachine('code-server does not run on Windows.');
    note('Installing code-server, which takes about a minute');
    await install();
    await writeFile(marker, lock);
  }
  fittingNode();
}

/**
 * Its own installation script compiles a dozen native modules that Hotline never reaches; those
 * that matter (terminals, file watching) come compiled. So no script runs but that of the logger.
 */
async function install() {
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await cp(manifests, home, { recursive: true });
  await npm(['ci', '--ignore-scripts'], { cwd: home });
  const vscode = join(home, 'node_modules/code-server/lib/vscode');
  // Not `ci`: the shrinkwrap in there lacks a package that npm 11 asks for.
  await npm(['install', '--omit=dev', '--ignore-scripts'], { cwd: vscode });
  await npm(['install', '--omit=dev', '--ignore-scripts'], { cwd: join(vscode, 'extensions') });
  await compileLogger(vscode);
}

/**
 * Compiles the module that writes log files. VS Code runs without it, so that a machine without a
 * compiler gets a VS Code without log files and nothing worse.
 * @param {string} vscode
 */
async function compileLogger(vscode) {
  if (!findOnPath(['g++', 'c++']) || !findOnPath(['make'])) return;
  const env = { ...process.env, PATH: [bin, process.env['PATH']].join(delimiter) };
  const headers = join(home, `node_modules/node-${process.platform}-${process.arch}`);
  if (existsSync(headers)) Object.assign(env, { npm_config_nodedir: headers });
  try {
    await npm(['rebuild', '@vscode/spdlog', '--ignore-scripts=false'], { cwd: vscode, env });
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    note(`VS Code will write no log files: ${error.message}`);
  }
}
